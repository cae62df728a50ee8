/* A prepared text and its tokens to linear scores. */
#ifndef SCORES_H
#define SCORES_H

#include "api.h"

PyObject *score(PyObject *self, PyObject *args);

#endif
