"""State secrets: known by their marking, stopped, and left to a person."""
