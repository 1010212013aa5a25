"""How published figures are written for the public, in the page's language."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.queries import Corrected, corrections_of
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.bulletins.writing import seal_of
from zhaoshang.common.periods import month_text
from zhaoshang.common.problems import N_
from zhaoshang.figures.freezing import head_of
from zhaoshang.figures.meanings import meaning_of
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.rules import BASIS_LABELS, Unit
from zhaoshang.portal.pages import Links
from zhaoshang.publishing.queries import terms_on
from zhaoshang.publishing.taken_back import taken_back_of
from zhaoshang.publishing.told import told_in
from zhaoshang.publishing.withholding import Withheld, withheld
from zhaoshang.regions.models import Region
from zhaoshang.ui.filters import number, period, with_note, yi

CORRECTIONS_SECONDS = 300
HEADLINES = 4


def in_english() -> bool:
    """Whether the page is English."""
    return (get_language() or "").startswith("en")


def value_of(value: int, unit_of_value: str) -> str:
    """A value without its unit."""
    return yi(value, 2) if unit_of_value == Unit.FEN else number(value)


def unit_of(unit_of_value: str) -> str:
    """The unit's word."""
    return _("亿元") if unit_of_value == Unit.FEN else _("个")


def named(figure: dict[str, Any]) -> str:
    """A kept figure's indicator, in the page's language."""
    return str(figure["name_en"] if in_english() else figure["name"])


def place_of(figure: dict[str, Any]) -> str:
    """Its place."""
    return str((figure["unit_name_en"] if in_english() else figure["unit_name"]) or _("全市"))


def headline(bulletin: Bulletin, few: Withheld, link: Links) -> dict[str, Any]:
    """The first city-wide values of a bulletin, those with a growth rate before others; ``few``: whether any stays back."""
    growths = {
        figure["ref"]: figure for figure in bulletin.figures if figure["aspect"] == "growth" and not few.holds(figure)
    }
    found: dict[str, dict[str, Any]] = {}
    for figure in bulletin.figures:
        if figure["aspect"] == "value" and not figure["unit"] and figure["ref"] not in found:
            found[figure["ref"]] = figure
    told = [figure for figure in found.values() if not few.holds(figure)]
    first = sorted(told, key=lambda figure: figure["ref"] not in growths)[:HEADLINES]
    return {
        "stats": [_stat(figure, growths.get(figure["ref"]), link) for figure in first],
        "few": len(told) < len(found),
    }


def _stat(figure: dict[str, Any], growth: dict[str, Any] | None, link: Links) -> dict[str, Any]:
    value, unit = _split(figure["text"])
    percent = growth.get("percent") if growth else None
    parts = [{"label": _("同比"), "value": f"{float(percent):+.1f}%", "state": "frozen"}] if percent else []
    href = link("figure", figure["frozen"])
    return {"label": named(figure), "value": value, "unit": unit, "href": href, "parts": parts}


def _split(text: str) -> tuple[str, str]:
    """729.4亿元 → 729.4 and its unit in the page's language."""
    for word in ("亿元", "万元", "个"):
        if text.endswith(word):
            return text.removesuffix(word), _(word)
    return text, ""


def bulletin_page(bulletin: Bulletin, link: Links) -> dict[str, Any]:
    """What the page of a bulletin needs."""
    return {
        "bulletin": bulletin,
        "links": {figure["token"]: link("figure", figure["frozen"]) for figure in bulletin.figures},
        "withdrawn": bulletin.state == BulletinState.WITHDRAWN,
        "sealed": seal_of(bulletin) == bulletin.digest,
        "corrections": [{**one, "href": link("figure", one["frozen"])} for one in _corrections(bulletin)],
    }


def _corrections(bulletin: Bulletin) -> list[dict[str, Any]]:
    """Corrections since, counted once for each state of the ledger and language."""
    name = f"corrections:{bulletin.pk}:{head_of(bulletin.city)[0]}:{get_language()}"
    found = cache.get(name)
    if found is None:
        corrected, held, least = corrections_of(bulletin), frozenset[str](), 0
        if corrected:
            held = withheld(bulletin.city, told_in(bulletin.city)).refs
            least = terms_on(bulletin.city, timezone.localdate()).least_firms
        found = [_corrected(one, one.frozen.ref in held or 0 < one.firms < least) for one in corrected]
        cache.set(name, found, CORRECTIONS_SECONDS)
    return list(found)


def _corrected(one: Corrected, held: bool) -> dict[str, Any]:
    """A correction; where the figure, or what changed of it, rests on too few firms, only that there is one."""
    unit = one.frozen.version.indicator.unit_of_value
    notes = []
    if one.carried and not held:
        notes.append(
            _("以后月份冲减：%(amount)s %(unit)s") % {"amount": value_of(one.carried, unit), "unit": unit_of(unit)}
        )
    return {
        "frozen": str(one.frozen.pk),
        "what": f"{place_of(one.figure)} · {named(one.figure)} · {period(one.frozen.period)}",
        "held": held,
        "before": value_of(one.frozen.value, unit),
        "now": value_of(one.now, unit),
        "unit": unit_of(unit),
        "notes": notes,
    }


def back(frozen: FrozenFigure, published: Sequence[FrozenFigure], held: bool) -> dict[str, Any] | None:
    """What later months took back of a published figure, by unit and month where enough firms stand behind each; None when nothing was."""
    told = taken_back_of(frozen.city, published).get(frozen.ref)
    if told is None:
        return None
    unit = frozen.version.indicator.unit_of_value
    few = held or told.fen is None
    rows = [
        {
            "unit": part.unit.name_en if in_english() and part.unit.name_en else part.unit.name,
            "month": month_text(part.month),
            "amount": value_of(part.fen, unit),
        }
        for part in told.parts
        if not few
    ]
    total = {"unit": _("合计"), "month": "", "amount": "" if few else value_of(told.fen or 0, unit), "_kind": "total"}
    columns = [
        {"key": "unit", "label": _("地区"), "head": True}, {"key": "month", "label": _("冲减记入"), "kind": "date"},
        {"key": "amount", "label": _("金额"), "unit": unit_of(unit), "kind": "number"},
    ]  # fmt: skip
    return {"few": few, "columns": columns, "rows": [*rows, total]}


def figure_page(frozen: FrozenFigure, publications: list[Bulletin], few: Withheld, link: Links) -> dict[str, Any]:
    """What the page of a published figure needs; what its bulletin says of it, but for what stays back."""
    version, indicator = meaning_of(frozen), frozen.version.indicator
    rules = version.rule_set
    english = in_english()
    printed = {
        (figure["aspect"], figure.get("part")): figure
        for bulletin in publications[:1]
        for figure in sorted(bulletin.figures, key=lambda one: not one["token"].endswith("|plain}}"))
        if figure["ref"] == frozen.ref and figure["aspect"] not in ("value", "meaning")
    }
    return {
        "frozen": frozen,
        "version": version,
        "name": indicator.name_en if english else indicator.name,
        "place": (frozen.unit.name_en if english else frozen.unit.name) if frozen.unit else _("全市"),
        "value": value_of(frozen.value, indicator.unit_of_value),
        "unit_word": unit_of(indicator.unit_of_value),
        "is_money": indicator.unit_of_value == Unit.FEN,
        "version_title": version.title_en if english and version.title_en else version.title,
        "rules": rules,
        "rule_lines": [rule for rule in rules.content.get("rules", []) if rule.get("text")] if rules else [],
        "sayings": [_saying(figure) for figure in printed.values() if not few.holds(figure)],
        "fewer": any(few.holds(figure) for figure in printed.values()),
        "publications": [
            {"title": one.title, "href": link("bulletin", one.pk), "withdrawn": one.state == BulletinState.WITHDRAWN}
            for one in publications
        ],
    }


ASPECT_WORDS = {
    "growth": N_("同比"),
    "of_year": N_("完成年度目标"),
    "ahead": N_("与序时进度相比"),
    "target": N_("年度目标"),
    "share": N_("占全市"),
    "rank": N_("名次"),
    "part_origin": N_("其中"),
    "part_source": N_("其中"),
}


def _saying(figure: dict[str, Any]) -> tuple[str, str]:
    """One thing that the bulletin says of the figure, and what it rests on."""
    label = _(ASPECT_WORDS[figure["aspect"]])
    note = ""
    if figure["aspect"] == "growth" and figure.get("base"):
        note = _("（基数：%(period)s，%(basis)s）") % {
            "period": period(figure["base_period"]),
            "basis": _(BASIS_LABELS[figure["basis"]]),
        }
    elif figure.get("refused"):
        note = with_note("", figure["refused"])
    elif figure["aspect"] in ("of_year", "ahead", "target"):
        note = _("（目标文件：%(document)s）") % {"document": figure["document"]}
    elif figure["aspect"] == "rank" and figure.get("source"):
        note = _("（依据：%(source)s）") % {"source": figure["source"]}
    part = f"{_part(figure)} " if figure.get("part") else ""
    return label, f"{part}{_in_english(figure) if in_english() else figure['text']}{note}"


def _part(figure: dict[str, Any]) -> str:
    """The name of a part: an origin, or a province, whose English the list of regions knows."""
    if in_english() and figure.get("facet") == "source":
        province = Region.objects.filter(short_name=figure["part"]).exclude(name_en="").first()
        return province.name_en if province else str(figure["part"])
    return _(figure["part"])


def _in_english(figure: dict[str, Any]) -> str:
    """What was printed in Chinese, from what the print rests on."""
    if "refused" in figure:
        return "—"
    match figure["aspect"]:
        case "growth":
            return f"{float(figure['percent']):+.1f}%"
        case "of_year":
            return f"{float(figure['of_year_percent']):.1f}%"
        case "ahead":
            return f"{float(figure['ahead_points']):+.1f} {_('个百分点')}"
        case "share":
            return f"{float(figure['share_percent']):.1f}%"
        case "rank":
            return _("第 %(rank)s 位") % {"rank": figure["rank"]}
        case _:
            return " ".join(_split(figure["text"]))
