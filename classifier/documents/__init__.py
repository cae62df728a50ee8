"""From a path to a Document: bytes -> text -> lines -> paragraphs with headings and sentences."""
