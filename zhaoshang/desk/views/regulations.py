"""Regulations of scores and lights: the list, and one with its articles as people and as the machine read them."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.assessments.models import Regulation
from zhaoshang.assessments.queries import regulations_for
from zhaoshang.assessments.rules.scheme import (
    COLOUR_LABELS,
    LINE_KIND_LABELS,
    Band,
    Item,
    LightRule,
    Line,
    LineKind,
    Missing,
)
from zhaoshang.assessments.rules.scoring import plain
from zhaoshang.assessments.rules.states import PURPOSE_LABELS, Purpose
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import Names
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, clause, date_, month


def found_regulation(viewer: Viewer, code: str) -> Regulation:
    """The regulation by its code; a draft only for those who write rules."""
    return get_object_or_404(regulations_for(viewer), code=code)


def months_of(one: Regulation) -> str:
    """The months in which it holds."""
    return f"{month(one.valid_from)} – {month(one.valid_to) if one.valid_to is not None else _('至今')}"


def standing(one: Regulation) -> dict[str, str]:
    """Draft, in force or replaced."""
    if one.issued_at is None:
        return {"text": _("草稿"), "pill": "todo"}
    return {"text": _("现行"), "pill": "ok"} if one.valid_to is None else {"text": _("已被替代"), "pill": "off"}


@desk_page(Can.READ_RULES)
def regulation_list(request: Any) -> HttpResponse:
    """All of them, the latest first."""
    rows = [
        {
            "_href": (href := reverse("desk:regulation_open", args=[one.code])),
            "title": {"text": one.title, "href": href, "note": _("示例") if one.is_sample else None},
            "purpose": _(PURPOSE_LABELS[Purpose(one.purpose)]),
            "standing": standing(one),
            "months": months_of(one),
            "document": one.document,
            "issued": date_(one.issued_at) if one.issued_at else None,
        }
        for one in regulations_for(request.viewer)
    ]
    return render(request, "desk/regulations/list.html", {"rows": rows})


@desk_page(Can.READ_RULES)
def regulation_open(request: Any, code: str) -> HttpResponse:
    """One regulation: where it comes from, its articles with what they compute, and its whole text."""
    one = found_regulation(request.viewer, code)
    scheme = one.scheme()
    names = Names(one.city, scheme)
    articles: list[Line | LightRule] = [*scheme.lines, *scheme.lights]
    facts = [
        (_("用途"), _(PURPOSE_LABELS[Purpose(one.purpose)])),
        (_("适用月份"), months_of(one)),
        (_("文号"), one.document or "—"),
        (_("依据"), one.source),
        (_("起草"), f"{called(one.drafted_by)} {date_(one.drafted_at)}"),
    ]
    if one.issued_by is not None:
        facts.append((_("发布"), f"{called(one.issued_by)} {date_(one.issued_at)}"))
    if one.replaces is not None:
        facts.append((_("替代"), one.replaces.title))
    shown = {
        "one": one,
        "standing": standing(one),
        "facts": facts,
        "rows": [_article(article, names) for article in articles],
        "entered": [{"name": item.name, "unit": item.unit, "absent": _absent(item.absent)} for item in scheme.entered],
        "may_write": request.viewer.can(Can.WRITE_RULES),
    }
    return render(request, "desk/regulations/regulation.html", shown)


def _absent(value: Decimal | None) -> str:
    return _("算缺数") if value is None else _("按 %(value)s 计") % {"value": plain(value)}


def _article(article: Line | LightRule, names: Names) -> dict[str, Any]:
    if isinstance(article, LightRule):
        kind, detail = _("亮灯"), _light_detail(article, names)
    else:
        kind, detail = _(LINE_KIND_LABELS[article.kind]), line_detail(article, names)
    weight = plain(article.weight) if isinstance(article, Line) and article.weight else None
    return {
        "no": clause(article.no),
        "name": {"text": article.name, "note": article.text},
        "kind": kind,
        "weight": weight,
        "detail": detail,
    }


def line_detail(line: Line, names: Names) -> str:
    """What a line computes, in signs and names."""
    own = names.name(line.key) if line.key else ""
    match line.kind:
        case LineKind.RATIO:
            text = f"{plain(line.weight)} × min({own} ÷ {plain(line.full)}, {plain(line.most or Decimal(100))}%)"
        case LineKind.EFFICACY:
            among = _("全市") if line.among_all else _("本组")
            text = f"({own} - min) ÷ (max - min) × {plain(line.span)} + {plain(line.base)}（{among}）"
        case LineKind.BANDS:
            text = _("；").join(f"{own} {_band(band)} → {plain(band.points)}" for band in line.bands)
        case LineKind.BONUS | LineKind.DEDUCTION:
            sign = "-" if line.kind == LineKind.DEDUCTION else ""
            text = sign + " + ".join(_item(item, names) for item in line.items)
            if line.most is not None:
                text = f"{sign}min({text.removeprefix(sign)}, {plain(line.most)})"
        case LineKind.VETO:
            sign, bound = ("<", line.below) if line.over is None else (">", line.over)
            effect = (
                _("不参加排名")
                if line.unranked
                else _("总分不超过 %(points)s") % {"points": plain(line.cap or Decimal(0))}
            )
            text = f"{own} {sign} {plain(bound or Decimal(0))} → {effect}"
    return text + _missing(line)


def _item(item: Item, names: Names) -> str:
    above = names.name(item.key) if not item.over else f"({names.name(item.key)} - {plain(item.over)})"
    text = f"{above if item.per == 1 else f'⌊{above} ÷ {plain(item.per)}⌋'} × {plain(item.each)}"
    return text if item.most is None else f"min({text}, {plain(item.most)})"


def _missing(line: Line) -> str:
    if isinstance(line.missing, Decimal):
        return _("；缺数取 %(points)s 分") % {"points": plain(line.missing)}
    return _("；缺数不计此条") if line.missing == Missing.EXCLUDE else ""


def _band(band: Band) -> str:
    low = "(-∞" if band.low is None else f"[{plain(band.low)}"
    return f"{low}, {'+∞' if band.high is None else plain(band.high)})"


def _light_detail(rule: LightRule, names: Names) -> str:
    cases = [
        f"{_(COLOUR_LABELS[case.colour])}："
        + _("，且").join(
            f"{names.name(one.left)} {one.sign} {names.name(one.right) if isinstance(one.right, str) else plain(one.right)}"
            for one in case.when
        )
        for case in rule.cases
    ]
    return _("；").join([*cases, _("其余%(colour)s") % {"colour": _(COLOUR_LABELS[rule.otherwise])}])
