"""Places on the city's map, and the plan of one plot with its corners, north and scale. No tiles from anywhere."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from shapely.geometry import Polygon

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.regions import Area, draw_areas
from zhaoshang.ui.charts.svg import CATEGORIES, INK, INK_3, LINE, LINE_2, PAPER, SOFT, WIDE, element, number
from zhaoshang.ui.maps import CityMap, NoBoundaries, city_map

METRES_PER_DEGREE = 111_320.0
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be shown: ``kind`` counts from 0 and chooses colour and shape; ``text`` is read out and shown on hovering."""

    longitude: float
    latitude: float
    text: str
    kind: int = 0
    href: str = ""


def places(
    prefix: str,
    spots: Sequence[Spot],
    kinds: Sequence[str],
    *,
    areas: Sequence[Area] = (),
    title: str,
    desc: str = "",
    width: int = WIDE,
) -> Markup:
    """Spots on the districts of the city ``prefix`` (210200), with a legend of ``kinds``. Without a boundary file they stand on a plain
    grid of longitude and latitude, and no coast is made up."""
    try:
        city = city_map(prefix, width)
        ground, height, at = [*draw_areas(city, areas, [])], city.height, city.at
        ground.append(svg.small(city.approval, 0, city.height + 12, font_size=10))
    except NoBoundaries:
        city = _plain(spots, width)
        ground, height, at = _grid(city), city.height, city.at
    marks = [_mark(*at(one.longitude, one.latitude), one) for one in spots]
    legend, lines = _legend(kinds, spots, width, height + 32)
    return svg.frame([*ground, *marks, legend], width, height + 30 + lines * 20, title=title, desc=desc)


def _mark(x: float, y: float, one: Spot) -> Markup:
    look = {"fill": CATEGORIES[one.kind % len(CATEGORIES)], "stroke": PAPER, "stroke_width": 1.2, "class_": "mark"}
    inside = element("title", one.text) + _shape(x, y, one.kind, look)
    return svg.link(one.href, one.text, element("g", inside))


def _shape(x: float, y: float, kind: int, look: dict[str, object]) -> Markup:
    """Round, square, upright or lying: told apart without colour."""
    if kind % 3 == 0:
        return element("circle", cx=x, cy=y, r=5.0, **look)
    if kind % 3 == 1:
        return element("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, **look)
    corners = [(x, y - 6.2), (x + 5.6, y + 4.2), (x - 5.6, y + 4.2)]
    return element("path", d=f"M{'L'.join(f'{number(a)} {number(b)}' for a, b in corners)}Z", **look)


def _legend(kinds: Sequence[str], spots: Sequence[Spot], width: int, top: float) -> tuple[Markup, int]:
    used = sorted({one.kind for one in spots})
    body, x, line = Markup(""), 8.0, 0
    for kind in used:
        wide = svg.text_width(kinds[kind], 11) + 30
        if x + wide > width:
            x, line = 8.0, line + 1
        y = top + line * 20
        look: dict[str, object] = {"fill": CATEGORIES[kind % len(CATEGORIES)]}
        body += _shape(x, y, kind, look) + svg.small(kinds[kind], x + 10, y + 4)
        x += wide
    return body, line + 1


def _plain(spots: Sequence[Spot], width: int) -> CityMap:
    """A drawing that just holds the spots."""
    xs, ys = [one.longitude for one in spots] or [121.0, 122.0], [one.latitude for one in spots] or [38.5, 39.5]
    west, east, south, north = min(xs) - 0.05, max(xs) + 0.05, min(ys) - 0.05, max(ys) + 0.05
    squeeze = math.cos(math.radians((south + north) / 2))
    per = (width - 60) / ((east - west) * squeeze)
    height = math.ceil((north - south) * per) + 24
    matrix = (per * squeeze, 0.0, 0.0, -per, 52 - west * per * squeeze, 6 + north * per)
    return CityMap(width, height, {}, Polygon(), "", matrix)


def _grid(city: CityMap) -> list[Markup]:
    left, top = 52.0, 6.0
    right, bottom = float(city.width - 8), float(city.height - 18)
    a, _, _, d, e, f = city.matrix
    west, east, south, north = (left - e) / a, (right - e) / a, (bottom - f) / d, (top - f) / d
    drawn = [element("rect", x=left, y=top, width=right - left, height=bottom - top, fill=SOFT)]
    for value in svg.ticks(west, east):
        x = city.at(value, 0)[0]
        if left <= x <= right:
            drawn += [_line(x, top, x, bottom), svg.small(f"{value:g}°E", x, bottom + 14, text_anchor="middle")]
    for value in svg.ticks(south, north):
        y = city.at(0, value)[1]
        if top <= y <= bottom:
            drawn += [_line(left, y, right, y), svg.small(f"{value:g}°N", left - 4, y + 4, text_anchor="end")]
    return drawn


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE) -> Markup:
    d = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
    return element("path", d=d, stroke=colour, stroke_width=1, fill="none")


def plan(rings: Sequence[Ring], *, title: str, desc: str = "", north: str = "N", width: int = 420) -> Markup:
    """The plan of a plot: its rings (longitude, latitude) in metres from its middle, north upwards, with a scale."""
    longitudes, latitudes = [x for ring in rings for x, *_ in ring], [y for ring in rings for _, y, *_ in ring]
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    squeeze = METRES_PER_DEGREE * math.cos(math.radians(middle[1]))
    metres = [[((x - middle[0]) * squeeze, (y - middle[1]) * METRES_PER_DEGREE) for x, y, *_ in ring] for ring in rings]
    across = max(abs(x) for ring in metres for x, _ in ring) * 2 or 1
    along = max(abs(y) for ring in metres for _, y in ring) * 2 or 1
    per = min((width - 60) / across, (width * 0.75 - 40) / along)
    height = along * per + 70
    paths = "".join(
        "M" + "L".join(f"{width / 2 + x * per:.1f} {(height - 30) / 2 - y * per:.1f}" for x, y in ring) + "Z"
        for ring in metres
    )
    drawn = element("path", d=paths, fill=SOFT, stroke=INK, stroke_width=1.6, fill_rule="evenodd")
    return svg.frame(
        [drawn, _arrow(width - 22, north), _scale(per, width, height)], width, height, title=title, desc=desc
    )


def _arrow(x: float, north: str) -> Markup:
    shaft = element("path", d=f"M{x} 8L{x + 6} 28L{x} 23L{x - 6} 28Z", fill=INK)
    return shaft + svg.small(north, x, 42, text_anchor="middle")


def _scale(per: float, width: float, height: float) -> Markup:
    """A bar of a round number of metres, about a quarter of the drawing."""
    wanted = width / 4 / per
    unit = 10.0 ** math.floor(math.log10(wanted))
    metres = next(unit * factor for factor in (5, 2, 1) if unit * factor <= wanted)
    y, x = height - 14, 12.0
    bar = _line(x, y, x + metres * per, y, INK_3) + _line(x, y - 4, x, y, LINE_2)
    return bar + _line(x + metres * per, y - 4, x + metres * per, y, LINE_2) + svg.small(f"{metres:g} m", x, y + 12)
