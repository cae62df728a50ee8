/* Support vector machines of several areas, fitted at once. */
#ifndef SOLVER_H
#define SOLVER_H

#include "api.h"

/* Areas that are fitted at once, in registers side by side. */
enum { LANES = 16 };

PyObject *fit(PyObject *self, PyObject *args);

#endif
