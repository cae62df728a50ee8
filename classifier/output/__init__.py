"""Predictions as people and programs want them: a table, JSON lines, CSV."""
