"""Jobs: work too heavy for a page, done by a worker with the rights that its asker has then, its effect and its mark in one transaction.

What a kind of job does stands in the rooms above and is named in ``settings.JOBS``; this room keeps the line, the lease and the mark.
"""
