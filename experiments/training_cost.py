"""What training costs, and how it grows: python -m experiments.training_cost NAME [--jobs 2].

The work is done by benchmarks/training_cost.py, which measures parts of the package and moves with them.
"""

from benchmarks.training_cost import main

if __name__ == "__main__":
    main()
