"""What is handed on of a published document: hOCR, ALTO, names."""
