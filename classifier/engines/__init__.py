"""How many reports are tagged: here, one after the other."""
