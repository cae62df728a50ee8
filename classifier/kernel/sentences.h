/* A folded line to its sentences. */
#ifndef SENTENCES_H
#define SENTENCES_H

#include "api.h"

PyObject *split(PyObject *self, PyObject *args);

#endif
