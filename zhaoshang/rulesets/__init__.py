"""Local rules are data: sets issued by a document from a day on, never changed, with a sample of each kind that comes with the system.

A room declares its :class:`kinds.Kind`; nothing else is needed to issue, read, compare and write out its sets.
"""
