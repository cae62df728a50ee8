/* Sentences as the text that terms are found in: what features/term_index.py does with numpy. */

#include "text.h"

static int is_word(uint32_t c) /* what NOT_WORD of characters.py does not match */
{
    if (c >= 128)
        return c - FIRST_HAN <= LAST_HAN - FIRST_HAN;
    return c - 'a' < 26 || is_digit(c) || IN_WORD_SIGNS(c);
}

/* The sign for what is no word character: LINE, CLAUSE where PAUSE of characters.py matches, else SPACE. */
static uint16_t sign_of(const uint16_t *codes, Py_ssize_t i, Py_ssize_t n)
{
    uint16_t c = codes[i];
    if (c == COMMA && i > 0 && (is_digit(codes[i - 1]) || codes[i - 1] == PERCENT) && i + 1 < n &&
        is_digit(codes[i + 1]))
        return SPACE;
    return c == LINE ? LINE : c == COMMA || IN_OTHER_PAUSES(c) ? CLAUSE : SPACE;
}

static Py_ssize_t after_number(const uint32_t *text, Py_ssize_t i,
                               Py_ssize_t n) /* as NUMBER_PATTERN of characters.py */
{
    while (i < n && is_digit(text[i]))
        i++;
    if (i + 1 < n && text[i] == DECIMAL_POINT && is_digit(text[i + 1]))
        for (i++; i < n && is_digit(text[i]);)
            i++;
    return i < n && text[i] == PERCENT ? i + 1 : i;
}

PyObject *prepare(PyObject *self, PyObject *args)
{
    Py_buffer text;
    int mask;
    if (!PyArg_ParseTuple(args, "y*p", &text, &mask))
        return NULL;
    const uint32_t *from = text.buf;
    Py_ssize_t n = text.len / 4, length = 0;
    uint16_t *codes = malloc((size_t)(2 * n + 1) * sizeof *codes);
    if (codes == NULL) {
        PyBuffer_Release(&text);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < n;) {
        uint32_t c = from[i];
        if (mask && is_digit(c)) {
            codes[length++] = MASK;
            i = after_number(from, i, n);
        } else {
            codes[length++] = (uint16_t)(c - 'A' < 26 ? c + 32 : c < OUTSIDE ? c : OUTSIDE);
            i++;
        }
    }
    uint16_t *prepared = codes + n;
    for (Py_ssize_t i = 0; i < length; i++)
        prepared[i] = is_word(codes[i]) ? codes[i] : sign_of(codes, i, length);
    PyObject *found = PyBytes_FromStringAndSize((const char *)prepared, 2 * length);
    free(codes);
    PyBuffer_Release(&text);
    return found;
}
