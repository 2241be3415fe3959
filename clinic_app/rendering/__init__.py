"""Frozen values in, PDF and PNG bytes out. No Flask, no database."""
