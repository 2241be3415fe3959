"""The clinic handout service."""
