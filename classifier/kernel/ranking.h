/* Scores to named tuples of areas, best first. */

PyDoc_STRVAR(rank_doc,
             "rank(scores, chosen, ids, AreaScore): for each row its chosen areas with their scores, best first.");

/* Return the chosen areas of a row as a tuple. order: room for the numbers of all areas. */
static PyObject *ranked(const double *scores, const char *chosen, Py_ssize_t areas, PyObject *ids, PyObject *type,
                        Py_ssize_t *order)
{
    Py_ssize_t n = 0;
    for (Py_ssize_t a = 0; a < areas; a++) {
        if (!chosen[a])
            continue;
        Py_ssize_t i = n++;
        for (; i > 0 && scores[order[i - 1]] < scores[a]; i--)
            order[i] = order[i - 1];
        order[i] = a;
    }
    PyObject *row = PyTuple_New(n);
    for (Py_ssize_t i = 0; row != NULL && i < n; i++) {
        PyObject *one = record(type, Py_BuildValue("(Od)", PyTuple_GetItem(ids, order[i]), scores[order[i]]));
        if (one == NULL || PyTuple_SetItem(row, i, one) < 0)
            Py_CLEAR(row);
    }
    return row;
}

static PyObject *rank(PyObject *self, PyObject *args)
{
    Py_buffer scores, chosen;
    PyObject *ids, *type, *rows = NULL;
    if (!PyArg_ParseTuple(args, "y*y*O!O!", &scores, &chosen, &PyTuple_Type, &ids, &PyType_Type, &type))
        return NULL;
    Py_ssize_t areas = PyTuple_Size(ids), n = areas ? chosen.len / areas : 0;
    Py_ssize_t *order = malloc((size_t)(areas + 1) * sizeof *order);
    if (order == NULL) {
        PyErr_NoMemory();
    } else if (!is_record(type)) {
        ; /* the error is set */
    } else if (n * areas != chosen.len || scores.len != chosen.len * (Py_ssize_t)sizeof(double)) {
        PyErr_SetString(PyExc_ValueError, "arrays do not fit together");
    } else {
        rows = PyList_New(n);
        for (Py_ssize_t i = 0; rows != NULL && i < n; i++) {
            const double *own = (const double *)scores.buf + i * areas;
            PyObject *row = ranked(own, (const char *)chosen.buf + i * areas, areas, ids, type, order);
            if (row == NULL || PyList_SetItem(rows, i, row) < 0)
                Py_CLEAR(rows);
        }
    }
    free(order);
    PyBuffer_Release(&scores);
    PyBuffer_Release(&chosen);
    return rows;
}
