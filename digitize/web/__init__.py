"""The pages of an archive and its API: search, documents, review, for one person or for an office."""
