"""What the web pages of both commands share: the border before every page, and faults."""
