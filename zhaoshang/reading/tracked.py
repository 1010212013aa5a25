"""Text that remembers where each of its characters came from, however often it is edited."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``by``."""

    start: int
    end: int
    by: str


class Tracked:
    """A text and, for each character, the half-open span of the original it stands for."""

    def __init__(self, text: str, starts: array[int] | None = None, ends: array[int] | None = None) -> None:
        self.text = text
        self.starts = array("l", range(len(text))) if starts is None else starts
        self.ends = array("l", range(1, len(text) + 1)) if ends is None else ends

    def apply(self, edits: Iterable[Edit]) -> Tracked:
        """Make the edits, which must be ordered and must not overlap.

        A replacement as long as what it replaces maps character by character; any other maps to the whole replaced span.
        """
        parts: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for edit in edits:
            parts += [self.text[at : edit.start], edit.by]
            starts += self.starts[at : edit.start]
            ends += self.ends[at : edit.start]
            if len(edit.by) == edit.end - edit.start:
                starts += self.starts[edit.start : edit.end]
                ends += self.ends[edit.start : edit.end]
            elif edit.by:
                first, last = self._outer(edit.start, edit.end)
                starts += array("l", [first]) * len(edit.by)
                ends += array("l", [last]) * len(edit.by)
            at = edit.end
        if not parts:
            return self
        parts.append(self.text[at:])
        starts += self.starts[at:]
        ends += self.ends[at:]
        return Tracked("".join(parts), starts, ends)

    def sub(self, pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str | None]) -> Tracked:
        """Replace every match; a callable may answer None to leave its match alone."""
        edits = []
        for match in pattern.finditer(self.text):
            new = by if isinstance(by, str) else by(match)
            if new is not None and new != match.group():
                edits.append(Edit(match.start(), match.end(), new))
        return self.apply(edits)

    def _outer(self, start: int, end: int) -> tuple[int, int]:
        """The original span behind ``text[start:end]``; an insertion stands at the end of what precedes it."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        place = self.ends[start - 1] if start else 0
        return place, place
