"""What all drawings share: colours, numbers, text, the frame with its title and description."""

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

INK, INK_2, INK_3, PAPER = "#15181c", "#454b54", "#646b75", "#ffffff"
LINE, LINE_2, SOFT, HUE = "#e2e5e8", "#b7bdc5", "#eef0f2", "#1d4f7c"
CLASSES = ("#e8f0f7", "#c3d8ea", "#8fb5d6", "#4c83b4", "#1d4f7d")
CATEGORIES = ("#1e507d", "#b9821b", "#2a8c7d", "#7a5a9c", "#7fb2d9", "#8b919a")  # told apart without colour vision too
LAMPS = {"ok": "#1f7a60", "warn": "#c98a12", "stop": "#5b2a6e", "off": "#b7bdc5"}  # the lights' hues; red is the seal's
FONT = "Noto Sans SC, Noto Sans CJK SC, sans-serif"
WIDE, NARROW = 600, 350

# The cockpit's style sheet recolours by these names: class "f-ink" for a fill, "s-ink" for a stroke.
_TONES = {
    INK: "ink",
    INK_2: "ink-2",
    INK_3: "ink-3",
    PAPER: "paper",
    LINE: "line",
    LINE_2: "line-2",
    SOFT: "soft",
    HUE: "hue",
}
_TONES |= {colour: f"class-{place}" for place, colour in enumerate(CLASSES)}

Value = Decimal | int


@dataclass(frozen=True, slots=True)
class Point:
    """One thing with one value: ``text`` is the value as printed (rounded), ``mark`` a value to compare it with."""

    label: str
    value: Value | None
    text: str = ""
    href: str = ""
    mark: Value | None = None


def frame(body: Iterable[Markup], width: float, height: float, *, title: str, desc: str = "") -> Markup:
    """The drawing as one ``svg`` element with its accessible name; a group when there are links in it."""
    inside = Markup("").join(body)
    key = hashlib.sha256(f"{title}{desc}{width}{inside}".encode()).hexdigest()[:8]
    names, head = f"t{key}", element("title", title, id=f"t{key}")
    if desc:
        names, head = f"t{key} d{key}", head + element("desc", desc, id=f"d{key}")
    return element(
        "svg",
        head + inside,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart-svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="group" if "<a " in inside else "img",
        aria_labelledby=names,
        font_family=FONT,
        font_size=12,
    )


def element(tag: str, inside: str = "", /, **attributes: Any) -> Markup:
    """An element of ``tag`` around ``inside`` (escaped unless markup); ``stroke_width`` is written ``stroke-width``."""
    tones = [f"{way[0]}-{_TONES[attributes[way]]}" for way in ("fill", "stroke") if attributes.get(way) in _TONES]
    kinds = " ".join([*tones, *([attributes.pop("class_")] if "class_" in attributes else [])])
    if kinds:
        attributes["class"] = kinds
    written = Markup("").join(
        Markup(' {}="{}"').format(name.replace("_", "-"), number(value) if isinstance(value, float) else value)
        for name, value in attributes.items()
        if value is not None
    )
    return (
        Markup("<{0}{1}>{2}</{0}>").format(tag, written, inside) if inside else Markup("<{}{}/>").format(tag, written)
    )


def text(content: str, x: float, y: float, **attributes: Any) -> Markup:
    """A line of text, in grey ink unless told otherwise."""
    return element("text", content, **({"x": x, "y": y, "fill": INK_2} | attributes))


def small(content: str, x: float, y: float, **attributes: Any) -> Markup:
    """A line of small print: axes, legends, notes."""
    return text(content, x, y, **({"fill": INK_3, "font_size": 11} | attributes))


def link(href: str, label: str, inside: Markup) -> Markup:
    """``inside`` as a link, when there is somewhere to go."""
    return element("a", inside, href=href, aria_label=label) if href else inside


def number(value: float) -> str:
    """A coordinate, to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round values from at or below ``low`` to at or above ``high``, in about ``most`` steps."""
    span = (high - low) or abs(high) or 1.0
    unit = 10.0 ** math.floor(math.log10(span / most))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor * most >= span * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, last + 1)]


def tick_text(value: float) -> str:
    """A tick's value, grouped and without needless decimals."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def text_width(content: str, size: float = 12) -> float:
    """About how wide the words will be: Chinese signs are square, Latin ones a little over half as wide."""
    return sum(size if ord(sign) > 0x2E7F else size * 0.58 for sign in content)


def shorten(content: str, room: float, size: float = 12) -> str:
    """The words, cut with an ellipsis to fit ``room``."""
    if text_width(content, size) <= room:
        return content
    while content and text_width(content + "…", size) > room:
        content = content[:-1]
    return content + "…"


def responsive(draw: Callable[..., Markup], *given: object, **options: Any) -> Markup:
    """The same drawing twice, for a page and for a phone; style sheets show one, so that letters stay readable."""
    wide, narrow = (draw(*given, **(options | {"width": width})) for width in (options.get("width", WIDE), NARROW))
    return Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>').format(wide, narrow)


def floats(values: Sequence[Value | None]) -> list[float | None]:
    """Values as places on a drawing; nothing is ever counted with them."""
    return [None if value is None else float(value) for value in values]
