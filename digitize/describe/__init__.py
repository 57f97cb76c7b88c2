"""What a document is, told from the words of its pages: type, number, date, who issued it and about what."""
