"""Regions, reporting units and report months.

A reporting unit is not a region: a functional zone has no GB/T 2260 code, and a unit may lie in several regions. Units map
to regions many-to-many with dates of validity, and an inferred mapping says that it is inferred. Who belongs to which unit,
and what they may therefore see, stands here too (``access.py``), since it needs both people and units.
"""
