"""Identifiers made in Python: UUID version 7 (RFC 9562), so that new rows lie together in an index on every database."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """48 bits of Unix milliseconds, then 74 random bits."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def first_of(seconds: float) -> UUID:
    """The smallest identifier that :func:`uuid7` makes at this moment: what is not below it was made since."""
    return UUID(int=(int(seconds * 1_000) & (1 << 48) - 1) << 80 | 0x7 << 76 | 0b10 << 62)
