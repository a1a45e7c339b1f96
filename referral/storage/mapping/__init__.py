"""Rows to values of the model and back, field by field.

Row -> model -> row is the identity (tests/property/test_mapping.py). The functions that read take
anything with the columns of the row as attributes, so that a plain result row will do: nothing here
needs an object that a session watches.
"""
