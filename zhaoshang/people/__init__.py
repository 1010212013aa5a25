"""People: who may log in, what each role may do, and the diary of what was done.

A role is the same word everywhere; what it allows stands in ``rules.py`` and nowhere else. Who belongs to which reporting
unit stands one room up, in ``regions``, because a unit is not known here.
"""
