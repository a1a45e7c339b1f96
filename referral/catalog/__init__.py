"""What exists: services, places and the words they are described with."""
