"""Measurements that the documentation may quote: each beside another program, in the same run."""
