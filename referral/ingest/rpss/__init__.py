"""Read the register of providers of social services (RPSS) as the ministry publishes it."""
