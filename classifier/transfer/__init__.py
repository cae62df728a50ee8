"""Labels go to other programs, such as spreadsheets and labelling tools, and come back."""
