"""Work over time: a bar from beginning to end on a ground of quarters, filled as far as it is done, and the day it is seen on."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.svg import HUE, INK, INK_3, LINE, LINE_2, PAPER, SOFT, WIDE, element, number

ROW, BAR, HEAD = 26, 12, 40
BESIDE = 520  # narrower drawings write a bar's words above it


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of work. ``start`` and ``end``: places on the ground, in columns from its left; None: not known. ``done``: 0 to 1.

    ``late``: due and not done, drawn with a mark of its own; ``below``: one level down; ``text``: what is printed behind the bar.
    """

    label: str
    start: float | None
    end: float | None
    done: float = 0.0
    text: str = ""
    href: str = ""
    late: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where the columns lie."""

    left: float
    column: float
    columns: int

    def x(self, place: float) -> float:
        return self.left + min(max(place, 0.0), float(self.columns)) * self.column


def timeline(
    spans: Sequence[Span],
    columns: Sequence[str],
    *,
    title: str,
    desc: str = "",
    today: float | None = None,
    today_label: str = "",
    open_label: str = "",
    late_label: str = "",
    width: int = WIDE,
) -> Markup:
    """Rows of work over named ``columns`` (quarters). ``today``: a place among them; ``open_label`` is said of work without an end;
    ``late_label`` names the mark of late work below."""
    beside = width >= BESIDE
    room = max((svg.text_width(span.text, 11) for span in spans), default=0.0) + 12 if beside else 0.0
    left = width * 0.36 if beside else 0.0
    ground = _Ground(left, (width - left - room - 1) / max(len(columns), 1), len(columns))
    step = ROW if beside else ROW + 16
    height = HEAD + len(spans) * step + 6
    body = [*_columns(columns, ground, height)]
    for place, span in enumerate(spans):
        body.append(_row(span, ground, HEAD + place * step, beside, open_label))
    if today is not None and 0 <= today <= len(columns):
        body.append(_today(ground.x(today), height, today_label, width))
    if late_label and any(span.late for span in spans):
        body.append(_late(ground.left + 6, height + 11) + svg.small(late_label, ground.left + 18, height + 15))
        height += 22
    return svg.frame(body, width, height, title=title, desc=desc)


def _columns(columns: Sequence[str], ground: _Ground, height: float) -> list[Markup]:
    drawn = []
    for place, name in enumerate(columns):
        x = ground.x(place)
        drawn.append(element("path", d=f"M{number(x)} {HEAD - 4}V{number(height)}", stroke=LINE))
        drawn.append(svg.small(svg.shorten(name, ground.column - 3, 11), x + 3, HEAD - 10))
    drawn.append(
        element("path", d=f"M{number(ground.left)} {HEAD - 4}H{number(ground.x(len(columns)))}", stroke=LINE_2)
    )
    return drawn


def _row(span: Span, ground: _Ground, top: float, beside: bool, open_label: str) -> Markup:
    weight = {} if span.below else {"font_weight": 600}
    indent = 14 if span.below else 0
    if beside:
        label = svg.shorten(span.label, ground.left - indent - 12)
        row, y = svg.text(label, indent, top + 17, class_="mark-label", **weight), top + (ROW - BAR) / 2
    else:
        label = svg.shorten(span.label, ground.x(ground.columns) - indent - svg.text_width(span.text, 11) - 16)
        row, y = svg.text(label, indent, top + 15, class_="mark-label", **weight), top + 21
    row += element("title", f"{span.label} {span.text}".strip())
    row += _bar(span, ground, y, open_label if beside else "")
    if span.text:
        at = {"x": ground.x(ground.columns) + 8} if beside else {"x": ground.x(ground.columns), "text_anchor": "end"}
        row += svg.small(span.text, y=y + 10 if beside else top + 15, **at)
    return svg.link(span.href, f"{span.label} {span.text}".strip(), row)


def _bar(span: Span, ground: _Ground, y: float, open_label: str) -> Markup:
    """The bar; a dashed line with ``open_label`` where the work has no end."""
    begin = ground.x(span.start or 0.0)
    if span.end is None:
        line = f"M{number(begin)} {number(y + BAR / 2)}H{number(ground.x(ground.columns))}"
        said = svg.small(open_label, begin + 6, y + BAR / 2 - 3) if open_label else Markup()
        return element("path", d=line, stroke=LINE_2, stroke_dasharray="3 4") + said
    size = max(ground.x(span.end) - begin, 3.0)
    look = {"stroke": INK if span.late else LINE_2, "stroke_dasharray": "3 2" if span.late else None}
    bar = element("rect", x=begin, y=y, width=size, height=BAR, fill=SOFT, rx=2, **look)
    if span.done > 0:
        bar += element(
            "rect", x=begin, y=y, width=size * min(span.done, 1.0), height=BAR, fill=HUE, rx=2, class_="mark"
        )
    return bar + (_late(begin + size, y + BAR / 2) if span.late else Markup())


def _late(x: float, y: float) -> Markup:
    """A diamond: seen without colour."""
    path = f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z"
    return element("path", d=path, fill=PAPER, stroke=INK, stroke_width=1.6)


def _today(x: float, height: float, label: str, width: int) -> Markup:
    line = element("path", d=f"M{number(x)} 14V{number(height)}", stroke=INK_3, stroke_dasharray="2 3")
    half = svg.text_width(label, 11) / 2
    return line + svg.small(label, min(max(x, half), width - half), 10, text_anchor="middle", fill=INK)
