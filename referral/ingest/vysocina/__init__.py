"""Read the catalogue of services of Kraj Vysočina, which says for which municipalities they are."""
