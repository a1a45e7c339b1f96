"""Who can help this client, why, and why not the others. Pure: no clock, no store, no settings."""
