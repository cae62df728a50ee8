/* Sentences as the text that terms are found in: what scan.py does with numpy. */

/* Prepared text is UTF-16 of word characters, all of them above SPACE, and of the first three signs for all others. */
enum { LINE = '\n', CLAUSE = '\t', SPACE = ' ', EDGE = '|', OUTSIDE = 0xFFFF };

static int is_digit(uint32_t c) { return c - '0' < 10; }

static int is_word(uint32_t c) /* as in tokens.NOT_WORD */
{
    if (c >= 128)
        return c - 0x4e00u <= 0x9fd5u - 0x4e00u;
    return c - 'a' < 26 || is_digit(c) || c == '.' || c == '%' || c == '-' || c == '+' || c == '#' || c == '&' ||
           c == '_';
}

static uint16_t sign_of(const uint16_t *codes, Py_ssize_t i, Py_ssize_t n) /* as in clauses.PAUSE */
{
    uint16_t c = codes[i];
    if (c == ',' && i > 0 && (is_digit(codes[i - 1]) || codes[i - 1] == '%') && i + 1 < n && is_digit(codes[i + 1]))
        return SPACE;
    return c == LINE ? LINE : c == ',' || c == ';' || c == ':' ? CLAUSE : SPACE;
}

static Py_ssize_t after_number(const uint32_t *text, Py_ssize_t i, Py_ssize_t n) /* as in tokens.NUMBER */
{
    while (i < n && is_digit(text[i]))
        i++;
    if (i + 1 < n && text[i] == '.' && is_digit(text[i + 1]))
        for (i++; i < n && is_digit(text[i]);)
            i++;
    return i < n && text[i] == '%' ? i + 1 : i;
}

PyDoc_STRVAR(prepare_doc,
             "prepare(text, mask): UTF-32 to UTF-16 of small word characters; a sign in place of all others.");

static PyObject *prepare(PyObject *self, PyObject *args)
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
            codes[length++] = '0';
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
