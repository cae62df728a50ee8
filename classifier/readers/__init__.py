"""Files, folders, archives and tables to raw documents and their text: bytes -> text."""
