"""Trained models: from normalized sentences to policy areas with probabilities."""
