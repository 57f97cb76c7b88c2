"""What we claim about speed and accuracy, runnable, against named peers: ``python -m benchmarks [NAME…]``."""
