"""Formulas, words and states of the room. Plain Python: no Django, no clock."""
