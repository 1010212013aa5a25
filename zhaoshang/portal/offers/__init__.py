"""What the city offers, for investors: search, entries, map, comparison, open data, questions. Only what is listed and public."""
