/* Terms to linear scores: what scoring.py does with numpy. */

/* Two versions of a loop, for processors with wide registers and for others, where the compiler can make them. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

enum { BLOCK = 16 };

typedef struct {
    int32_t *terms, *distinct, *times; /* of the sentence in hand; times: of each term of the model, else 0 */
    double *weights, *sums;
} Scratch;

/* Add up weighted rows of coefficients, `width` apart and BLOCK columns at a time. */
WIDE static void add_up(const int16_t *rows, Py_ssize_t columns, Py_ssize_t width, const int32_t *terms,
                        const double *weights, Py_ssize_t n, double *sums)
{
    for (Py_ssize_t block = 0; block < columns; block += BLOCK) {
        double acc[BLOCK] = {0};
        for (Py_ssize_t i = 0; i < n; i++) {
            const int16_t *row = rows + (size_t)terms[i] * (size_t)width + block;
            for (int k = 0; k < BLOCK; k++)
                acc[k] += weights[i] * row[k];
        }
        memcpy(sums + block, acc, sizeof acc);
    }
}

/* Put the scores of n occurrences of terms into sums, by the classifiers of sentences, 0, or clauses, 1; return whether
   there was a term. Weights are in steps, which the length of the row divides out again. */
static int score_terms(const Model *m, int which, const int32_t *terms, Py_ssize_t n, Scratch *s)
{
    const int16_t *rows = m->rows + which * m->width, *idf = rows + m->width - 1;
    Py_ssize_t distinct = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PREFETCH(rows + (size_t)terms[i] * 2 * (size_t)m->width);
        if (s->times[terms[i]]++ == 0)
            s->distinct[distinct++] = terms[i];
    }
    double square = 0;
    for (Py_ssize_t i = 0; i < distinct; i++) {
        int32_t term = s->distinct[i], times = s->times[term];
        double weight = idf[(size_t)term * 2 * (size_t)m->width];
        if (times > 1)
            weight *= m->sublinear ? 1 + log(times) : times;
        s->times[term] = 0;
        s->weights[i] = weight;
        square += weight * weight;
    }
    add_up(rows, m->width, 2 * m->width, s->distinct, s->weights, distinct, s->sums);
    double length = square > 0 ? sqrt(square) : 1;
    for (Py_ssize_t a = 0; a < m->areas; a++)
        s->sums[a] = s->sums[a] * m->unit[which] / length + m->intercept[which * m->areas + a];
    return square > 0;
}

/* Write the scores of the sentence behind the line end at i, and of its best clauses; return the place of the next one.
   tokens: the lengths of all tokens. *token begins at *at, which is i. */
static Py_ssize_t score_sentence(const Model *m, const uint16_t *text, Py_ssize_t i, Py_ssize_t n,
                                 const int32_t *tokens, Py_ssize_t *token, Py_ssize_t *at, Scratch *s, double *whole,
                                 double *best)
{
    Py_ssize_t found = 0, clause = 0;
    int any = 0;
    memcpy(best, m->intercept + m->areas, (size_t)m->areas * sizeof *best);
    do {
        Py_ssize_t stop = i + 1;
        while (text[stop] >= SPACE)
            stop++;
        while (*at < stop) {
            int64_t number = text[*at] > SPACE ? find_word(m, text + *at, tokens[*token]) : -1;
            if (number >= 0)
                s->terms[found++] = (int32_t)number;
            *at += tokens[(*token)++];
        }
        found = add_runs(m, text, i, stop, n, s->terms, found, s->distinct);
        if (score_terms(m, 1, s->terms + clause, found - clause, s)) {
            for (Py_ssize_t a = 0; a < m->areas; a++)
                best[a] = any && best[a] > s->sums[a] ? best[a] : s->sums[a];
            any = 1;
        }
        clause = found;
        i = stop;
    } while (text[i] != LINE);
    score_terms(m, 0, s->terms, found, s);
    memcpy(whole, s->sums, (size_t)m->areas * sizeof *whole);
    return i;
}

static int score_all(const Model *m, const uint16_t *text, Py_ssize_t n, const int32_t *tokens, double *whole,
                     double *best)
{
    Py_ssize_t longest = 0, length = 0, token = 0, at = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        length = text[i] == LINE ? 1 : length + 1;
        longest = length > longest ? length : longest;
    }
    size_t most = (size_t)longest * (MOST_NGRAMS + 1) + 1;
    Scratch s = {malloc(most * sizeof(int32_t)), malloc(most * sizeof(int32_t)),
                 calloc((size_t)m->terms + 1, sizeof(int32_t)), malloc(most * sizeof(double)),
                 malloc((size_t)m->width * sizeof(double))};
    int able = s.terms && s.distinct && s.times && s.weights && s.sums;
    for (Py_ssize_t i = 0; able && i + 1 < n; whole += m->areas, best += m->areas)
        i = score_sentence(m, text, i, n, tokens, &token, &at, &s, whole, best);
    free(s.terms);
    free(s.distinct);
    free(s.times);
    free(s.weights);
    free(s.sums);
    return able;
}

/* Return the lengths of tokens, which the caller frees; NULL with an error set where they do not make up n characters.
 */
static int32_t *lengths_of(PyObject *tokens, Py_ssize_t n)
{
    Py_ssize_t size = PyList_Size(tokens), sum = 0;
    int32_t *lengths = malloc((size_t)(size + 1) * sizeof *lengths);
    if (lengths == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    Py_ssize_t i = 0;
    for (Py_ssize_t length; i < size; i++, sum += length) {
        length = PyUnicode_GetLength(PyList_GetItem(tokens, i));
        if (length <= 0 || length > n - sum)
            break;
        lengths[i] = (int32_t)length;
    }
    if (i < size || sum != n) {
        free(lengths);
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "the tokens do not make up the text");
        return NULL;
    }
    return lengths;
}

PyDoc_STRVAR(
    score_doc,
    "score(tokens, text, whole, best, characters, runs, words, word_codes, word_ends, rows, intercept, unit,\n"
    "unit of clauses, ngrams, edges, sublinear): write the scores of the sentences of a prepared text, and of\n"
    "their best clauses.");

static PyObject *score(PyObject *self, PyObject *args)
{
    enum { TEXT, WHOLE, BEST, CHARACTERS, RUNS, WORDS, WORD_CODES, WORD_ENDS, ROWS, INTERCEPT, BUFFERS };
    Py_buffer b[BUFFERS];
    PyObject *tokens, *done = NULL;
    int32_t *lengths = NULL;
    Model m = {0};
    if (!PyArg_ParseTuple(args, "O!y*w*w*y*y*y*y*y*y*y*ddipp", &PyList_Type, &tokens, &b[TEXT], &b[WHOLE], &b[BEST],
                          &b[CHARACTERS], &b[RUNS], &b[WORDS], &b[WORD_CODES], &b[WORD_ENDS], &b[ROWS], &b[INTERCEPT],
                          &m.unit[0], &m.unit[1], &m.ngrams, &m.edges, &m.sublinear))
        return NULL;
    const uint16_t *text = b[TEXT].buf;
    Py_ssize_t n = b[TEXT].len / 2, sentences = -1;
    for (Py_ssize_t i = 0; i < n; i++)
        sentences += text[i] == LINE;
    m.characters = b[CHARACTERS].buf;
    m.runs = b[RUNS].buf, m.run_slots = (size_t)b[RUNS].len / sizeof *m.runs;
    m.words = b[WORDS].buf, m.word_slots = (size_t)b[WORDS].len / sizeof *m.words;
    m.word_codes = b[WORD_CODES].buf, m.word_ends = b[WORD_ENDS].buf;
    m.rows = b[ROWS].buf, m.intercept = b[INTERCEPT].buf;
    m.areas = b[INTERCEPT].len / (Py_ssize_t)(2 * sizeof(double));
    m.width = (m.areas + BLOCK) / BLOCK * BLOCK;
    m.terms = b[ROWS].len / (Py_ssize_t)(2 * sizeof(int16_t)) / m.width;
    m.first_word = m.terms - b[WORD_ENDS].len / (Py_ssize_t)sizeof(int64_t);
    Py_ssize_t scores = sentences * m.areas * (Py_ssize_t)sizeof(double);
    if (n < 1 || n > INT32_MAX || b[ROWS].len % (2 * m.width * (Py_ssize_t)sizeof(int16_t)) || text[0] != LINE ||
        text[n - 1] != LINE || m.first_word < 0 || m.terms >= MOST_TERMS || m.ngrams < 0 || m.ngrams > MOST_NGRAMS ||
        b[CHARACTERS].len != (OUTSIDE + 1) * (Py_ssize_t)sizeof *m.characters || b[WHOLE].len != scores ||
        b[BEST].len != scores || !is_table(b[RUNS].len, sizeof *m.runs) || !is_table(b[WORDS].len, sizeof *m.words)) {
        PyErr_SetString(PyExc_ValueError, "arrays do not fit together");
    } else if ((lengths = lengths_of(tokens, n)) != NULL) {
        PyThreadState *others = PyEval_SaveThread();
        int able = score_all(&m, text, n, lengths, b[WHOLE].buf, b[BEST].buf);
        PyEval_RestoreThread(others);
        done = able ? Py_NewRef(Py_None) : PyErr_NoMemory();
    }
    free(lengths);
    for (int i = 0; i < BUFFERS; i++)
        PyBuffer_Release(&b[i]);
    return done;
}
