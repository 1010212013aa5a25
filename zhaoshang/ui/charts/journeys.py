"""Where the city went: provinces in one hue by how often, the cities gone to as dots, and home as a ring."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.regions import breaks, fill_of, legend
from zhaoshang.ui.charts.svg import HUE, INK, INK_3, PAPER, WIDE, element
from zhaoshang.ui.maps import CountryMap, NoBoundaries, Place, country_map, places

SIZE = 11


@dataclass(frozen=True, slots=True)
class Stop:
    """A place gone to, by its GB/T 2260 code: how often, and the count as printed."""

    code: str
    label: str
    times: int
    text: str = ""
    href: str = ""


def journeys(
    home: str, stops: Sequence[Stop], *, title: str, desc: str = "", unit: str = "", width: int = WIDE
) -> Markup:
    """The country with the places gone to. A province's number is that of all trips to places in it, added up by the caller as a stop
    of its own code (``310000``); a stop of a city (``330200``) is a dot. Without a boundary file there is only the legend."""
    provinces = {one.code: one for one in stops if one.code.endswith("0000")}
    values = [one.times for one in provinces.values()]
    bounds = breaks(values)
    key, key_height = legend(values, bounds, unit)
    try:
        country, known = country_map(width), places()
    except NoBoundaries:
        return svg.frame([key], width, key_height, title=title, desc=desc)
    drawn = [
        element(
            "path", d=one.path, fill=fill_of(provinces[code].times if code in provinces else None, bounds), stroke=PAPER
        )
        for code, one in country.shapes.items()
    ]
    drawn += [element("path", d=line, fill="none", stroke=INK_3, stroke_width=0.8) for line in country.borders]
    dots = [_dot(country, known[one.code], one) for one in stops if one.code in known and one.code not in provinces]
    capitals = [
        _dot(country, known[code], one) for code, one in provinces.items() if code[:2] in _CITIES and code in known
    ]
    ring = _ring(country, known[home]) if home in known else Markup()
    approval = svg.small(country.approval, 0, country.height + 14, font_size=10)
    place = element("g", key, transform=f"translate(4 {country.height - key_height - 6})")
    return svg.frame(
        [*drawn, *dots, *capitals, ring, place, approval], width, country.height + 20, title=title, desc=desc
    )


_CITIES = frozenset({"11", "12", "31", "50"})  # provinces that are one city


def _dot(country: CountryMap, at: Place, one: Stop) -> Markup:
    x, y = country.at(at.longitude, at.latitude)
    said = f"{one.label} {one.text or one.times}"
    circle = element("circle", cx=x, cy=y, r=3.0 + min(one.times, 12) * 0.4, fill=HUE, stroke=PAPER, class_="mark")
    return svg.link(one.href, said, element("g", element("title", said) + circle))


def _ring(country: CountryMap, at: Place) -> Markup:
    x, y = country.at(at.longitude, at.latitude)
    words = svg.text(at.name, x + 8, y - 6, fill=INK, font_size=SIZE)
    return element("circle", cx=x, cy=y, r=5.0, fill="none", stroke=INK, stroke_width=1.5) + words
