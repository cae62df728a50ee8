"""Training data without text: the counts of labelled sentences, checked so that no text comes back from them."""
