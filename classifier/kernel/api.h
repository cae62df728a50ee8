/* Python's interface, and the types that all parts use. */
#ifndef API_H
#define API_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Versions of a loop, for processors with wide registers and for others, where the compiler can make them. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

enum { LINE_OF_CACHE = 64 };

#endif
