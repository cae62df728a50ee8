"""Evaluations, agreement and label counts as tables, pages and charts."""
