"""What a user adds to the shipped program: areas, labels, and models that were trained with them."""
