"""Searches that investors save, and the mail that tells them of new entries.

Mail is a consequence: what is to be told stands as a row first (:class:`models.Notice`), and a loop of its own sends it, never a request.
"""
