"""What a model learns from: the taxonomy of areas, and labelled paragraphs."""
