"""Drawings on paper: an SVG is let in only if it needs nothing from outside itself."""

import re
from typing import Any

from lxml import etree

from zhaoshang.ui.documents.paper import TEXT_WIDTH_MM
from zhaoshang.ui.documents.typesetting import press

_REFUSED = {"script", "foreignObject", "image", "iframe", "audio", "video", "style"}
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_OUTER_URL = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)
PNG_PPI = 300


class NotAPicture(ValueError):
    """The drawing is no well-formed SVG, or it asks for something outside itself."""


def checked_svg(svg: str) -> str:
    """``svg`` without links. Raises :class:`NotAPicture` if it is none, or carries scripts, styles or outside content."""
    try:
        root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, UnicodeEncodeError) as fault:
        raise NotAPicture(f"drawing is not well-formed SVG: {fault}") from fault
    if etree.QName(root).localname != "svg":
        raise NotAPicture(f"drawing begins with <{etree.QName(root).localname}>, not with <svg>")
    if root.getroottree().docinfo.doctype:
        raise NotAPicture("drawing has a DOCTYPE; remove it")
    for element in root.iter(etree.Element):
        _check(element)
    return str(etree.tostring(root, encoding="unicode"))


def _check(element: Any) -> None:
    name = etree.QName(element).localname
    if name in _REFUSED:
        raise NotAPicture(f"drawing contains <{name}>, which does not belong on paper")
    if name == "a":
        for href in _HREFS:
            element.attrib.pop(href, None)
    for key, text in element.attrib.items():
        if (key in _HREFS and not text.startswith("#")) or _OUTER_URL.search(text):
            raise NotAPicture(f"drawing's <{name}> points outside itself: {text!r}")


def height_of(png: bytes) -> float:
    """Height in millimetres of a picture made by :func:`png_of`, at its full width."""
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    return TEXT_WIDTH_MM * height / width


def png_of(svg: str) -> bytes:
    """A checked drawing as PNG over the width of the text, at 300 pixels an inch."""
    return press("picture.typ").png({"svg": checked_svg(svg), "width_mm": TEXT_WIDTH_MM}, PNG_PPI)
