"""Bulletins: texts that state figures: other people's, read and held against the account, and our own, written from it."""
