"""The text that a PDF page has of its own: what it says, and whether it can be kept."""
