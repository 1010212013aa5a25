"""The API: the same calls as the desk's, for machines. A door."""
