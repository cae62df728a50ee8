"""Find the documents in files, folders, archives and tables, and decode their bytes to text."""
