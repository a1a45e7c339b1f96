"""Read the national register of providers of health services (NRPZS) as ÚZIS publishes it."""
