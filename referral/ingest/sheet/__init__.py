"""Our own spreadsheet: help beside the register and values that somebody has verified."""
