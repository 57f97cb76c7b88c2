"""Turn folders of scans into searchable PDFs, text and an index, with every file accounted for."""
