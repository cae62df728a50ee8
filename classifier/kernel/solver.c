/* Support vector machines of several areas, fitted at once: what scikit-learn's LinearSVC does area by area.

   Dual coordinate descent with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan, ICML 2008) for the squared hinge
   loss; the intercept is the weight of one more column of ones. All areas visit the rows in the same order, so that a row
   and the weights of its terms are fetched once for all of them. No area has an influence on the sums of another. */

#include "solver.h"

#include <math.h>

static const double LEAST_GRADIENT = 1e-12;
static const double RELAXATION = 1.2; /* successive overrelaxation (Mangasarian and Musicant 1999): fewer epochs */

/* An entry of a row, in single precision: with it, the weights of a term fill one line of the cache. */
typedef struct {
    int32_t column;
    float value;
} Entry;

typedef struct {
    const int64_t *indptr;
    const int32_t *indices;
    const double *values;
    const int8_t *signs; /* of rows by areas: 1, -1, or 0 where the row takes no part */
    double *alphas;      /* of rows by areas */
    Entry *entries;
    double *exact;   /* weights of columns and the intercept by LANES */
    float *weights;  /* the same, as steps are added to them */
    double *squares; /* of the length of each row, with its column of ones */
    uint16_t *active;    /* of rows a bit for each area */
    int32_t *order;
    int64_t rows, columns;
    int areas;
    double ridge; /* 1 / 2C */
} Problem;

/* What an epoch does to an area. bound: rows without weight are passed over where their gradient is above it. */
typedef struct {
    double bound[LANES], high[LANES], low[LANES];
} Gradients;

/* Half of the lanes, so that compilers make one instruction of what is done to them. */
#if defined(__GNUC__)
typedef float Half __attribute__((vector_size(LANES / 2 * sizeof(float)), may_alias));
#define ADD_TIMES(sum, times, half) ((sum) += (times) * (half))
#else
typedef struct {
    float lanes[LANES / 2];
} Half;
#define ADD_TIMES(sum, times, half)                                                                                    \
    do                                                                                                                 \
        for (int a = 0; a < LANES / 2; a++)                                                                            \
            (sum).lanes[a] += (times) * (half).lanes[a];                                                               \
    while (0)
#endif

#if defined(__GNUC__)
#define FETCH(place) __builtin_prefetch(place)
#else
#define FETCH(place) ((void)(place))
#endif

/* Ask for a row that is visited soon, so that it comes from memory while others are worked on. */
static void fetch_row(const Problem *p, int64_t i)
{
    const char *end = (const char *)(p->entries + p->indptr[i + 1]);
    for (const char *line = (const char *)(p->entries + p->indptr[i]); line < end; line += LINE_OF_CACHE)
        FETCH(line);
    FETCH(p->alphas + i * p->areas);
    FETCH(p->alphas + (i + 1) * p->areas - 1);
    FETCH(p->signs + i * p->areas);
    FETCH(p->squares + i);
}

/* The same for the weights of its terms. */
static void fetch_weights(const Problem *p, int64_t i)
{
    const Entry *end = p->entries + p->indptr[i + 1];
    for (const Entry *e = p->entries + p->indptr[i]; e < end; e++)
        FETCH(p->weights + (size_t)e->column * LANES);
}

/* Put the scores of a row into sums, of all lanes. */
WIDE static void score_row(const Problem *p, int64_t i, float *restrict sums)
{
    const Half *weights = (const Half *)p->weights, *bias = weights + 2 * p->columns;
    Half low = bias[0], high = bias[1];
    const Entry *end = p->entries + p->indptr[i + 1];
    for (const Entry *e = p->entries + p->indptr[i]; e < end; e++) {
        const Half *row = weights + 2 * (size_t)e->column;
        ADD_TIMES(low, e->value, row[0]);
        ADD_TIMES(high, e->value, row[1]);
    }
    memcpy(sums, &low, sizeof low);
    memcpy(sums + LANES / 2, &high, sizeof high);
}

/* Add a row to the weights, `steps` times. */
WIDE static void add_row(const Problem *p, int64_t i, const float *restrict steps)
{
    Half *weights = (Half *)p->weights, *bias = weights + 2 * p->columns, low, high;
    memcpy(&low, steps, sizeof low);
    memcpy(&high, steps + LANES / 2, sizeof high);
    const Entry *end = p->entries + p->indptr[i + 1];
    for (const Entry *e = p->entries + p->indptr[i]; e < end; e++) {
        Half *row = weights + 2 * (size_t)e->column;
        ADD_TIMES(row[0], e->value, low);
        ADD_TIMES(row[1], e->value, high);
    }
    ADD_TIMES(bias[0], 1, low);
    ADD_TIMES(bias[1], 1, high);
}

/* The same for the exact weights. */
WIDE static void add_row_exactly(const Problem *p, int64_t i, const double *restrict steps)
{
    double own[LANES];
    memcpy(own, steps, sizeof own);
    for (int64_t k = p->indptr[i]; k < p->indptr[i + 1]; k++) {
        double *row = p->exact + (size_t)p->indices[k] * LANES;
        double value = p->values[k];
        for (int a = 0; a < LANES; a++)
            row[a] += value * own[a];
    }
    double *bias = p->exact + (size_t)p->columns * LANES;
    for (int a = 0; a < LANES; a++)
        bias[a] += own[a];
}

/* Put into steps how often a row stands in the weights, of all lanes; return whether it does. */
static int steps_of_row(const Problem *p, int64_t i, double *steps)
{
    int any = 0;
    memset(steps, 0, LANES * sizeof *steps);
    for (int a = 0; a < p->areas; a++) {
        steps[a] = p->alphas[i * p->areas + a] * p->signs[i * p->areas + a];
        any |= steps[a] != 0;
    }
    return any;
}

/* Set the weights to what the alphas make of the rows. */
static void sum_up(const Problem *p)
{
    double steps[LANES];
    float rounded[LANES];
    memset(p->weights, 0, ((size_t)p->columns + 1) * LANES * sizeof *p->weights);
    for (int64_t i = 0; i < p->rows; i++)
        if (steps_of_row(p, i, steps)) {
            for (int a = 0; a < LANES; a++)
                rounded[a] = (float)steps[a];
            add_row(p, i, rounded);
        }
}

/* Set the exact weights, without what rounding has left of all steps. */
static void sum_up_exactly(const Problem *p)
{
    double steps[LANES];
    memset(p->exact, 0, ((size_t)p->columns + 1) * LANES * sizeof *p->exact);
    for (int64_t i = 0; i < p->rows; i++)
        if (steps_of_row(p, i, steps))
            add_row_exactly(p, i, steps);
}

/* Bring each alpha of a row to the best value for the weights in hand. */
static void visit(const Problem *p, int64_t i, Gradients *g)
{
    const int8_t *signs = p->signs + i * p->areas;
    double *alphas = p->alphas + i * p->areas, curvature = p->squares[i] + p->ridge;
    float sums[LANES], steps[LANES] = {0};
    int any = 0;
    score_row(p, i, sums);
    for (int a = 0; a < p->areas; a++) {
        if (!(p->active[i] >> a & 1))
            continue;
        double gradient = signs[a] * sums[a] - 1 + p->ridge * alphas[a];
        if (alphas[a] == 0 && gradient >= 0) {
            if (gradient > g->bound[a])
                p->active[i] &= (uint16_t)~(1u << a);
            gradient = 0;
        }
        g->high[a] = gradient > g->high[a] ? gradient : g->high[a];
        g->low[a] = gradient < g->low[a] ? gradient : g->low[a];
        if (fabs(gradient) > LEAST_GRADIENT) {
            double before = alphas[a], after = before - RELAXATION * gradient / curvature;
            alphas[a] = after > 0 ? after : 0;
            steps[a] = (float)((alphas[a] - before) * signs[a]);
            any = 1;
        }
    }
    if (any)
        add_row(p, i, steps);
}

static uint32_t draw(uint64_t *state) /* xorshift64*, Vigna 2016 */
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)(*state * UINT64_C(2685821657736338717) >> 32);
}

static void shuffle(int32_t *order, int64_t n, uint64_t *state)
{
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = (int64_t)((uint64_t)draw(state) * (uint64_t)(i + 1) >> 32);
        int32_t other = order[j];
        order[j] = order[i];
        order[i] = other;
    }
}

/* Make all rows of some areas active that take part in their fits. */
static void wake(const Problem *p, unsigned which)
{
    for (int64_t i = 0; i < p->rows; i++)
        for (int a = 0; a < p->areas; a++)
            if (which >> a & 1 && p->signs[i * p->areas + a])
                p->active[i] |= (uint16_t)(1u << a);
}

static void put_to_rest(const Problem *p, unsigned which)
{
    for (int64_t i = 0; i < p->rows; i++)
        p->active[i] &= (uint16_t)~which;
}

/* Visit the active rows in the order in hand. */
static void visit_all(const Problem *p, Gradients *g)
{
    const int32_t *order = p->order;
    for (int64_t n = 0; n < p->rows; n++) {
        if (n + 2 < p->rows && p->active[order[n + 2]])
            fetch_row(p, order[n + 2]);
        if (n + 1 < p->rows && p->active[order[n + 1]])
            fetch_weights(p, order[n + 1]);
        if (p->active[order[n]])
            visit(p, order[n], g);
    }
}

/* Descend until no gradient of any area is further from 0 than the tolerance; return the epochs that it took. */
static int64_t descend(const Problem *p, double tolerance, int64_t most_epochs, uint64_t seed)
{
    unsigned todo = (1u << p->areas) - 1, shrunk = 0;
    uint64_t state = (seed + 1) * UINT64_C(0x9E3779B97F4A7C15);
    int64_t epoch = 0;
    Gradients g;
    for (int a = 0; a < LANES; a++)
        g.bound[a] = INFINITY;
    wake(p, todo);
    for (int64_t i = 0; i < p->rows; i++)
        p->order[i] = (int32_t)i;
    while (todo && epoch < most_epochs) {
        memset(g.high, 0, sizeof g.high);
        memset(g.low, 0, sizeof g.low);
        shuffle(p->order, p->rows, &state);
        visit_all(p, &g);
        unsigned done = 0, woken = 0;
        for (int a = 0; a < p->areas; a++) {
            unsigned bit = 1u << a;
            if (!(todo & bit))
                continue;
            int settled = g.high[a] - g.low[a] <= tolerance;
            if (settled && !(shrunk & bit))
                done |= bit;
            if (settled && shrunk & bit)
                woken |= bit;
            /* Rows may be passed over in the next epoch if a gradient was above 0 in this one. */
            g.bound[a] = settled || g.high[a] <= 0 ? INFINITY : g.high[a];
            shrunk = settled ? shrunk & ~bit : g.bound[a] < INFINITY ? shrunk | bit : shrunk;
        }
        todo &= ~done;
        if (done)
            put_to_rest(p, done);
        if (woken)
            wake(p, woken);
        epoch++;
    }
    return epoch;
}

/* Fit all areas from the alphas that are given; return the epochs, or -1 without memory. */
static int64_t solve(Problem *p, double *weights, double tolerance, int64_t most_epochs, uint64_t seed)
{
    int64_t epochs = -1;
    size_t numbers = ((size_t)p->columns + 1) * LANES, entries = (size_t)p->indptr[p->rows];
    p->exact = malloc(numbers * sizeof *p->exact);
    void *memory = malloc(numbers * sizeof *p->weights + LINE_OF_CACHE);
    p->weights = (float *)(((uintptr_t)memory + LINE_OF_CACHE - 1) & ~(uintptr_t)(LINE_OF_CACHE - 1));
    p->entries = malloc((entries + 1) * sizeof *p->entries);
    p->squares = malloc((size_t)(p->rows + 1) * sizeof *p->squares);
    p->active = calloc((size_t)p->rows + 1, sizeof *p->active);
    p->order = malloc((size_t)(p->rows + 1) * sizeof *p->order);
    if (p->exact && memory && p->entries && p->squares && p->active && p->order) {
        for (int64_t i = 0; i < p->rows; i++) {
            p->squares[i] = 1;
            for (int64_t k = p->indptr[i]; k < p->indptr[i + 1]; k++)
                p->squares[i] += p->values[k] * p->values[k];
        }
        for (size_t k = 0; k < entries; k++)
            p->entries[k] = (Entry){p->indices[k], (float)p->values[k]};
        sum_up(p);
        epochs = descend(p, tolerance, most_epochs, seed);
        sum_up_exactly(p);
        for (int64_t j = 0; j <= p->columns; j++)
            memcpy(weights + j * p->areas, p->exact + (size_t)j * LANES, (size_t)p->areas * sizeof *weights);
    }
    free(p->exact);
    free(memory);
    free(p->entries);
    free(p->squares);
    free(p->active);
    free(p->order);
    return epochs;
}

/* Whether the arrays are a sound problem, so that nothing beyond them is read. */
static int is_sound(const Problem *p, int64_t entries)
{
    if (p->indptr[0] != 0 || p->indptr[p->rows] != entries)
        return 0;
    for (int64_t i = 0; i < p->rows; i++)
        if (p->indptr[i] > p->indptr[i + 1])
            return 0;
    for (int64_t k = 0; k < entries; k++)
        if (p->indices[k] < 0 || p->indices[k] >= p->columns)
            return 0;
    return 1;
}

enum { INDPTR, INDICES, VALUES, SIGNS, ALPHAS, WEIGHTS, BUFFERS };

PyObject *fit(PyObject *self, PyObject *args)
{
    Py_buffer b[BUFFERS];
    PyObject *done = NULL;
    double c, tolerance;
    long long most_epochs;
    unsigned long long seed;
    Problem p = {0};
    if (!PyArg_ParseTuple(args, "y*y*y*y*w*w*iddLK", &b[INDPTR], &b[INDICES], &b[VALUES], &b[SIGNS], &b[ALPHAS],
                          &b[WEIGHTS], &p.areas, &c, &tolerance, &most_epochs, &seed))
        return NULL;
    int64_t entries = b[INDICES].len / (Py_ssize_t)sizeof(int32_t);
    p.indptr = b[INDPTR].buf, p.indices = b[INDICES].buf, p.values = b[VALUES].buf;
    p.signs = b[SIGNS].buf, p.alphas = b[ALPHAS].buf, p.ridge = 0.5 / c;
    p.rows = b[INDPTR].len / (Py_ssize_t)sizeof(int64_t) - 1;
    int able = p.areas >= 1 && p.areas <= LANES && p.rows >= 0 && p.rows < INT32_MAX;
    p.columns = able ? b[WEIGHTS].len / (Py_ssize_t)sizeof(double) / p.areas - 1 : -1;
    int64_t numbers = able ? p.rows * p.areas : 0;
    if (!able || p.columns < 0 || b[VALUES].len != entries * (Py_ssize_t)sizeof(double) || b[SIGNS].len != numbers ||
        b[ALPHAS].len != numbers * (Py_ssize_t)sizeof(double) ||
        b[WEIGHTS].len != (p.columns + 1) * p.areas * (Py_ssize_t)sizeof(double) || !is_sound(&p, entries)) {
        PyErr_Format(PyExc_ValueError, "the arrays are not of the same rows, columns and up to %d areas", LANES);
    } else {
        PyThreadState *others = PyEval_SaveThread();
        int64_t epochs = solve(&p, b[WEIGHTS].buf, tolerance, most_epochs, seed);
        PyEval_RestoreThread(others);
        done = epochs < 0 ? PyErr_NoMemory() : PyLong_FromLongLong(epochs);
    }
    for (int i = 0; i < BUFFERS; i++)
        PyBuffer_Release(&b[i]);
    return done;
}
