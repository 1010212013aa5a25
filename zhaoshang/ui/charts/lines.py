"""Lines over time: the trend with last year and the schedule behind it, a forecast in its band, and the sparkline of a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.svg import HUE, INK, INK_3, LINE, LINE_2, PAPER, WIDE, Point, Value, element, number

Floats = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values and places in the row stand on the drawing."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int

    def x(self, place: int) -> float:
        return self.left + (self.right - self.left) * (place / max(self.count - 1, 1))

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / ((self.high - self.low) or 1)


def trend(
    points: Sequence[Point],
    *,
    title: str,
    desc: str = "",
    before: Sequence[Value | None] = (),
    target_line: Sequence[Value | None] = (),
    labels: tuple[str, str, str] = ("", "", ""),
    width: int = WIDE,
    height: int = 240,
) -> Markup:
    """A line over ``points``, with ``before`` (the year before) in grey and ``target_line`` dotted.

    ``labels`` name the three lines where they end. A missing value breaks its line. The value axis contains zero.
    """
    lines = [svg.floats([point.value for point in points]), svg.floats(before), svg.floats(target_line)]
    known = [value for line in lines for value in line if value is not None]
    steps = svg.ticks(min(0.0, *known, 0.0), max([*known, 0.0]) or 1.0)
    left = max(svg.text_width(svg.tick_text(step), 11) for step in steps) + 10
    margin = max(svg.text_width(label) for label in labels) + 16
    scale = _Scale(left, width - margin, 14, height - 26, steps[0], steps[-1], len(points))
    body = [
        *(_rule(step, scale) for step in steps),
        *_months(points, scale),
        _line(lines[2], scale, stroke=INK_3, stroke_dasharray="2 4", stroke_width=1.4),
        _line(lines[1], scale, stroke=LINE_2, stroke_width=1.6),
        _line(lines[0], scale, stroke=HUE, stroke_width=2.2),
        *_dots(points, scale),
        *_ends(lines, labels, scale),
    ]
    return svg.frame(body, width, height, title=title, desc=desc)


def _rule(step: float, scale: _Scale) -> Markup:
    y = scale.y(step)
    rule = element(
        "path", d=f"M{number(scale.left)} {number(y)}H{number(scale.right)}", stroke=INK_3 if not step else LINE
    )
    return rule + svg.small(svg.tick_text(step), scale.left - 8, y + 4, text_anchor="end")


def _months(points: Sequence[Point], scale: _Scale) -> list[Markup]:
    """Names under the axis, as many as fit, counted back from the last."""
    room = (scale.right - scale.left) / max(len(points) - 1, 1)
    widest = max((svg.text_width(point.label, 11) for point in points), default=1.0) + 8
    every = max(1, int(-(-widest // room)))
    shown = [(place, point) for place, point in enumerate(points) if (len(points) - 1 - place) % every == 0]
    y = scale.bottom + 18
    return [svg.small(point.label, scale.x(place), y, text_anchor="middle") for place, point in shown]


def _path(values: Floats, scale: _Scale) -> str:
    """The line's path, broken where a value is missing."""
    path, pen = "", "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
        else:
            path += f"{pen}{number(scale.x(place))} {number(scale.y(value))}"
            pen = "L"
    return path


def _line(values: Floats, scale: _Scale, **look: object) -> Markup:
    path = _path(values, scale)
    return (
        element("path", d=path, fill="none", stroke_linejoin="round", stroke_linecap="round", **look)
        if path
        else Markup()
    )


def _dots(points: Sequence[Point], scale: _Scale) -> list[Markup]:
    """A ring for each value, filled for the last; each says its value when pointed at."""
    shown = [(place, point, float(point.value)) for place, point in enumerate(points) if point.value is not None]
    dots = []
    for place, point, value in shown:
        last = place == shown[-1][0]
        said = element("title", f"{point.label} {point.text}")
        look = {"r": 3.6 if last else 2.6, "fill": HUE if last else PAPER, "stroke": HUE, "stroke_width": 1.6}
        dots.append(element("circle", said, cx=scale.x(place), cy=scale.y(value), **look))
    return dots


def _ends(lines: Sequence[Floats], labels: Sequence[str], scale: _Scale) -> list[Markup]:
    """Names where the lines end, pushed apart where they would touch."""
    ends: list[list[float]] = []
    for which, line in enumerate(lines):
        known = [(place, value) for place, value in enumerate(line) if value is not None]
        if known and labels[which]:
            ends.append([scale.y(known[-1][1]), scale.x(known[-1][0]), which])
    ends.sort()
    for upper, lower in pairwise(ends):
        lower[0] = max(lower[0], upper[0] + 15)
    looks = ({"fill": HUE, "font_weight": 600}, {"fill": INK_3}, {"fill": INK_3})
    return [svg.text(labels[int(which)], x + 9, y + 4, **looks[int(which)]) for y, x, which in ends]


@dataclass(frozen=True, slots=True)
class BandPoint:
    """A month of a forecast: ``value`` as it was or is expected, ``low``/``high`` where it is expected, ``text`` as printed."""

    label: str
    value: Value
    text: str
    low: Value | None = None
    high: Value | None = None


def band(
    points: Sequence[BandPoint],
    *,
    title: str,
    desc: str = "",
    target: Value | None = None,
    schedule: Sequence[Value | None] = (),
    labels: tuple[str, str, str] = ("", "", ""),
    width: int = WIDE,
    height: int = 280,
) -> Markup:
    """Months so far as a line, what is expected dashed inside its interval, the ``target`` as a level and the ``schedule`` dotted.

    ``labels`` name the expected end, the target and the schedule. The value axis begins at zero.
    """
    past = [point for point in points if point.low is None]
    known = [float(one) for point in points for one in (point.value, point.high) if one is not None]
    levels = [float(one) for one in (target, *schedule) if one is not None]
    steps = svg.ticks(0.0, max([*known, *levels]) or 1.0)
    left = max(svg.text_width(svg.tick_text(step), 11) for step in steps) + 10
    margin = max(svg.text_width(label) for label in labels) + 16
    scale = _Scale(left, width - margin, 14, height - 26, steps[0], steps[-1], len(points))
    values = svg.floats([point.value for point in points])
    so_far: list[float | None] = [*values[: len(past)]]
    ahead: list[float | None] = [*[None] * (len(past) - 1), *values[len(past) - 1 :]] if past else values
    level: list[float | None] = [None if target is None else float(target)] * len(points)
    ends = [ahead, level, svg.floats(schedule)]
    body = [
        *(_rule(step, scale) for step in steps),
        *_months([Point(point.label, point.value) for point in points], scale),
        _interval(points, len(past), scale),
        _line(level, scale, stroke=INK, stroke_width=1.2),
        _line(ends[2], scale, stroke=INK_3, stroke_dasharray="2 4", stroke_width=1.4),
        _line(ahead, scale, stroke=HUE, stroke_dasharray="6 4", stroke_width=2),
        _line(so_far, scale, stroke=HUE, stroke_width=2.4),
        *_dots([Point(point.label, point.value, point.text) for point in points], scale),
        *_ends(ends, labels, scale),
    ]
    return svg.frame(body, width, height, title=title, desc=desc)


def _interval(points: Sequence[BandPoint], past: int, scale: _Scale) -> Markup:
    """The area between low and high, from the last month known."""
    start = max(past - 1, 0)
    ahead = [(start + place, point) for place, point in enumerate(points[start:])]
    if len(ahead) < 2:
        return Markup()
    upper = [(place, point.value if point.high is None else point.high) for place, point in ahead]
    lower = [(place, point.value if point.low is None else point.low) for place, point in reversed(ahead)]
    around = [f"{number(scale.x(place))} {number(scale.y(float(value)))}" for place, value in (*upper, *lower)]
    return element("path", d="M" + "L".join(around) + "Z", fill=svg.CLASSES[1], fill_opacity="0.6")


def sparkline(values: Sequence[Value | None], width: int = 96, height: int = 22) -> Markup:
    """A line without words for a table's row; the row says the same in words. Written plainly, since a page has hundreds."""
    drawn = svg.floats(values)
    known = [value for value in drawn if value is not None]
    if not known:
        return Markup()
    flat = max(known) == min(known)
    scale = _Scale(2, width - 4, 3, height - 3, min(known) - flat, max(known) + flat, len(drawn))
    last = max(place for place, value in enumerate(drawn) if value is not None)
    x, y = scale.x(last), scale.y(known[-1])
    return _SPARK.format(width, height, _path(drawn, scale), number(x), number(y), INK_3, INK)


_SPARK = Markup(
    '<svg class="spark" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">'
    '<path d="{2}" fill="none" stroke="{5}" stroke-width="1.3" stroke-linejoin="round" class="s-ink-3"/>'
    '<circle cx="{3}" cy="{4}" r="2.4" fill="{6}" class="f-ink"/></svg>'
)
