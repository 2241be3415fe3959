"""Comparisons that anyone can run again: `python -m benchmarks`."""
