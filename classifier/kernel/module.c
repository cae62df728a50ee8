/* What takes most of the time of tagging many reports, compiled. Nothing here is only here: where it was not built,
   Python and numpy do the same, and say in fewer words what is meant. Tests hold both together.

   Buffers are contiguous, in native order, and of the types that the functions cast them to. */

#include "api.h"
#include "model.h"
#include "scores.h"
#include "sentences.h"
#include "solver.h"
#include "terms.h"
#include "text.h"

static PyMethodDef methods[] = {
    {"split", split, METH_VARARGS,
     "split(folded, Sentence): the sentences of a folded line; None where it may have items."},
    {"prepare", prepare, METH_VARARGS,
     "prepare(text, mask): UTF-32 to UTF-16 of small word characters; a sign in place of all others."},
    {"build_model", build_model, METH_VARARGS,
     "build_model(ngrams, words, word_ends, idf, sentence_coef, clause_coef, intercept, sentence_unit, clause_unit,\n"
     "char_ngrams, edges, sublinear): the tables of a model. ValueError where they do not fit together."},
    {"score", score, METH_VARARGS,
     "score(model, tokens, prepared, whole, best): write the scores of the sentences of a prepared text, and of\n"
     "their best clauses. ValueError where the arguments do not fit together."},
    {"fit", fit, METH_VARARGS,
     "fit(indptr, indices, values, signs, alphas, weights, areas, c, tolerance, most_epochs, seed): fit a support\n"
     "vector machine for each area, from alphas that are written anew; write the weights, the intercept last, and\n"
     "return the epochs. ValueError where the arguments do not fit together."},
    {NULL, NULL, 0, NULL}};

static int add_constants(PyObject *module)
{
    return PyModule_AddIntMacro(module, MOST_TERMS) < 0 || PyModule_AddIntConstant(module, "MOST_AREAS_AT_ONCE", LANES) < 0
               ? -1
               : 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)add_constants},
#ifdef Py_GIL_DISABLED
                                   {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
                                   {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernel", NULL, 0, methods, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModuleDef_Init(&module); }
