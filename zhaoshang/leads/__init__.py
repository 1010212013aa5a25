"""Leads (线索): what somebody told of an investor, from its receipt to the project that came of it, or the reason why none did.

Whoever brought it is answered by a day; when it was received is the server's time and never changes, since credit rests on it.
"""
