"""The receipt of a run: what became of each file, added up, for people and as JSON."""
