"""Readers of source formats, each with a report of every row's fate."""
