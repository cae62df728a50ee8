/* Terms to linear scores: what model/linear.py does with numpy. */

#include "scores.h"
#include "model.h"
#include "terms.h"

#include <math.h>

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
        found = add_words(m, text, stop, tokens, token, at, s->terms, found);
        found = add_ngrams(m, text, i, stop, n, s->terms, found, s->distinct);
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
    size_t most = (size_t)longest * (LONGEST_NGRAM + 1) + 1;
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

PyObject *score(PyObject *self, PyObject *args)
{
    PyObject *capsule, *tokens, *done = NULL;
    Py_buffer prepared, whole, best;
    if (!PyArg_ParseTuple(args, "OO!y*w*w*", &capsule, &PyList_Type, &tokens, &prepared, &whole, &best))
        return NULL;
    const Model *m = model_of(capsule);
    const uint16_t *text = prepared.buf;
    Py_ssize_t n = prepared.len / 2, sentences = -1;
    for (Py_ssize_t i = 0; i < n; i++)
        sentences += text[i] == LINE;
    Py_ssize_t size = m == NULL ? 0 : sentences * m->areas * (Py_ssize_t)sizeof(double);
    int32_t *lengths = NULL;
    if (m == NULL) {
        ; /* the error is set */
    } else if (n < 1 || n > INT32_MAX || text[0] != LINE || text[n - 1] != LINE) {
        PyErr_SetString(PyExc_ValueError, "no prepared text: a line end must be before and after each sentence");
    } else if (whole.len != size || best.len != size) {
        PyErr_SetString(PyExc_ValueError, "the arrays for scores are not of the sentences and areas");
    } else if ((lengths = lengths_of(tokens, n)) != NULL) {
        PyThreadState *others = PyEval_SaveThread();
        int able = score_all(m, text, n, lengths, whole.buf, best.buf);
        PyEval_RestoreThread(others);
        done = able ? Py_NewRef(Py_None) : PyErr_NoMemory();
    }
    free(lengths);
    PyBuffer_Release(&prepared);
    PyBuffer_Release(&whole);
    PyBuffer_Release(&best);
    return done;
}
