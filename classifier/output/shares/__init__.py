"""Shares of attention: what each document adds to them, and how they are shown and written."""
