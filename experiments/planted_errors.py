"""How many planted errors an audit of labels finds: python -m experiments.planted_errors NAME.

The work is done by benchmarks/planted_labels.py, which measures parts of the package and moves with them.
"""

from benchmarks.planted_labels import main

if __name__ == "__main__":
    main()
