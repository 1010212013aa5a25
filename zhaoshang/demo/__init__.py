"""The demo city: Dalian's published totals, resting on invented enterprises, projects and payments.

The totals are facts with sources (``facts.py``); everything beneath them is invented, says so in its name, and is marked as sample.
The same seed gives the same account. ``generate.py`` makes load data in the same manner, by the million.
"""
