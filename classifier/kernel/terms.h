/* Prepared text to the terms in it: what scan.py does with numpy. */

#if defined(__GNUC__)
#define PREFETCH(place) __builtin_prefetch(place)
#else
#define PREFETCH(place)
#endif

typedef struct {
    const int32_t *characters; /* the number of each single character, or -1 */
    const uint64_t *runs;
    const Word *words;
    size_t run_slots, word_slots;
    const uint16_t *word_codes;
    const int64_t *word_ends;
    int64_t first_word, terms;
    const int16_t
        *rows; /* of each term `width` coefficients of sentences, then of clauses; each with the idf behind them */
    const double *intercept; /* of sentences, then of clauses */
    double unit[2];
    Py_ssize_t areas, width;
    int ngrams, edges, sublinear;
} Model;

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

static uint16_t or_edge(uint16_t c) { return c > SPACE ? c : EDGE; }

/* Ask for the memory of what will be looked up soon. */
static void expect_step(const Model *m, int64_t from, uint16_t next)
{
    PREFETCH(m->runs + slot_of(step_of(from, next), m->run_slots));
}

static void expect_row(const Model *m, int64_t number) { PREFETCH(m->rows + (size_t)number * 2 * (size_t)m->width); }

/* Append the known runs of characters that begin from start on and before stop; return how many terms there are then.
   One length after the other, so that searches need not wait for each other's memory. places: room for their places. */
static Py_ssize_t add_runs(const Model *m, const uint16_t *text, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t n,
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
        int64_t number = find_step(m->runs, m->run_slots, step_of(or_edge(text[i]), or_edge(text[i + 1])));
        if (number < 0)
            continue;
        terms[found + longer] = (int32_t)number;
        expect_row(m, number);
        places[longer++] = (int32_t)i;
        if (i + 2 < n)
            expect_step(m, RUN + number, or_edge(text[i + 2]));
    }
    for (int k = 2; k < m->ngrams; k++) {
        Py_ssize_t shorter = longer;
        const int32_t *from = terms + found;
        found += longer;
        longer = 0;
        for (Py_ssize_t j = 0; j < shorter && places[j] + k < n; j++) {
            Py_ssize_t i = places[j];
            int64_t number = find_step(m->runs, m->run_slots, step_of(RUN + from[j], or_edge(text[i + k])));
            if (number < 0)
                continue;
            terms[found + longer] = (int32_t)number;
            expect_row(m, number);
            places[longer++] = (int32_t)i;
            if (i + k + 1 < n)
                expect_step(m, RUN + number, or_edge(text[i + k + 1]));
        }
    }
    return found + longer;
}
