"""Lights over time: a shape as well as a colour for each month, so that they are read without colour; never the seal's red."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.svg import LAMPS, LINE_2, PAPER, WIDE, element

CELL, ROW, SMALL = 44, 46, 11
_SHAPES = {
    "ok": "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z",
    "warn": "M6 .8 11.4 10.8H.6z",
    "stop": "M1.2 1.2h9.6v9.6H1.2z",
    "off": "M2 6h8",
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """One month's light. ``kind`` as for pills: ok green, warn yellow, stop red, off not told; ``text`` says it in words."""

    label: str
    kind: str
    text: str
    href: str = ""


def lamps(lights: Sequence[Lamp], *, title: str, desc: str = "", width: int = WIDE) -> Markup:
    """The lights in order with their months below, in as many rows as the width asks for."""
    per = max(width // CELL, 1)
    body = []
    for place, light in enumerate(lights):
        x, y = place % per * CELL + CELL / 2, place // per * ROW
        said = element("title", f"{light.label} {light.text}")
        shape = element("g", said + _shape(light.kind), transform=f"translate({x - 12} {y + 2}) scale(2)")
        body.append(svg.link(light.href, f"{light.label} {light.text}", shape))
        body.append(svg.small(light.label, x, y + 40, text_anchor="middle"))
    rows = -(-len(lights) // per)
    return svg.frame(body, width, rows * ROW, title=title, desc=desc)


def lamp_strip(kinds: Sequence[str]) -> Markup:
    """The same without words for a table's cell; the cell says it in words."""
    body = [
        element("g", _shape(kind), transform=f"translate({place * SMALL + 1} 1.5) scale(.72)")
        for place, kind in enumerate(kinds)
    ]
    width = max(len(kinds) * SMALL + 2, 1)
    look = {"viewBox": f"0 0 {width} {SMALL + 1}", "width": width, "height": SMALL + 1, "aria_hidden": "true"}
    return element("svg", Markup("").join(body), class_="lamp-strip", **look)


def _shape(kind: str) -> Markup:
    colour = LAMPS.get(kind, LINE_2)
    if kind == "off":
        return element("path", d=_SHAPES["off"], stroke=colour, stroke_width=2, class_="lamp-off")
    return element("path", d=_SHAPES[kind], fill=colour, stroke=PAPER, stroke_width=0.5, class_=f"lamp-{kind}")
