"""What staff fill in: one module per noun."""
