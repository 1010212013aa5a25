"""Capital: the ledger of payments (到位资金), what of it counts, and the roll-ups that every total is read from.

A payment is declared by one person and verified by another; then it never changes. A correction is an opposite entry with a
reason in an open month. Verified payments form one hash chain a city. What counts is data (``RuleSet``): the same payment can count
under one year's rule and not under the next's, and both can be shown. ``verification.py`` is for ``review`` alone: four eyes
are a build rule.
"""
