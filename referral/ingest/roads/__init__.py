"""Read roads from an extract of OpenStreetMap and write the times that they give."""
