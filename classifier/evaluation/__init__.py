"""How good a model is: on a file of labelled paragraphs, or by cross-validation grouped by report."""
