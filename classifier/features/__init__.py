"""Normalized sentences to weighted counts of terms: tokens, terms, counts, tf-idf."""
