"""Rules of assessments. Plain Python: no Django, no clock.

``scheme``: what a regulation may say; ``reading``: its text → a scheme, or what is wrong in which line; ``scoring``: inputs → scores,
with every step; ``lights``: inputs → colours; ``states``: what may follow what.
"""
