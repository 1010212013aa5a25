"""Figures: an indicator in a version, for a unit (or the city) and a period; frozen ones, foreign ones, and league tables.

An indicator's meaning changes between years, so a figure is never just a name and a number. Growth across two versions
is refused unless the base was restated on record; every figure can say by which rule it counts and open to what is behind it.
"""
