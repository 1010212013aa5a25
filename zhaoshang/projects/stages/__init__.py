"""Stages: two chains over one project as dated data, the gates between them, and the log that only grows.

What figures count (储备, 签约, 落地) are days of this log, copied to the project in the same transaction; the database refuses a day
that the log does not say.
"""
