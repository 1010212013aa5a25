"""The command line: one file a subject, in Chinese, for people at a terminal and for scripts (``--json``).

Each file offers :data:`COMMANDS`; ``zhaoshang.cli`` imports only the file of the command that was asked for, so that reading a
text never loads Django.
"""
