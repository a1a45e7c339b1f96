"""Pages, JSON and maps over the same answers."""
