"""The searchable PDF/A of a document."""
