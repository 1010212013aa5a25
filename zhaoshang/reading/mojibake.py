"""Putting back characters that a careless scraper ate.

The annotators that write «個(gè)» work on GBK bytes. Where the second byte of one character and the first of the next happen to form a
traditional character, they annotate that accident: «目兩個» becomes «目?jī)蓚(gè)», because BF|83 inside C4BF 83C9 is 績 (jī). The reading
in the bracket tells which accident it was, hence the lost lead byte, and from there the bytes can be read in step again.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from zhaoshang.reading.pinyin import HAN, LETTERS, TONED, readings, toneless
from zhaoshang.reading.tracked import Tracked

_SPELLED = rf"\([{LETTERS} ]{{1,10}}\)"
_ACCIDENT = re.compile(
    rf"(?<=[{HAN})])\?([a-zɡü]{{0,5}}[{TONED}][a-zɡ]{{0,4}})\)"
    rf"((?:[{HAN}]{{0,8}}?(?:[@-Z\[\]\\^_`]|\?|{_SPELLED}))?)"
)
_LOST_FULL_STOP = re.compile(r"\?，([@-~])(?=\()")
_DEBRIS = re.compile(r"[!?]{0,4}�[!?� ]*")
_LEADS = range(0x81, 0xFE)


def repair(text: Tracked) -> Tracked:
    """Restore what the bytes still tell; drop what they do not."""
    if "?" in text.text:
        text = text.sub(_ACCIDENT, _repaired).sub(_LOST_FULL_STOP, _full_stop)
    return text.sub(_DEBRIS, _without_debris) if "\ufffd" in text.text else text


def _full_stop(match: re.Match[str]) -> str | None:
    """«。現(xiàn)» slipped by one byte shows as «?，F(xiàn)»."""
    character = _decoded(0xAC, ord(match.group(1)))
    return f"。{character}" if character else None


def _repaired(match: re.Match[str]) -> str:
    """The characters meant, or nothing where even the bytes are gone."""
    before, slip = _character_before(match.string, match.start()), match.group(2)
    for lead in _lost_leads(before, toneless(match.group(1))):
        in_step = _read_in_step(lead, slip)
        if in_step is not None:
            return in_step
    return slip.removesuffix("?")


def _character_before(text: str, place: int) -> str:
    """The character at the end of ``text[:place]``, its own annotation apart."""
    if text[place - 1] == ")":
        place = max(text.rfind("(", max(0, place - 12), place), 1)
    return text[place - 1]


def _lost_leads(before: str, reading: str) -> tuple[int, ...]:
    """Lead bytes that, after the last byte of ``before``, make a traditional character read so."""
    code = before.encode("gbk", "ignore")
    return _accidents().get((code[-1], reading), ()) if len(code) == 2 else ()


@cache
def _accidents() -> dict[tuple[int, str], tuple[int, ...]]:
    """(first byte, reading) to the second bytes of the traditional characters read so."""
    converter = OpenCC("t2s")
    found: dict[tuple[int, str], list[int]] = {}
    for first in _LEADS:
        for second in _LEADS:
            character = _decoded(first, second)
            if character and converter.convert(character) != character:
                for reading in readings(character):
                    found.setdefault((first, reading), []).append(second)
    return {key: tuple(leads) for key, leads in found.items()}


def _read_in_step(lead: int, slip: str) -> str | None:
    """Read the slipped characters again from the lost lead byte; None when that makes no sense."""
    out = ""
    for place, character in enumerate(slip):
        if character == "(":
            last = _by_reading(lead, toneless(slip[place:]))
            return out + last if last else None
        code = character.encode("gbk", "ignore")
        read = _decoded(lead, code[0]) if code and character != "?" else ""
        if not read:
            return None
        out += read
        if len(code) == 1:
            return out
        lead = code[1]
    return None


def _by_reading(lead: int, reading: str) -> str:
    """The one common character with this lead byte and reading whose second byte is 0x80, the byte decoders swallow."""
    character = _decoded(lead, 0x80)
    return character if character and reading in readings(character) else ""


def _decoded(first: int, second: int) -> str:
    character = bytes((first, second)).decode("gbk", "ignore")
    return character if len(character) == 1 and "一" <= character <= "鿿" else ""


def _without_debris(match: re.Match[str]) -> str:
    """Debris at the end of a line was its full stop; elsewhere it was nothing that can be known."""
    text = match.string
    ends_line = match.end() == len(text) or text[match.end()] == "\n"
    bare = match.start() > 0 and (text[match.start() - 1].isalnum() or text[match.start() - 1] in "%％)）”")
    return "。" if ends_line and bare else ""
