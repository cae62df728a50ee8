/* The tables of a model, made and checked once. */

#include "model.h"
#include "terms.h"

static const char NAME[] = "classifier._kernel.model";

static void free_model(Model *m)
{
    free(m->characters);
    free(m->steps);
    free(m->words);
    free(m->word_codes);
    free(m->word_ends);
    free(m->memory_of_rows);
    free(m->intercept);
    free(m);
}

static void free_capsule(PyObject *capsule) { free_model(PyCapsule_GetPointer(capsule, NAME)); }

const Model *model_of(PyObject *capsule) { return PyCapsule_GetPointer(capsule, NAME); }

/* Lay out the coefficients of all terms; return 0, or -1 without memory. idf: of sentences, then of clauses. */
static int lay_out_rows(Model *m, const int16_t *idf, const int16_t *const coef[2])
{
    size_t width = (size_t)m->width, areas = (size_t)m->areas, terms = (size_t)m->terms;
    m->memory_of_rows = calloc(2 * terms * width * sizeof *m->rows + LINE_OF_CACHE, 1);
    if (m->memory_of_rows == NULL)
        return -1;
    m->rows = (int16_t *)(((uintptr_t)m->memory_of_rows + LINE_OF_CACHE - 1) & ~(uintptr_t)(LINE_OF_CACHE - 1));
    for (size_t t = 0; t < terms; t++)
        for (size_t which = 0; which < 2; which++) {
            int16_t *row = m->rows + (2 * t + which) * width;
            memcpy(row, coef[which] + t * areas, areas * sizeof *row);
            row[width - 1] = idf[which * terms + t];
        }
    return 0;
}

enum { NGRAMS, WORDS, WORD_ENDS, IDF, SENTENCE_COEF, CLAUSE_COEF, INTERCEPT, BUFFERS };

/* Whether all arrays are of as many terms and areas, which m holds. */
static int do_fit(const Model *m, const Py_buffer *b)
{
    const Py_ssize_t step = sizeof(int16_t), coef = (Py_ssize_t)m->terms * m->areas * step;
    return b[NGRAMS].len % (Py_ssize_t)sizeof(uint64_t) == 0 && b[WORDS].len % (Py_ssize_t)sizeof(uint16_t) == 0 &&
           b[WORD_ENDS].len % (Py_ssize_t)sizeof(int64_t) == 0 && b[IDF].len == 2 * (Py_ssize_t)m->terms * step &&
           b[SENTENCE_COEF].len == coef && b[CLAUSE_COEF].len == coef &&
           b[INTERCEPT].len == 2 * m->areas * (Py_ssize_t)sizeof(double);
}

/* Fill in all tables; return 0, or -1 with an error set. */
static int fill_model(Model *m, const Py_buffer *b)
{
    Py_ssize_t ngrams = b[NGRAMS].len / (Py_ssize_t)sizeof(uint64_t);
    Py_ssize_t words = b[WORD_ENDS].len / (Py_ssize_t)sizeof(int64_t);
    m->first_word = ngrams, m->terms = ngrams + words;
    m->areas = b[INTERCEPT].len / (Py_ssize_t)(2 * sizeof(double));
    m->width = (m->areas + BLOCK) / BLOCK * BLOCK;
    if (m->terms > MOST_TERMS) {
        PyErr_Format(PyExc_ValueError, "a model may have %d terms", MOST_TERMS);
        return -1;
    }
    if (!do_fit(m, b)) {
        PyErr_SetString(PyExc_ValueError, "the arrays of the model are not of the same terms and areas");
        return -1;
    }
    if (m->ngrams < 0 || m->ngrams > LONGEST_NGRAM) {
        PyErr_Format(PyExc_ValueError, "character n-grams have up to %d characters", LONGEST_NGRAM);
        return -1;
    }
    if (build_ngrams(m, b[NGRAMS].buf, ngrams) < 0 ||
        build_words(m, b[WORDS].buf, b[WORDS].len / (Py_ssize_t)sizeof(uint16_t), b[WORD_ENDS].buf, words) < 0)
        return -1;
    const int16_t *const coef[2] = {b[SENTENCE_COEF].buf, b[CLAUSE_COEF].buf};
    m->intercept = malloc((size_t)b[INTERCEPT].len + 1);
    if (m->intercept == NULL || lay_out_rows(m, b[IDF].buf, coef) < 0) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(m->intercept, b[INTERCEPT].buf, (size_t)b[INTERCEPT].len);
    return 0;
}

PyObject *build_model(PyObject *self, PyObject *args)
{
    Py_buffer b[BUFFERS];
    Model *m = calloc(1, sizeof *m);
    if (m == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*ddipp", &b[NGRAMS], &b[WORDS], &b[WORD_ENDS], &b[IDF], &b[SENTENCE_COEF],
                          &b[CLAUSE_COEF], &b[INTERCEPT], &m->unit[0], &m->unit[1], &m->ngrams, &m->edges,
                          &m->sublinear)) {
        free_model(m);
        return NULL;
    }
    PyObject *capsule = fill_model(m, b) < 0 ? NULL : PyCapsule_New(m, NAME, free_capsule);
    if (capsule == NULL)
        free_model(m);
    for (int i = 0; i < BUFFERS; i++)
        PyBuffer_Release(&b[i]);
    return capsule;
}
