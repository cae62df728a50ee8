/* Terms to their numbers: open addressing with linear probing (Knuth, TAOCP 3, 6.4, algorithm L). */

enum { MOST_NGRAMS = 4 };

static size_t slot_of(uint64_t key, size_t slots) { return (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1); }

static size_t slots_for(size_t n) /* a power of two, so many that at most half of them are filled */
{
    size_t slots = 8;
    while (slots < 2 * n)
        slots *= 2;
    return slots;
}

static int is_table(Py_ssize_t length, size_t slot)
{
    size_t slots = (size_t)length / slot;
    return slots >= 8 && (slots & (slots - 1)) == 0;
}

/* Runs of characters are found step by step: from a character, or from a run of two and more, to the run that is longer
   by one character. A slot holds where the step begins, the next character and the number of the longer run. */
enum { RUN = 0x10000, NUMBER_BITS = 24, MOST_TERMS = 1 << 23 };

static uint64_t step_of(int64_t from, uint16_t next) { return (uint64_t)from << 16 | next; }

static int64_t find_step(const uint64_t *table, size_t slots, uint64_t step)
{
    size_t i = slot_of(step, slots);
    uint64_t held = table[i];
    while ((held >> NUMBER_BITS != step) & (held != 0)) /* one branch, that is seldom taken */
        held = table[i = (i + 1) & (slots - 1)];
    return held >> NUMBER_BITS == step ? (int64_t)(held & ((1 << NUMBER_BITS) - 1)) : -1;
}

PyDoc_STRVAR(run_table_doc,
             "run_table(keys): the steps to the runs of two characters and more, keys as in a Vocabulary.");

static PyObject *run_table(PyObject *self, PyObject *args)
{
    Py_buffer keys;
    if (!PyArg_ParseTuple(args, "y*", &keys))
        return NULL;
    const uint64_t *key = keys.buf;
    Py_ssize_t n = keys.len / (Py_ssize_t)sizeof *key, last[MOST_NGRAMS + 1] = {-1, -1, -1, -1, -1};
    size_t slots = slots_for((size_t)n);
    PyObject *made = NULL;
    uint64_t *table = calloc(slots, sizeof *table);
    if (table == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t k = 0; k < n; k++) {
        int length = key[k] >> 48 ? 4 : key[k] >> 32 ? 3 : key[k] >> 16 ? 2 : 1;
        Py_ssize_t shorter = last[length - 1]; /* in the order of strings, what a run begins with stands before it */
        last[length] = k;
        if (length == 1)
            continue;
        if (length > 2 && (shorter < 0 || key[shorter] != key[k] >> 16)) {
            PyErr_SetString(PyExc_ValueError, "a run of characters stands without its beginning before it");
            goto end;
        }
        uint64_t step = step_of(length > 2 ? RUN + shorter : (Py_ssize_t)(key[k] >> 16), (uint16_t)key[k]);
        size_t i = slot_of(step, slots);
        while (table[i] != 0)
            i = (i + 1) & (slots - 1);
        table[i] = step << NUMBER_BITS | (uint64_t)k;
    }
    made = PyBytes_FromStringAndSize((const char *)table, (Py_ssize_t)(slots * sizeof *table));
end:
    free(table);
    PyBuffer_Release(&keys);
    return made;
}

/* Words of up to four characters are their own keys, as no word is empty; longer ones have a hash, and are compared. */
typedef struct {
    uint64_t key; /* 0 where the slot is empty */
    int64_t number;
} Word;

static uint64_t word_key(const uint16_t *codes, Py_ssize_t length)
{
    uint64_t key = 0;
    if (length <= 4) {
        for (Py_ssize_t i = 0; i < length; i++)
            key = key << 16 | codes[i];
        return key;
    }
    key = 0xCBF29CE484222325u; /* FNV-1a, by characters */
    for (Py_ssize_t i = 0; i < length; i++)
        key = (key ^ codes[i]) * 0x100000001B3u;
    return key | (uint64_t)OUTSIDE << 48; /* no word has that character */
}

PyDoc_STRVAR(word_table_doc,
             "word_table(codes, ends): a table of words of UTF-16, which stand side by side and end there.");

static PyObject *word_table(PyObject *self, PyObject *args)
{
    Py_buffer codes, ends;
    if (!PyArg_ParseTuple(args, "y*y*", &codes, &ends))
        return NULL;
    const int64_t *end = ends.buf;
    Py_ssize_t n = ends.len / (Py_ssize_t)sizeof *end;
    size_t slots = slots_for((size_t)n);
    int64_t start = 0;
    PyObject *made = NULL;
    Word *table = calloc(slots, sizeof *table);
    if (table == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t k = 0; k < n; start = end[k++]) {
        if (end[k] <= start || end[k] > codes.len / 2) {
            PyErr_SetString(PyExc_ValueError, "a word is empty or ends outside the text");
            goto end;
        }
        uint64_t key = word_key((const uint16_t *)codes.buf + start, end[k] - start);
        size_t i = slot_of(key, slots);
        while (table[i].key != 0)
            i = (i + 1) & (slots - 1);
        table[i] = (Word){key, k};
    }
    made = PyBytes_FromStringAndSize((const char *)table, (Py_ssize_t)(slots * sizeof *table));
end:
    free(table);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&codes);
    return made;
}
