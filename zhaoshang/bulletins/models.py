"""Bulletin and reading records."""
