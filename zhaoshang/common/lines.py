"""Ends of lines. A form sends CR LF, a program LF or CR, an old file either: kept is LF, so that the same text has one digest."""

from typing import Any


def plain_lines(told: Any) -> Any:
    """A text with LF at the end of each line; the same of every text in lists and mappings, their names too, however deep it lies. What
    has no other ends is given back itself."""
    if not _has_others(told):
        return told
    if isinstance(told, str):
        return told.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(told, dict):
        return {plain_lines(name): plain_lines(one) for name, one in told.items()}
    return [plain_lines(one) for one in told]


def _has_others(told: Any) -> bool:
    if isinstance(told, str):
        return "\r" in told
    if isinstance(told, dict):
        return any(_has_others(name) or _has_others(one) for name, one in told.items())
    return isinstance(told, list | tuple) and any(map(_has_others, told))
