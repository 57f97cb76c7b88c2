"""Find pages again: one query language, one analysis of Vietnamese, engines behind it."""
