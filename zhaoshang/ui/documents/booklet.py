"""A booklet of lists as PDF/A-2b: cover, map, texts, and a card for each entry with a code that leads to its page."""

import io
from collections.abc import Mapping
from typing import Any

import segno

from zhaoshang.ui.documents.model import clean
from zhaoshang.ui.documents.pictures import checked_svg
from zhaoshang.ui.documents.typesetting import press
from zhaoshang.ui.documents.words import date_text


def write_booklet(content: Mapping[str, Any]) -> bytes:
    """``content``: language, title, number, issuer, dated (a date), sample, sections, map (title, svg), scan, lists of entries (code,
    title, head, text, facts, foot, address), news, digest. Raises ``NotAPicture``, ``NotTypeset``."""
    written = {
        **{name: _cleaned(value) for name, value in content.items() if name not in ("dated", "map", "lists")},
        "dated": date_text(content["dated"], content["language"]),
        "map": {"title": content["map"]["title"], "svg": checked_svg(content["map"]["svg"])},
        "lists": [{**one, "entries": [_card(entry) for entry in one["entries"]]} for one in content["lists"]],
    }
    return press("booklet.typ").pdf(written, content["dated"], archival=True)


def _card(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: _cleaned(value) for name, value in entry.items()}, "qr": code_of(entry["address"])}


def _cleaned(value: Any) -> Any:
    """Texts without signs that no paper can hold, however deep they lie."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return {name: _cleaned(one) for name, one in value.items()} if isinstance(value, Mapping) else value


def code_of(address: str) -> str:
    """A QR code (ISO/IEC 18004) of an address as SVG, a fifth of it allowed to be damaged or dirty."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=2
    )
    return checked_svg(buffer.getvalue().decode())
