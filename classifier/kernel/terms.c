/* Terms to their numbers, by open addressing with linear probing (Knuth, TAOCP 3, 6.4, algorithm L). */

#include "terms.h"

static size_t slot_of(uint64_t key, size_t slots) { return (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1); }

static size_t slots_for(size_t n) /* a power of two, so many that at most half of them are filled */
{
    size_t slots = 8;
    while (slots < 2 * n)
        slots *= 2;
    return slots;
}

/* Character n-grams are found step by step: from a character, or from an n-gram of two and more, to the n-gram that is
   longer by one character. A slot holds where the step begins, the next character and the number of the longer one. */
enum { NGRAM = BASIC };

static uint64_t step_of(int64_t from, uint16_t next) { return (uint64_t)from << 16 | next; }

static int64_t find_step(const uint64_t *table, size_t slots, uint64_t step)
{
    size_t i = slot_of(step, slots);
    uint64_t held = table[i];
    while ((held >> NUMBER_BITS != step) & (held != 0)) /* one branch, that is seldom taken */
        held = table[i = (i + 1) & (slots - 1)];
    return held >> NUMBER_BITS == step ? (int64_t)(held & ((1 << NUMBER_BITS) - 1)) : -1;
}

int build_ngrams(Model *m, const uint64_t *keys, Py_ssize_t n)
{
    Py_ssize_t last[LONGEST_NGRAM + 1] = {-1, -1, -1, -1, -1};
    m->step_slots = slots_for((size_t)n);
    m->steps = calloc(m->step_slots, sizeof *m->steps);
    m->characters = malloc(BASIC * sizeof *m->characters);
    if (m->steps == NULL || m->characters == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(m->characters, -1, BASIC * sizeof *m->characters);
    for (Py_ssize_t k = 0; k < n; k++) {
        int length = keys[k] >> 48 ? 4 : keys[k] >> 32 ? 3 : keys[k] >> 16 ? 2 : 1;
        Py_ssize_t shorter = last[length - 1]; /* in the order of strings, what an n-gram begins with is before it */
        last[length] = k;
        if (length == 1) {
            m->characters[keys[k]] = (int32_t)k;
            continue;
        }
        if (length > 2 && (shorter < 0 || keys[shorter] != keys[k] >> 16)) {
            PyErr_SetString(PyExc_ValueError, "a character n-gram stands without its beginning before it");
            return -1;
        }
        uint64_t step = step_of(length > 2 ? NGRAM + shorter : (Py_ssize_t)(keys[k] >> 16), (uint16_t)keys[k]);
        size_t i = slot_of(step, m->step_slots);
        while (m->steps[i] != 0)
            i = (i + 1) & (m->step_slots - 1);
        m->steps[i] = step << NUMBER_BITS | (uint64_t)k;
    }
    return 0;
}

/* Words of up to four characters are their own keys, as no word is empty; longer ones have a hash, and are compared. */
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

int build_words(Model *m, const uint16_t *codes, Py_ssize_t length, const int64_t *ends, Py_ssize_t n)
{
    m->word_slots = slots_for((size_t)n);
    m->words = calloc(m->word_slots, sizeof *m->words);
    m->word_codes = malloc((size_t)length * sizeof *codes + 1);
    m->word_ends = malloc((size_t)n * sizeof *ends + 1);
    if (m->words == NULL || m->word_codes == NULL || m->word_ends == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(m->word_codes, codes, (size_t)length * sizeof *codes);
    memcpy(m->word_ends, ends, (size_t)n * sizeof *ends);
    int64_t start = 0;
    for (Py_ssize_t k = 0; k < n; start = ends[k++]) {
        if (ends[k] <= start || ends[k] > length) {
            PyErr_SetString(PyExc_ValueError, "a word is empty or ends outside the text");
            return -1;
        }
        uint64_t key = word_key(codes + start, ends[k] - start);
        size_t i = slot_of(key, m->word_slots);
        while (m->words[i].key != 0)
            i = (i + 1) & (m->word_slots - 1);
        m->words[i] = (Word){key, k};
    }
    if (start != length) {
        PyErr_SetString(PyExc_ValueError, "the words do not make up their text");
        return -1;
    }
    return 0;
}

static int64_t find_word(const Model *m, const uint16_t *codes, Py_ssize_t length)
{
    uint64_t key = word_key(codes, length);
    for (size_t i = slot_of(key, m->word_slots); m->words[i].key != 0; i = (i + 1) & (m->word_slots - 1)) {
        int64_t n = m->words[i].number, start = n ? m->word_ends[n - 1] : 0;
        if (m->words[i].key == key && (length <= 4 || (m->word_ends[n] - start == length &&
                                                       !memcmp(m->word_codes + start, codes, 2 * (size_t)length))))
            return m->first_word + n;
    }
    return -1;
}

Py_ssize_t add_words(const Model *m, const uint16_t *text, Py_ssize_t stop, const int32_t *tokens, Py_ssize_t *token,
                     Py_ssize_t *at, int32_t *terms, Py_ssize_t found)
{
    for (; *at < stop; *at += tokens[(*token)++]) {
        int64_t number = text[*at] > SPACE ? find_word(m, text + *at, tokens[*token]) : -1;
        if (number >= 0)
            terms[found++] = (int32_t)number;
    }
    return found;
}

static uint16_t or_edge(uint16_t c) { return c > SPACE ? c : EDGE; }

/* Ask for the memory of what will be looked up soon. */
static void expect_step(const Model *m, int64_t from, uint16_t next)
{
    PREFETCH(m->steps + slot_of(step_of(from, next), m->step_slots));
}

static void expect_row(const Model *m, int64_t number) { PREFETCH(m->rows + (size_t)number * 2 * (size_t)m->width); }

/* One length after the other, so that searches need not wait for each other's memory. */
Py_ssize_t add_ngrams(const Model *m, const uint16_t *text, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t n,
                      int32_t *terms, Py_ssize_t found, int32_t *places)
{
    Py_ssize_t longer = 0, last = stop + 1 < n ? stop : n - 1;
    for (Py_ssize_t i = start; m->ngrams > 0 && i < stop; i++) {
        if (i < last)
            expect_step(m, or_edge(text[i]), or_edge(text[i + 1]));
        if (text[i] > SPACE && m->characters[text[i]] >= 0)
            terms[found++] = m->characters[text[i]];
    }
    for (Py_ssize_t i = start; m->ngrams > 1 && i < last; i++) {
        int word = text[i] > SPACE, next = text[i + 1] > SPACE;
        if (m->edges ? !word && !next : !word || !next)
            continue;
        int64_t number = find_step(m->steps, m->step_slots, step_of(or_edge(text[i]), or_edge(text[i + 1])));
        if (number < 0)
            continue;
        terms[found + longer] = (int32_t)number;
        expect_row(m, number);
        places[longer++] = (int32_t)i;
        if (i + 2 < n)
            expect_step(m, NGRAM + number, or_edge(text[i + 2]));
    }
    for (int k = 2; k < m->ngrams; k++) {
        Py_ssize_t shorter = longer;
        const int32_t *from = terms + found;
        found += longer;
        longer = 0;
        for (Py_ssize_t j = 0; j < shorter && places[j] + k < n; j++) {
            Py_ssize_t i = places[j];
            int64_t number = find_step(m->steps, m->step_slots, step_of(NGRAM + from[j], or_edge(text[i + k])));
            if (number < 0)
                continue;
            terms[found + longer] = (int32_t)number;
            expect_row(m, number);
            places[longer++] = (int32_t)i;
            if (i + k + 1 < n)
                expect_step(m, NGRAM + number, or_edge(text[i + k + 1]));
        }
    }
    return found + longer;
}
