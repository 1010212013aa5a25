"""Matchmaking (央地对接): which firm meets which opportunity at an activity, why, when and at which table, and what came of it.

Above outreach, whose activity a session belongs to, and above the opportunities. Only what somebody puts on the board is a pair.
"""
