"""The map of districts in one hue: classes in a legend, names, links, and a list of units that have no outline."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.svg import CLASSES, INK, INK_3, NARROW, PAPER, SOFT, WIDE, Value, element, number
from zhaoshang.ui.maps import CityMap, NoBoundaries, Shape, city_map

SIZE = 11.5
_WAYS_OUT = [(math.cos(way * math.pi / 12), math.sin(way * math.pi / 12)) for way in range(24)]


@dataclass(frozen=True, slots=True)
class Area:
    """A unit of the map: the codes it covers (none: it stands in the list), its value and its value as printed."""

    label: str
    codes: Sequence[str]
    value: Value | None
    text: str = ""
    href: str = ""


def choropleth(
    prefix: str,
    areas: Sequence[Area],
    *,
    title: str,
    desc: str = "",
    unit: str = "",
    beside: str = "",
    width: int = WIDE,
) -> Markup:
    """Districts of the city ``prefix`` (210200) coloured by value, darker for more.

    ``beside`` heads the list of units without an outline; without a boundary file every unit is in that list. Give each
    code to one area only. Names that find no room are read in the table that stands with the map.
    """
    narrow = width < (WIDE + NARROW) / 2
    values = [area.value for area in areas if area.value is not None]
    bounds = breaks(values)
    try:
        city = city_map(prefix, width if narrow else round(width * 0.74))
    except NoBoundaries:
        key, height = _key(values, bounds, unit, areas, beside)
        return svg.frame([key], width, height, title=title, desc=desc)
    listed = [area for area in areas if not any(code in city.shapes for code in area.codes)]
    key, key_height = _key(values, bounds, unit, listed, beside)
    x, y = (0, city.height + 30) if narrow else (round(width * 0.78), 4)
    approval = svg.small(city.approval, 0, city.height + 14, font_size=10)
    body = [*draw_areas(city, areas, bounds), approval, element("g", key, transform=f"translate({x} {y})")]
    return svg.frame(body, width, max(city.height + 20, y + key_height), title=title, desc=desc)


def breaks(values: Sequence[Value], classes: int = 5) -> list[Decimal]:
    """Lower bounds of the second and further classes: about as many units in each, at values of two digits."""
    ordered = sorted(Decimal(value) for value in values)
    if len(ordered) < 2:
        return []
    found = {_two_digits(ordered[len(ordered) * place // classes]) for place in range(1, classes)}
    return sorted(bound for bound in found if ordered[0] < bound <= ordered[-1])


def _two_digits(value: Decimal) -> Decimal:
    return value if not value else round(value, 1 - value.adjusted())


def _class(value: Value, bounds: Sequence[Decimal]) -> int:
    """Index of the value's colour; with fewer classes the darker colours are used."""
    return bisect_right(bounds, Decimal(value)) + len(CLASSES) - len(bounds) - 1


def fill_of(value: Value | None, bounds: Sequence[Decimal]) -> str:
    """The colour of a value; soft for none."""
    return SOFT if value is None else CLASSES[_class(value, bounds)]


def draw_areas(city: CityMap, areas: Sequence[Area], bounds: Sequence[Decimal]) -> list[Markup]:
    """The districts, each area in the colour of its class, with its name; what no area owns stays plain."""
    owned = {code for area in areas for code in area.codes}
    drawn = [
        element("path", d=one.path, fill=SOFT, stroke=PAPER) for code, one in city.shapes.items() if code not in owned
    ]
    shown = [(area, [city.shapes[code] for code in area.codes if code in city.shapes]) for area in areas]
    names, room = [], _Room(city)
    for area, shapes in sorted(shown, key=lambda pair: -sum(one.outline.area for one in pair[1])):
        if shapes:
            fill, said = fill_of(area.value, bounds), f"{area.label} {area.text}"
            look = {"fill": fill, "stroke": PAPER, "stroke_width": 0.8, "class_": "mark"}
            paths = Markup("").join(element("path", d=one.path, **look) for one in shapes)
            drawn.append(svg.link(area.href, said, element("g", element("title", said) + paths)))
            names.append(_name(room, area.label, max(shapes, key=lambda one: one.outline.area), fill))
    return drawn + names


@dataclass(slots=True)
class _Room:
    """Places for names: inside the outline where they fit, else out at sea at the end of a thin line."""

    city: CityMap
    taken: list[BaseGeometry] = field(default_factory=list)

    def inside(self, words: str, one: Shape) -> bool:
        """Whether the name fits at the shape's own point; if so the place is taken."""
        spot = _box(one.x, one.y, words)
        fits = one.outline.intersection(spot).area > 0.95 * spot.area and self._free(spot)
        if fits:
            self.taken.append(spot)
        return fits

    def at_sea(self, words: str, one: Shape) -> tuple[float, float, LineString] | None:
        """The middle of a free place for the name and the line that leads there, over as little land as can be."""
        half = svg.text_width(words, SIZE) / 2 + 2
        best: tuple[float, float, float, LineString] | None = None
        for reach in range(18, 90, 8):
            for dx, dy in _WAYS_OUT:
                x, y = one.x + dx * (reach + half), one.y + dy * (reach + SIZE / 2)
                spot, lead = _box(x, y, words), LineString([(one.x, one.y), (x, y)])
                cost = reach + 3 * lead.intersection(self.city.land).length
                if (best is None or cost < best[0]) and self._open(spot) and self._free(lead):
                    best = cost, x, y, lead.difference(spot)
        if best is None:
            return None
        _, x, y, lead = best
        self.taken += [_box(x, y, words), lead.buffer(1)]
        return x, y, lead

    def _open(self, spot: BaseGeometry) -> bool:
        """Whether the place is within the drawing, off the land and not taken."""
        west, north, east, south = spot.bounds
        within = west > 0 and north > 0 and east < self.city.width and south < self.city.height
        return within and not spot.intersects(self.city.land) and self._free(spot)

    def _free(self, spot: BaseGeometry) -> bool:
        return not any(spot.intersects(one) for one in self.taken)


def _box(x: float, y: float, words: str) -> BaseGeometry:
    half = svg.text_width(words, SIZE) / 2 + 2
    return box(x - half, y - SIZE * 0.75, x + half, y + SIZE * 0.75)


def _name(room: _Room, words: str, one: Shape, fill: str) -> Markup:
    look = {"text_anchor": "middle", "font_size": SIZE, "pointer_events": "none"}
    if room.inside(words, one):
        return svg.text(words, one.x, one.y + 4, fill=PAPER if fill in CLASSES[3:] else INK, **look)
    place = room.at_sea(words, one)
    if place is None:
        return Markup()
    x, y, lead = place
    (x1, y1), (x2, y2) = lead.coords
    line = element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", stroke=INK_3, stroke_width=0.8)
    return line + svg.text(words, x, y + 4, fill=INK, **look)


def _key(
    values: Sequence[Value], bounds: Sequence[Decimal], unit: str, listed: Sequence[Area], beside: str
) -> tuple[Markup, int]:
    """Legend, darkest first, with the units without an outline below; and the height of both."""
    key, y = legend(values, bounds, unit)
    if listed:
        key += svg.small(beside, 0, y + 24)
        y += 34
    for area in listed:
        said = f"{area.label} {area.text}"
        words = svg.text(said, 24, y + 11, font_size=11, class_="mark-label")
        key += svg.link(area.href, said, _swatch(fill_of(area.value, bounds), y) + words)
        y += 20
    return key, y


def legend(values: Sequence[Value], bounds: Sequence[Decimal], unit: str) -> tuple[Markup, int]:
    """The classes, darkest first, and their height."""
    key, y = svg.small(unit, 0, 10), 18
    for fill, said in reversed(_classes(values, bounds)):
        key += _swatch(fill, y) + svg.small(said, 24, y + 11)
        y += 18
    return key, y


def _classes(values: Sequence[Value], bounds: Sequence[Decimal]) -> list[tuple[str, str]]:
    """Colour and words of each class, lightest first."""
    words = [svg.tick_text(float(bound)) for bound in bounds]
    if not bounds:
        return [(fill_of(values[0], bounds), svg.tick_text(float(values[0])))] if len(set(values)) == 1 else []
    said = [f"< {words[0]}", *(f"{low} – {high}" for low, high in pairwise(words)), f"≥ {words[-1]}"]
    return list(zip([fill_of(value, bounds) for value in (min(values), *bounds)], said, strict=True))


def _swatch(fill: str, y: float) -> Markup:
    return element("rect", x=0, y=y, width=16, height=14, fill=fill, class_="mark")
