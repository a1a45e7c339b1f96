"""Read services published in the Human Services Data Specification (HSDS) 3."""
