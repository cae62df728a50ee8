/* A folded line to its sentences: what documents/sentences.py does with patterns, but for lines with items. */

#include "sentences.h"
#include "text.h"

static int is_ascii_word(Py_UCS4 c) { return c > ' ' && c < 127; }

static int is_pause(Py_UCS4 c) { return IN_PAUSES_BEFORE_ITEMS(c); }

static int is_numeral(Py_UCS4 c) { return IN_NUMERALS(c); }

/* Whether stops.py has to say whether the sentence ends at i, as it does for few marks. open: whether a title is. */
static int is_unusual(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t n, int open)
{
    Py_UCS4 c = text[i], before = i ? text[i - 1] : 0, next = i + 1 < n ? text[i + 1] : 0;
    if (c == '.')
        return !is_digit(before) && (before | 32) - 'a' >= 26;
    if (!IN_SENTENCE_ENDS(c))
        return 0;
    return open || (c < 128 && c != ';' && IN_CLOSING_QUOTES(next)) || (is_ascii_word(before) && is_ascii_word(next));
}

/* Whether a title is open behind a character. open: whether one is before it. */
static int is_open(Py_UCS4 c, int open) { return (open || IN_TITLE_OPENS(c)) && !IN_TITLE_CLOSES(c); }

static int is_space(Py_UCS4 c) /* as str.strip has it */
{
    return (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static int is_digit_elsewhere(Py_UCS4 c) /* or could be: all digits beyond ASCII are in one of these parts */
{
    return (c >= 0x660 && c < 0x2000) || c >= 0xa620;
}

/* Whether the numbering of an item could begin at i, so that the patterns of numbering.py have to say; sometimes in
   vain. A line does not begin with an item where it begins with the numbering of a heading. */
static int may_be_item(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t n)
{
    Py_UCS4 c = text[i], next = i + 1 < n ? text[i + 1] : 0;
    if (is_numeral(c)) {
        while (i < n && is_numeral(text[i]))
            i++;
        return i < n && (text[i] == 0x662f || text[i] == 0x8981); /* 是 要 */
    }
    if (c == 0x7b2c) /* 第 */
        return is_numeral(next);
    if (c == '(')
        return (i > 0 && is_numeral(next)) || is_digit(next) || is_digit_elsewhere(next);
    if (is_digit(c)) {
        if (i == 0)
            return 0;
        Py_UCS4 behind = is_digit(next) && i + 2 < n ? text[i + 2] : next;
        return behind == '.' || behind == 0x3001 || behind == ')' || is_digit_elsewhere(behind);
    }
    return is_space(c) || (c >= 0x2460 && c <= 0x249b) || (c >= 0x3220 && c <= 0x3229) || is_digit_elsewhere(c);
}

/* Whether a text has a word character: 1 or 0, or -1 where only Python knows. */
static int has_word(const Py_UCS4 *text, Py_ssize_t n)
{
    int sure = 1;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = text[i];
        if ((c >= 0x4e00 && c <= 0x9fa5) || is_digit(c) || (c | 32) - 'a' < 26)
            return 1;
        sure &= c < 128 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011);
    }
    return sure ? 0 : -1;
}

typedef struct {
    Py_ssize_t start, end;
} Span;

/* Put the sentences of a text into spans and return how many there are; -1 where Python has to look. */
static Py_ssize_t find_sentences(const Py_UCS4 *text, Py_ssize_t n, Span *spans)
{
    Py_ssize_t found = 0, i = 0;
    int open = 0; /* whether a title is */
    if (n && may_be_item(text, 0, n))
        return -1;
    while (i < n) {
        Py_ssize_t start = i, end, aside;
        while (i < n && !IN_SENTENCE_ENDS(text[i])) {
            if (text[i] - 0x3400 < 0x6c00) { /* none of what follows */
                i++;
                continue;
            }
            if (is_unusual(text, i, n, open))
                return -1;
            open = is_open(text[i], open);
            if (text[i] == '(') { /* what stands in brackets belongs to its sentence */
                for (aside = i + 1; aside < n && aside <= i + 61 && text[aside] != '(' && text[aside] != ')';)
                    aside++;
                if (aside < n && aside <= i + 61 && text[aside] == ')') {
                    for (Py_ssize_t k = i; k < aside; k++) {
                        if (is_pause(text[k]) && may_be_item(text, k + 1, n))
                            return -1;
                        open = is_open(text[k], open);
                    }
                    i = aside;
                }
            }
            if (is_pause(text[i]) && i + 1 < n && may_be_item(text, i + 1, n))
                return -1;
            i++;
        }
        for (; i < n && IN_SENTENCE_ENDS(text[i]); i++)
            if (is_unusual(text, i, n, open))
                return -1;
        for (; i < n && IN_CLOSING_AFTER_ENDS(text[i]); i++)
            open = is_open(text[i], open);
        if (i < n && i > 0 && is_pause(text[i - 1]) && may_be_item(text, i, n))
            return -1;
        for (end = i; end > start && is_space(text[end - 1]);)
            end--;
        while (start < end && is_space(text[start]))
            start++;
        if (start == end)
            continue;
        int word = found ? has_word(text + start, end - start) : 1;
        if (word < 0)
            return -1;
        if (word)
            spans[found++] = (Span){start, end};
        else
            spans[found - 1].end = end;
    }
    return found;
}

static int is_record(PyObject *type) /* with an error set if it is not */
{
    int is = PyType_IsSubtype((PyTypeObject *)type, &PyTuple_Type);
    if (!is)
        PyErr_SetString(PyExc_TypeError, "this is no named tuple");
    return is;
}

/* Return an instance of a named tuple; takes over the reference to `values`, which may be NULL with an error set. */
static PyObject *record(PyObject *type, PyObject *values)
{
    if (values == NULL)
        return NULL;
    PyObject *made = PyTuple_Pack(1, values);
    Py_DECREF(values);
    if (made == NULL)
        return NULL;
    PyObject *arguments = made;
    made = ((newfunc)PyType_GetSlot(&PyTuple_Type, Py_tp_new))((PyTypeObject *)type, arguments, NULL);
    Py_DECREF(arguments);
    return made;
}

PyObject *split(PyObject *self, PyObject *args)
{
    PyObject *folded, *type, *made = NULL;
    if (!PyArg_ParseTuple(args, "UO!", &folded, &PyType_Type, &type) || !is_record(type))
        return NULL;
    Py_ssize_t n = PyUnicode_GetLength(folded), found;
    Py_UCS4 *text = malloc((size_t)(n + 1) * sizeof *text);
    Span *spans = malloc((size_t)(n + 1) * sizeof *spans);
    if (text == NULL || spans == NULL) {
        PyErr_NoMemory();
    } else if (PyUnicode_AsUCS4(folded, text, n + 1, 1) != NULL) {
        found = find_sentences(text, n, spans);
        made = found < 0 ? Py_NewRef(Py_None) : PyList_New(found);
        for (Py_ssize_t i = 0; made != NULL && i < found; i++) {
            PyObject *part = PyUnicode_Substring(folded, spans[i].start, spans[i].end);
            PyObject *one =
                part ? record(type, Py_BuildValue("(nnNO)", spans[i].start, spans[i].end, part, Py_None)) : NULL;
            if (one == NULL || PyList_SetItem(made, i, one) < 0)
                Py_CLEAR(made);
        }
    }
    free(text);
    free(spans);
    return made;
}
