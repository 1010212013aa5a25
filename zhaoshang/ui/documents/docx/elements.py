"""WordprocessingML by hand: elements with their attributes, and the units Word counts in."""

from typing import Any, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from zhaoshang.ui.documents.paper import LATIN

Element: TypeAlias = Any  # lxml comes without types
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """``<w:tag>`` with attributes and children; ``None`` among either is left out."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def twips(points: float) -> int:
    """Points as twentieths of a point, in which Word measures lengths."""
    return round(points * 20)


def twips_of_mm(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def half_points(points: float) -> int:
    """Points as half points, in which Word measures letters."""
    return round(points * 2)


def fonts(face: str) -> Element:
    """Both halves of a run's typeface: Chinese in ``face``, Latin letters and digits beside it."""
    latin = face if face == "宋体" else LATIN  # page numbers are half-width 宋体 by the standard
    return w("rFonts", ascii=latin, eastAsia=face, hAnsi=latin, cs=latin)


def attribute(element: Element | None, name: str) -> str | None:
    """The ``w:name`` attribute of an element that may be missing."""
    value: str | None = None if element is None else element.get(f"{{{W}}}{name}")
    return value
