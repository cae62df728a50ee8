"""`python -m classifier` is the command `classify`."""

from classifier.cli import main

main()
