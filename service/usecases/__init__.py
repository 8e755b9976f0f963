"""Where a transaction begins and ends: one verb, one file."""
