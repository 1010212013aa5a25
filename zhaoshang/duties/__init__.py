"""Duties: who answers for a project, what must be answered by when, what was raised and what was ordered.

Days are working days by the Chinese calendar; how many, and whose superior is told when, is data (``samples/duties.toml``, DutyRules).
Another room starts a clock by ``actions.clocks.start_clock`` with a text and an address name: nothing here points at its rows.
"""
