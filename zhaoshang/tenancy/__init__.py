"""The city is the tenant: what every growing table shares, so that one city on SQLite and a nation on shards run one code.

Rules held here from the first migration: ``city`` on every growing table, ids made in Python, keys that lead with the
city in the database itself, references that join on the city too, and triggers that refuse what must never happen.
"""
