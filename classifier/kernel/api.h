/* Python's interface, and the types that all parts use. */
#ifndef API_H
#define API_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#endif
