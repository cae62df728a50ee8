"""Folders and files that are whole or not there at all, and output that can be resumed."""
