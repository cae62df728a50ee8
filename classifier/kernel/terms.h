/* The terms of a model, and those in a prepared text. */
#ifndef TERMS_H
#define TERMS_H

#include "model.h"

enum { NUMBER_BITS = 24, MOST_TERMS = (1 << (NUMBER_BITS - 1)) - 1 };

#if defined(__GNUC__)
#define PREFETCH(place) __builtin_prefetch(place)
#else
#define PREFETCH(place)
#endif

/* Put n character n-grams, keys as in a Vocabulary, into the tables of a model; return 0, or -1 with an error set. */
int build_ngrams(Model *m, const uint64_t *keys, Py_ssize_t n);

/* Put n words, which stand side by side in codes and end there, into the tables; return 0, or -1 with an error set. */
int build_words(Model *m, const uint16_t *codes, Py_ssize_t length, const int64_t *ends, Py_ssize_t n);

/* Append the known words that begin before stop; return how many terms there are then. tokens: the lengths of all
   tokens. *token begins at *at; both are moved to the first token that begins at stop or behind it. */
Py_ssize_t add_words(const Model *m, const uint16_t *text, Py_ssize_t stop, const int32_t *tokens, Py_ssize_t *token,
                     Py_ssize_t *at, int32_t *terms, Py_ssize_t found);

/* Append the known character n-grams that begin from start on and before stop; return how many terms there are then.
   places: room for their places. */
Py_ssize_t add_ngrams(const Model *m, const uint16_t *text, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t n,
                      int32_t *terms, Py_ssize_t found, int32_t *places);

#endif
