"""Opportunities: what the city offers (zones, key regions, parcels, projects to be invested in), and the numbered editions of its lists.

An entry has a steward and an expiry; what is sold, taken or expired is in no list, because every list is one query. An edition is
frozen when it is issued.
"""
