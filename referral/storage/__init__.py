"""Rows, their mapping to the model, repositories and migrations."""
