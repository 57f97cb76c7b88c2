"""What is done to a page image before it is read, and why: each step a decision with its evidence."""
