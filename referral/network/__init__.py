"""What is missing: settlements, norms, reach and gaps. Pure."""
