"""What a new area is worth with few labels, and what it costs the others: python -m experiments.new_areas NAME.

The work is done by benchmarks/hidden_areas.py, which measures parts of the package and moves with them.
"""

from benchmarks.hidden_areas import main

if __name__ == "__main__":
    main()
