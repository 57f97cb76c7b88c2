"""What reads a page image: one module an engine, all answering to ``engine.Engine``."""
