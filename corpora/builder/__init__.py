"""Make the specimens of corpora/ from their plain-text sources."""
