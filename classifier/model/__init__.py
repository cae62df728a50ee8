"""Sentences to areas: tokens -> counts -> weights -> scores -> areas, and how each step is learned."""
