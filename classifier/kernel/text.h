/* Sentences as the text that terms are found in. */
#ifndef TEXT_H
#define TEXT_H

#include "api.h"
#include "characters.h" /* made by hatch_build.py from characters.py */

/* Prepared text is UTF-16 of word characters, all of them above SPACE, and of LINE, CLAUSE and SPACE for all others. */
enum { CLAUSE = '\t', SPACE = ' ', OUTSIDE = BASIC - 1 };

static inline int is_digit(uint32_t c) { return c - '0' < 10; }

PyObject *prepare(PyObject *self, PyObject *args);

#endif
