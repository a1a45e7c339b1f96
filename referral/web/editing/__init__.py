"""Pages on which people keep the catalogue true: editors, and the staff of services by a link."""
