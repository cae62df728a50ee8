"""Normalized sentences to weighted term counts: tokens -> terms -> counts -> tf-idf."""
