"""What is answered over HTTP: the label page of `classify review`, and the records of `classify serve`."""
