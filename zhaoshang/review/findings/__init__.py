"""What is wrong: each kind of trouble is a module here that yields candidates; a sweep keeps them as findings until they are gone.

A new kind: a module with a ``KIND`` and ``candidates``, its entry in ``kinds.KINDS``, its thresholds in the duty rules.
"""
