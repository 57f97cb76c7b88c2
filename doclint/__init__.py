"""Read a draft before it is issued and say, with the legal clause, whether it should exist at all."""
