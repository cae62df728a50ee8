"""Predictions as a table, JSON lines, CSV or Parquet: one file for each format."""
