/* What takes most of the time of tagging many reports, compiled. Nothing here is only here: where it was not built,
   Python and numpy do the same, and say in fewer words what is meant. Tests hold both together.

   Buffers are contiguous, in native order, and of the types that the functions cast them to. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "preparing.h"
#include "tables.h"
#include "terms.h"
#include "scores.h"
#include "sentences.h"
#include "ranking.h"

static PyMethodDef methods[] = {{"split", split, METH_VARARGS, split_doc},
                                {"prepare", prepare, METH_VARARGS, prepare_doc},
                                {"run_table", run_table, METH_VARARGS, run_table_doc},
                                {"word_table", word_table, METH_VARARGS, word_table_doc},
                                {"score", score, METH_VARARGS, score_doc},
                                {"rank", rank, METH_VARARGS, rank_doc},
                                {NULL, NULL, 0, NULL}};

static PyModuleDef_Slot slots[] = {
#ifdef Py_GIL_DISABLED
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernel", NULL, 0, methods, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModuleDef_Init(&module); }
