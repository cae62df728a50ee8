"""Suggested labels against random ones, and learning curves: python -m experiments.suggestions NAME.

The work is done by benchmarks/suggested_labels.py, which measures parts of the package and moves with them.
"""

from benchmarks.suggested_labels import main

if __name__ == "__main__":
    main()
