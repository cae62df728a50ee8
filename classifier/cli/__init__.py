"""The `classify` command: one file for each subcommand; each parses, calls and prints."""

from classifier.cli.app import main

__all__ = ["main"]
