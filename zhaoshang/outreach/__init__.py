"""Outreach: trips with their meetings and follow-ups, activities with guests and signings, visits with the demands they bring home.

What counts as a trip of a leader is a dated definition (``rules.py``, ``sample.toml``); every count is made from the records.
"""
