"""Bars: one value a row, parts of a whole a row, and the progress bar with the time schedule marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zhaoshang.ui.charts import svg
from zhaoshang.ui.charts.svg import CATEGORIES, HUE, INK, INK_3, PAPER, SOFT, WIDE, Point, Value, element, number

ROW, BAR = 30, 14


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stack; ``text`` as printed."""

    value: Value
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """A row of parts, in the order of the chart's ``names``; ``text`` is the whole as printed."""

    label: str
    parts: Sequence[Part]
    text: str = ""
    href: str = ""


def bars(points: Sequence[Point], *, title: str, desc: str = "", mark_label: str = "", width: int = WIDE) -> Markup:
    """Horizontal bars from zero; ``Point.mark`` is drawn as a tick, which ``mark_label`` names below."""
    left, right = _margins([point.label for point in points], [point.text or "—" for point in points], width)
    values = [float(value) for point in points for value in (point.value, point.mark) if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    per = (width - left - right) / ((high - low) or 1)
    zero = left - low * per
    body = [_bar(point, left, zero, per, place * ROW + (ROW - BAR) / 2) for place, point in enumerate(points)]
    height = len(points) * ROW + 4
    body.append(element("path", d=f"M{number(zero)} 0V{height - 4}", stroke=INK_3))
    if mark_label:
        body.append(_tick(left + 1, height + 3) + svg.small(mark_label, left + 10, height + 14))
        height += 24
    return svg.frame(body, width, height, title=title, desc=desc)


def _bar(point: Point, left: float, zero: float, per: float, y: float) -> Markup:
    size = float(point.value or 0) * per
    row = _label(point.label, left, y)
    row += element("rect", x=min(zero, zero + size), y=y, width=abs(size), height=BAR, fill=HUE, class_="mark")
    end = max(zero, zero + size)
    if point.mark is not None:
        row += _tick(zero + float(point.mark) * per, y)
        end = max(end, zero + float(point.mark) * per)
    row += svg.text(point.text or "—", end + 8, y + 11, fill=INK)
    return svg.link(point.href, f"{point.label} {point.text}", row)


def _tick(x: float, y: float) -> Markup:
    return element("path", d=f"M{number(x)} {number(y - 3)}v{BAR + 6}", stroke=INK, stroke_width=2)


def _label(words: str, left: float, y: float) -> Markup:
    return svg.text(svg.shorten(words, left - 10), left - 10, y + 11, text_anchor="end", class_="mark-label")


def _margins(labels: Sequence[str], texts: Sequence[str], width: int) -> tuple[float, float]:
    """Room for the words at both ends, never more than a third of the width on the left."""
    left = min(max((svg.text_width(label) for label in labels), default=0.0) + 12, width / 3)
    return left, max((svg.text_width(words) for words in texts), default=0.0) + 14


def stacked_bars(
    stacks: Sequence[Stack], names: Sequence[str], *, title: str, desc: str = "", share: bool = False, width: int = WIDE
) -> Markup:
    """Rows of parts named by ``names`` (at most six); with ``share`` every row fills the width."""
    left, right = _margins([stack.label for stack in stacks], [stack.text for stack in stacks], width)
    sums = [float(sum(part.value for part in stack.parts)) or 1.0 for stack in stacks]
    most = max(sums, default=1.0)
    legend, top = _legend(names, width)
    body = [legend]
    for place, (stack, whole) in enumerate(zip(stacks, sums, strict=True)):
        per = (width - left - right) / (whole if share else most)
        body.append(_stack(stack, names, left, top + place * ROW + (ROW - BAR) / 2, per))
    return svg.frame(body, width, top + len(stacks) * ROW + 4, title=title, desc=desc)


def _legend(names: Sequence[str], width: int) -> tuple[Markup, int]:
    """The parts' names with their colours, in as many lines as they need; and the height of that."""
    legend, x, top = Markup(), 0.0, 0
    for name, colour in zip(names, CATEGORIES, strict=False):
        room = svg.text_width(name, 11) + 34
        if x and x + room > width:
            x, top = 0.0, top + 20
        legend += element("rect", x=x, y=top + 2, width=10, height=10, fill=colour)
        legend += svg.small(name, x + 16, top + 11)
        x += room
    return legend, top + 24


def _stack(stack: Stack, names: Sequence[str], left: float, y: float, per: float) -> Markup:
    row, x = _label(stack.label, left, y), left
    for part, name, colour in zip(stack.parts, names, CATEGORIES, strict=False):
        size = float(part.value) * per
        said = element("title", f"{name} {part.text}")
        row += element("rect", said, x=x, y=y, width=max(size - 1, 0.0), height=BAR, fill=colour, class_="mark")
        if part.text and colour in CATEGORIES[::3] and svg.text_width(part.text, 10) + 8 < size:
            row += svg.text(part.text, x + 5, y + 10.5, font_size=10, fill="#fff")
        x += size
    row += svg.text(stack.text, x + 8, y + 11, fill=INK)
    return svg.link(stack.href, f"{stack.label} {stack.text}", row)


def meter(share: Value | None, schedule: Value | None = None, *, title: str = "") -> Markup:
    """Progress in percent of the target, with a tick at the time schedule; past the target a gap marks the 100."""
    done = max(float(share or 0), 0.0)
    per = 100 / max(100.0, done)
    body = element("rect", x=0, y=3, width=100, height=6, fill=SOFT)
    body += element("rect", x=0, y=3, width=done * per, height=6, fill=HUE)
    if done > 100:
        body += element("rect", x=100 * per - 0.3, y=3, width=0.6, height=6, fill=PAPER)
    if schedule is not None:
        body += element("rect", x=min(float(schedule) * per, 99.4), y=0, width=0.6, height=12, fill=INK)
    said = f"{title} {'—' if share is None else f'{share}%'}".strip()
    look = {"class_": "meter", "viewBox": "0 0 100 12", "width": 200, "height": 12, "preserveAspectRatio": "none"}
    return element("svg", body, xmlns="http://www.w3.org/2000/svg", role="img", aria_label=said, **look)
