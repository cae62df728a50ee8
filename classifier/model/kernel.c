/* The terms of plain sentences and their linear scores, in one pass over the characters.

   This computes what scan.py and scoring.py compute with numpy; those say what is meant, and tests hold both together.
   Terms are numbered as in a Vocabulary, runs of characters before words. Buffers are contiguous, in native order. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Two versions of a loop, for processors with wide registers and for others, where the compiler can make them. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif
#if defined(__GNUC__)
#define PREFETCH(place) __builtin_prefetch(place)
#else
#define PREFETCH(place)
#endif

enum { LINE = '\n', CLAUSE = '\t', SPACE = ' ', EDGE = '|', OUTSIDE = 0xFFFF, MOST_NGRAMS = 4, BLOCK = 16, AHEAD = 8 };

/* ---- Characters: prepared text has word characters, all of them above SPACE, and one of the first three signs. ---- */

static int is_digit(uint32_t c) { return c - '0' < 10; }

static int is_word(uint32_t c) /* as in tokens.NOT_WORD */
{
    if (c >= 128)
        return c - 0x4e00u <= 0x9fd5u - 0x4e00u;
    return c - 'a' < 26 || is_digit(c) || c == '.' || c == '%' || c == '-' || c == '+' || c == '#' || c == '&' || c == '_';
}

static uint16_t sign_of(const uint16_t *codes, Py_ssize_t i, Py_ssize_t n) /* as in clauses.PAUSE */
{
    uint16_t c = codes[i];
    if (c == ',' && i > 0 && (is_digit(codes[i - 1]) || codes[i - 1] == '%') && i + 1 < n && is_digit(codes[i + 1]))
        return SPACE;
    return c == LINE ? LINE : c == ',' || c == ';' || c == ':' ? CLAUSE : SPACE;
}

static Py_ssize_t after_number(const uint32_t *text, Py_ssize_t i, Py_ssize_t n) /* as in tokens.NUMBER */
{
    while (i < n && is_digit(text[i]))
        i++;
    if (i + 1 < n && text[i] == '.' && is_digit(text[i + 1]))
        for (i++; i < n && is_digit(text[i]);)
            i++;
    return i < n && text[i] == '%' ? i + 1 : i;
}

PyDoc_STRVAR(prepare_doc, "prepare(text, mask): UTF-32 to UTF-16 of small word characters; a sign in place of all others.");

static PyObject *prepare(PyObject *self, PyObject *args)
{
    Py_buffer text;
    int mask;
    if (!PyArg_ParseTuple(args, "y*p", &text, &mask))
        return NULL;
    const uint32_t *from = text.buf;
    Py_ssize_t n = text.len / 4, length = 0;
    PyObject *found = NULL;
    uint16_t *codes = malloc((size_t)(2 * n + 1) * sizeof *codes), *prepared = codes + n;
    if (codes == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t i = 0; i < n;) {
        uint32_t c = from[i];
        if (mask && is_digit(c)) {
            codes[length++] = '0';
            i = after_number(from, i, n);
        } else {
            codes[length++] = (uint16_t)(c - 'A' < 26 ? c + 32 : c < OUTSIDE ? c : OUTSIDE);
            i++;
        }
    }
    for (Py_ssize_t i = 0; i < length; i++)
        prepared[i] = is_word(codes[i]) ? codes[i] : sign_of(codes, i, length);
    found = PyBytes_FromStringAndSize((const char *)prepared, 2 * length);
end:
    free(codes);
    PyBuffer_Release(&text);
    return found;
}

/* ---- Tables: open addressing with linear probing (Knuth, TAOCP 3, 6.4, algorithm L) ---- */

static size_t slot_of(uint64_t key, size_t slots) { return (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1); }

static size_t slots_for(size_t n) /* a power of two, so many that at most half of them are filled */
{
    size_t slots = 8;
    while (slots < 2 * n)
        slots *= 2;
    return slots;
}

static int is_table(Py_ssize_t length, size_t slot)
{
    size_t slots = (size_t)length / slot;
    return slots >= 8 && (slots & (slots - 1)) == 0;
}

/* Runs of characters are found step by step: from a character, or from a run of two and more, to the run that is longer
   by one character. A slot holds where the step begins, the next character and the number of the longer run. */
enum { RUN = 0x10000, NUMBER_BITS = 24, MOST_TERMS = (1 << NUMBER_BITS) - RUN };

static uint64_t step_of(int64_t from, uint16_t next) { return (uint64_t)from << 16 | next; }

static int64_t find_step(const uint64_t *table, size_t slots, uint64_t step)
{
    size_t i = slot_of(step, slots);
    uint64_t held = table[i];
    while ((held >> NUMBER_BITS != step) & (held != 0)) /* one branch, that is seldom taken */
        held = table[i = (i + 1) & (slots - 1)];
    return held >> NUMBER_BITS == step ? (int64_t)(held & ((1 << NUMBER_BITS) - 1)) : -1;
}

PyDoc_STRVAR(run_table_doc, "run_table(keys): the steps to the runs of two characters and more, keys as in a Vocabulary.");

static PyObject *run_table(PyObject *self, PyObject *args)
{
    Py_buffer keys;
    if (!PyArg_ParseTuple(args, "y*", &keys))
        return NULL;
    const uint64_t *key = keys.buf;
    Py_ssize_t n = keys.len / (Py_ssize_t)sizeof *key, last[MOST_NGRAMS + 1] = {-1, -1, -1, -1, -1};
    size_t slots = slots_for((size_t)n);
    PyObject *made = NULL;
    uint64_t *table = calloc(slots, sizeof *table);
    if (table == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t k = 0; k < n && k < MOST_TERMS; k++) {
        int length = key[k] >> 48 ? 4 : key[k] >> 32 ? 3 : key[k] >> 16 ? 2 : 1;
        Py_ssize_t shorter = last[length - 1]; /* in the order of strings, what a run begins with stands before it */
        last[length] = k;
        if (length == 1)
            continue;
        if (length > 2 && (shorter < 0 || key[shorter] != key[k] >> 16)) {
            PyErr_SetString(PyExc_ValueError, "a run of characters stands without its beginning before it");
            goto end;
        }
        uint64_t step = step_of(length > 2 ? RUN + shorter : (Py_ssize_t)(key[k] >> 16), (uint16_t)key[k]);
        size_t i = slot_of(step, slots);
        while (table[i] != 0)
            i = (i + 1) & (slots - 1);
        table[i] = step << NUMBER_BITS | (uint64_t)k;
    }
    made = PyBytes_FromStringAndSize((const char *)table, (Py_ssize_t)(slots * sizeof *table));
end:
    free(table);
    PyBuffer_Release(&keys);
    return made;
}

/* Words of up to four characters are their own keys, as no word is empty; longer ones have a hash, and are compared. */
typedef struct {
    uint64_t key; /* 0 where the slot is empty */
    int64_t number;
} Word;

static uint64_t word_key(const uint16_t *codes, Py_ssize_t length)
{
    uint64_t key = 0;
    if (length <= 4) {
        for (Py_ssize_t i = 0; i < length; i++)
            key = key << 16 | codes[i];
        return key;
    }
    for (Py_ssize_t i = 0; i < length; i++) /* FNV-1a by characters */
        key = (key ^ codes[i]) * 0x100000001B3u;
    return key | (uint64_t)OUTSIDE << 48; /* no word has that character */
}

PyDoc_STRVAR(word_table_doc, "word_table(codes, ends): a table of words of UTF-16, which stand side by side and end there.");

static PyObject *word_table(PyObject *self, PyObject *args)
{
    Py_buffer codes, ends;
    if (!PyArg_ParseTuple(args, "y*y*", &codes, &ends))
        return NULL;
    const int64_t *end = ends.buf;
    Py_ssize_t n = ends.len / (Py_ssize_t)sizeof *end;
    size_t slots = slots_for((size_t)n);
    int64_t start = 0;
    PyObject *made = NULL;
    Word *table = calloc(slots, sizeof *table);
    if (table == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t k = 0; k < n; start = end[k++]) {
        if (end[k] <= start || end[k] > codes.len / 2) {
            PyErr_SetString(PyExc_ValueError, "a word is empty or ends outside the text");
            goto end;
        }
        uint64_t key = word_key((const uint16_t *)codes.buf + start, end[k] - start);
        size_t i = slot_of(key, slots);
        while (table[i].key != 0)
            i = (i + 1) & (slots - 1);
        table[i] = (Word){key, k};
    }
    made = PyBytes_FromStringAndSize((const char *)table, (Py_ssize_t)(slots * sizeof *table));
end:
    free(table);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&codes);
    return made;
}

/* ---- Scores ---- */

typedef struct {
    const int32_t *characters; /* the number of each single character, or -1 */
    const uint64_t *runs;
    const Word *words;
    size_t run_slots, word_slots;
    const uint16_t *word_codes;
    const int64_t *word_ends;
    int64_t first_word, terms;
    const int16_t *rows; /* of each term `width` coefficients of sentences, then of clauses; each with the idf behind them */
    const double *intercept; /* of sentences, then of clauses */
    double unit[2];
    Py_ssize_t areas, width;
    int ngrams, edges, sublinear;
} Model;

typedef struct {
    int32_t *terms, *distinct, *times; /* of the sentence in hand; times: of each term of the model, else 0 */
    double *weights, *sums;
} Scratch;

static int64_t find_word(const Model *m, const uint16_t *codes, Py_ssize_t length)
{
    uint64_t key = word_key(codes, length);
    for (size_t i = slot_of(key, m->word_slots); m->words[i].key != 0; i = (i + 1) & (m->word_slots - 1)) {
        int64_t n = m->words[i].number, start = n ? m->word_ends[n - 1] : 0;
        if (m->words[i].key == key && (length <= 4 || (m->word_ends[n] - start == length &&
                                                       !memcmp(m->word_codes + start, codes, 2 * (size_t)length))))
            return m->first_word + n;
    }
    return -1;
}

static uint16_t or_edge(uint16_t c) { return c > SPACE ? c : EDGE; }

/* Append the known runs of characters that begin at i; return how many terms there are then. */
static Py_ssize_t add_runs(const Model *m, const uint16_t *text, Py_ssize_t i, Py_ssize_t n, int32_t *terms, Py_ssize_t found)
{
    int word = text[i] > SPACE, next = i + 1 < n && text[i + 1] > SPACE;
    if (i + AHEAD + 1 < n)
        PREFETCH(m->runs + slot_of(step_of(or_edge(text[i + AHEAD]), or_edge(text[i + AHEAD + 1])), m->run_slots));
    if (word && m->ngrams && m->characters[text[i]] >= 0)
        terms[found++] = m->characters[text[i]];
    if (m->edges ? !word && !next : !word || !next)
        return found;
    int64_t from = or_edge(text[i]);
    for (int k = 1; k < m->ngrams && i + k < n; k++, from += RUN) {
        if ((from = find_step(m->runs, m->run_slots, step_of(from, or_edge(text[i + k])))) < 0)
            break;
        terms[found++] = (int32_t)from;
    }
    return found;
}

/* Add up weighted rows of coefficients, `width` apart and BLOCK columns at a time. */
WIDE static void add_up(const int16_t *rows, Py_ssize_t columns, Py_ssize_t width, const int32_t *terms, const double *weights,
                        Py_ssize_t n, double *sums)
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
static Py_ssize_t score_sentence(const Model *m, const uint16_t *text, Py_ssize_t i, Py_ssize_t n, const int32_t *tokens,
                                 Py_ssize_t *token, Py_ssize_t *at, Scratch *s, double *whole, double *best)
{
    Py_ssize_t found = 0, clause = 0;
    int any = 0;
    memcpy(best, m->intercept + m->areas, (size_t)m->areas * sizeof *best);
    do {
        if (i == *at) {
            int64_t number = text[i] > SPACE ? find_word(m, text + i, tokens[*token]) : -1;
            if (number >= 0)
                s->terms[found++] = (int32_t)number;
            *at += tokens[(*token)++];
        }
        found = add_runs(m, text, i, n, s->terms, found);
        i++;
        if (text[i] < SPACE) {
            if (score_terms(m, 1, s->terms + clause, found - clause, s)) {
                for (Py_ssize_t a = 0; a < m->areas; a++)
                    best[a] = any && best[a] > s->sums[a] ? best[a] : s->sums[a];
                any = 1;
            }
            clause = found;
        }
    } while (text[i] != LINE);
    score_terms(m, 0, s->terms, found, s);
    memcpy(whole, s->sums, (size_t)m->areas * sizeof *whole);
    return i;
}

static int score_all(const Model *m, const uint16_t *text, Py_ssize_t n, const int32_t *tokens, double *whole, double *best)
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

/* Return the lengths of tokens, which the caller frees; NULL with an error set where they do not make up n characters. */
static int32_t *lengths_of(PyObject *tokens, Py_ssize_t n)
{
    Py_ssize_t size = PyList_Size(tokens), sum = 0;
    int32_t *lengths = malloc((size_t)(size + 1) * sizeof *lengths);
    if (lengths == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_ssize_t length = PyUnicode_GetLength(PyList_GetItem(tokens, i));
        if (length <= 0 || length > n - sum)
            break;
        lengths[i] = (int32_t)length;
        sum += length;
    }
    if (sum != n) {
        free(lengths);
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "the tokens do not make up the text");
        return NULL;
    }
    return lengths;
}

PyDoc_STRVAR(score_doc,
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
    if (n < 1 || text[0] != LINE || text[n - 1] != LINE || m.first_word < 0 || m.terms >= MOST_TERMS || m.ngrams < 0 ||
        m.ngrams > MOST_NGRAMS || b[CHARACTERS].len != (OUTSIDE + 1) * (Py_ssize_t)sizeof *m.characters ||
        b[WHOLE].len != scores || b[BEST].len != scores || !is_table(b[RUNS].len, sizeof *m.runs) ||
        !is_table(b[WORDS].len, sizeof *m.words)) {
        PyErr_SetString(PyExc_ValueError, "arrays do not fit together");
    } else if ((lengths = lengths_of(tokens, n)) != NULL) {
        int able;
        Py_BEGIN_ALLOW_THREADS
        able = score_all(&m, text, n, lengths, b[WHOLE].buf, b[BEST].buf);
        Py_END_ALLOW_THREADS
        done = able ? Py_NewRef(Py_None) : PyErr_NoMemory();
    }
    free(lengths);
    for (int i = 0; i < BUFFERS; i++)
        PyBuffer_Release(&b[i]);
    return done;
}

static PyMethodDef methods[] = {{"prepare", prepare, METH_VARARGS, prepare_doc},
                                {"run_table", run_table, METH_VARARGS, run_table_doc},
                                {"word_table", word_table, METH_VARARGS, word_table_doc},
                                {"score", score, METH_VARARGS, score_doc},
                                {NULL, NULL, 0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernel", NULL, 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModuleDef_Init(&module); }
