"""A language model of Vietnamese syllables: counted from text, mapped into memory, used to correct what OCR read."""
