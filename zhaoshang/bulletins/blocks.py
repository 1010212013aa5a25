"""What a bulletin's draft is made of: blocks of words in which every number is a bound figure. Pure.

In the words a figure stands as ``{{indicator@version:unit:period|aspect}}`` (unit ``*``: the city; a third part ``plain`` prints the bare
number, for tables). What it prints is decided when it is printed; nobody types it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhaoshang.reading import quantities

Block = Mapping[str, Any]
KINDS = ("heading", "paragraph", "table")
ASPECTS = ("value", "growth", "of_year", "ahead", "target", "share", "rank", "meaning", "part_origin", "part_source")
_TOKEN = re.compile(
    r"\{\{(?P<indicator>[a-z0-9_-]+)@(?P<version>[\w.-]+):(?P<unit>[a-z0-9_-]+|\*):(?P<period>[0-9QH/-]+)"
    r"\|(?P<aspect>[a-z_]+)(?::(?P<of>\w+))?(?P<plain>\|plain)?\}\}"
)
_BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")
_DATES = re.compile(
    r"(?:19|20)\d{2}(?:—|-|至|、)?(?=年|(?:19|20)\d{2}年)年?度?|\d{1,2}(?:—|–|-|至)\d{1,2}月(?:份)?|\d{1,2}月(?:份|底|末)?(?:\d{1,2}日)?|(?<=月)\d{1,2}日"
)
_NUMBER = re.compile(r"\d[\d,，.．]*(?:\s*[%％])?|[%％]")
AROUND = 8


class BrokenBlocks(ValueError):
    """The blocks sent are no blocks; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bound figure in the words. ``of``: which part (an origin, a source's code)."""

    indicator: str
    version: str
    unit: str
    period: str
    aspect: str
    of: str = ""
    plain: bool = False

    @property
    def ref(self) -> str:
        """The figure's address inside the city."""
        return f"{self.indicator}@{self.version}:{self.unit}:{self.period}"

    def __str__(self) -> str:
        part = f":{self.of}" if self.of else ""
        return f"{{{{{self.ref}|{self.aspect}{part}{'|plain' if self.plain else ''}}}}}"


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number in the words that no figure answers for; ``context`` is it with the words round it, by which it is confirmed."""

    block: int
    number: str
    context: str


def parse(text: str) -> list[str | Token]:
    """Words and figures in order. Raises :class:`BrokenBlocks` for braces that are no figure."""
    found: list[str | Token] = []
    place = 0
    for match in _BRACES.finditer(text):
        if match.start() > place:
            found.append(text[place : match.start()])
        found.append(_token(match.group()))
        place = match.end()
    return [*found, text[place:]] if place < len(text) else found


def _token(text: str) -> Token:
    match = _TOKEN.fullmatch(text)
    if match is None or match["aspect"] not in ASPECTS:
        raise BrokenBlocks(text[:80])
    indicator, version, unit, period, aspect = match.group("indicator", "version", "unit", "period", "aspect")
    return Token(indicator, version, unit, period, aspect, match["of"] or "", bool(match["plain"]))


def texts(block: Block) -> Iterator[str]:
    """Every text of a block."""
    if block["kind"] == "table":
        yield block.get("caption", "")
        for row in block["rows"]:
            yield from row
    else:
        yield block["text"]


def tokens(blocks: Sequence[Block]) -> list[Token]:
    """All figures of the blocks, each once, in order."""
    found = (part for block in blocks for text in texts(block) for part in parse(text) if isinstance(part, Token))
    return list(dict.fromkeys(found))


def checked(blocks: Any) -> list[dict[str, Any]]:
    """Blocks as they came from outside, with nothing in them that is not known. Raises :class:`BrokenBlocks`."""
    if not isinstance(blocks, list) or len(blocks) > 200:
        raise BrokenBlocks("blocks")
    return [_checked(block) for block in blocks]


def _checked(block: Any) -> dict[str, Any]:
    if not isinstance(block, dict) or block.get("kind") not in KINDS:
        raise BrokenBlocks(str(block)[:80])
    if block["kind"] == "table":
        return _checked_table(block)
    text = block.get("text")
    if not isinstance(text, str) or len(text) > 5_000:
        raise BrokenBlocks(str(text)[:80])
    parse(text)
    kept: dict[str, Any] = {"kind": block["kind"], "text": " ".join(text.split())}
    if block["kind"] == "heading":
        kept["level"] = 2 if block.get("level") == 2 else 1
    return kept


def _checked_table(block: dict[str, Any]) -> dict[str, Any]:
    columns, rows = block.get("columns"), block.get("rows")
    if (
        not isinstance(columns, list)
        or not isinstance(rows, list)
        or not all(isinstance(cell, str) for cell in columns)
    ):
        raise BrokenBlocks("table")
    for row in rows:
        if not isinstance(row, list) or len(row) != len(columns) or not all(isinstance(cell, str) for cell in row):
            raise BrokenBlocks(str(row)[:80])
        for cell in row:
            parse(cell)
    words = {name: str(block.get(name, ""))[:200] for name in ("caption", "unit_note")}
    return {"kind": "table", **words, "columns": columns, "rows": rows}


def unbound(blocks: Sequence[Block]) -> list[Unbound]:
    """Numbers typed into the words: digits, per cents, and quantities in Chinese numerals; dates are none."""
    return [found for place, block in enumerate(blocks) for text in texts(block) for found in _unbound(place, text)]


def _unbound(place: int, text: str) -> Iterator[Unbound]:
    words = "".join(part if isinstance(part, str) else "\ufffc" for part in parse(text))
    dates = [match.span() for match in _DATES.finditer(words)]
    spans = {match.span() for match in _NUMBER.finditer(words)}
    spans |= {(one.start, one.end) for one in quantities(words) if one.is_chinese and one.unit}
    end_before = 0
    for start, end in sorted(spans):
        if start < end_before or any(first <= start and end <= last for first, last in dates):
            continue
        end_before = end
        yield Unbound(place, words[start:end], words[max(0, start - AROUND) : end + AROUND].replace("\ufffc", "…"))
