"""The course of one thing over months: bands for the states it was in, bars for what arrived, marks for what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.svg import CLASSES, HUE, INK, INK_3, LINE, LINE_2, PAPER, WIDE, Point, element, number

HEAD, BAND, BARS, MARKS = 24, 28, 96, 26
GUTTER, BESIDE = 84, 520  # narrower drawings write a row's name above it


@dataclass(frozen=True, slots=True)
class Piece:
    """A state from ``start`` to ``end``, places in months from the left; ``end`` None: it still lasts."""

    label: str
    start: float
    end: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """A row of states that follow each other."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something promised for a place; ``kept`` False: its day has gone by without it."""

    place: float
    text: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class _Ground:
    left: float
    step: float
    months: int

    def x(self, place: float) -> float:
        return self.left + min(max(place, 0.0), float(self.months)) * self.step


def course(
    bands: Sequence[Band],
    bars: Sequence[Point],
    marks: Sequence[Mark],
    *,
    title: str,
    desc: str = "",
    labels: tuple[str, str] = ("", ""),
    today: float | None = None,
    width: int = WIDE,
) -> Markup:
    """``bars``: one a month, its label printed on the axis where it is not empty; ``labels`` name the bars and the marks."""
    beside = width >= BESIDE
    left = float(GUTTER if beside else 0)
    ground = _Ground(left, (width - left - 4) / max(len(bars), 1), len(bars))
    rise = 0 if beside else 15
    heights = [*((BAND + rise) for _ in bands), BARS + rise, MARKS + rise]
    total = HEAD + sum(heights)
    drawn, top = [*_axis(bars, ground, total)], float(HEAD)
    for band, height in zip(bands, heights, strict=False):
        drawn += [_name(band.label, beside, top + 17), _band(band, ground, top + rise + 3)]
        top += height
    drawn += [_name(labels[0], beside, top + 17), *_bars(bars, ground, top + rise + 8, BARS - 12)]
    top += BARS + rise
    drawn += [_name(labels[1], beside, top + 17), *(_mark(one, ground, top + rise + MARKS / 2) for one in marks)]
    if today is not None and 0 <= today <= len(bars):
        x = ground.x(today)
        drawn.append(element("path", d=f"M{number(x)} {HEAD}V{number(total)}", stroke=INK_3, stroke_dasharray="2 3"))
    return svg.frame(drawn, width, total, title=title, desc=desc)


def _name(label: str, beside: bool, y: float) -> Markup:
    return svg.small(svg.shorten(label, GUTTER - 8, 11) if beside else label, 0, y - (0 if beside else 6))


def _axis(bars: Sequence[Point], ground: _Ground, height: float) -> list[Markup]:
    drawn = []
    for place, bar in enumerate(bars):
        if bar.label:
            x = ground.x(place)
            drawn.append(element("path", d=f"M{number(x)} {HEAD - 8}V{number(height)}", stroke=LINE))
            drawn.append(svg.small(bar.label, x + 3, HEAD - 10))
    return drawn


def _band(band: Band, ground: _Ground, y: float) -> Markup:
    drawn = Markup()
    for place, piece in enumerate(band.pieces):
        begin = ground.x(piece.start)
        end = ground.x(float(ground.months) if piece.end is None else piece.end)
        size = max(end - begin, 2.0)
        shape = element(
            "rect", x=begin, y=y, width=size, height=BAND - 8.0, fill=CLASSES[place % 2], stroke=PAPER, class_="mark"
        )
        words = svg.shorten(piece.label, size - 8, 11)
        said = svg.small(words, begin + 4, y + 14, fill=INK) if len(words) > 1 else Markup()
        drawn += element("g", element("title", piece.label) + shape + said)
    return drawn


def _bars(bars: Sequence[Point], ground: _Ground, top: float, height: float) -> list[Markup]:
    most = max((float(bar.value or 0) for bar in bars), default=0.0)
    base = top + height
    line = element("path", d=f"M{number(ground.left)} {number(base)}H{number(ground.x(ground.months))}", stroke=LINE_2)
    drawn = [line]
    for place, bar in enumerate(bars):
        if bar.value and most > 0:
            tall = max(abs(float(bar.value)) / most * height, 1.5)
            shape = element(
                "rect", x=ground.x(place) + ground.step * 0.15, y=base - tall, width=ground.step * 0.7, height=tall,
                fill=HUE, class_="mark",
            )  # fmt: skip
            drawn.append(element("g", element("title", bar.text) + shape))
    return drawn


def _mark(mark: Mark, ground: _Ground, y: float) -> Markup:
    """A diamond, filled where the promise was kept or is not yet due."""
    x = ground.x(mark.place)
    path = f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z"
    shape = element("path", d=path, fill=HUE if mark.kept else PAPER, stroke=INK, stroke_width=1.4)
    return element("g", element("title", mark.text) + shape)
