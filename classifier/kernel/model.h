/* The tables of a model, made and checked once, so that scoring need not look whether their numbers fit together. */
#ifndef MODEL_H
#define MODEL_H

#include "api.h"
#include "text.h"

/* Columns that are added up at a time. */
enum { BLOCK = 16 };

/* A slot of a table of words; key 0 where it is empty. */
typedef struct {
    uint64_t key;
    int64_t number;
} Word;

typedef struct {
    /* Terms: the character n-grams first, then the words. terms.c makes these tables. */
    int64_t terms, first_word;
    int32_t *characters; /* for each character of the basic plane its number as a term, or -1 */
    uint64_t *steps;     /* from a character n-gram to one that is longer by a character */
    Word *words;
    size_t step_slots, word_slots;
    uint16_t *word_codes; /* the words side by side, which end there */
    int64_t *word_ends;
    /* Of each term `width` coefficients of sentences, then of clauses; each with the idf behind them. */
    int16_t *rows;
    void *memory_of_rows;
    double *intercept; /* of sentences, then of clauses */
    double unit[2];    /* what a step of coefficients and idf is worth */
    Py_ssize_t areas, width;
    int ngrams, edges, sublinear;
} Model;

PyObject *build_model(PyObject *self, PyObject *args);

/* Return the model of what build_model returned; NULL with an error set for anything else. */
const Model *model_of(PyObject *capsule);

#endif
