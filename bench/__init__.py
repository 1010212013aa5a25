"""Measurements: each file prints a ratio of two things done in one run."""
