"""How a bulletin is shown while it is written and when it is out: the editor's blocks, the preview, the picker, the corrections beside."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.bulletins import writing
from zhaoshang.bulletins.account import Account
from zhaoshang.bulletins.blocks import BrokenBlocks, Token, checked, tokens, unbound
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.printing import Printer, UnknownFigures
from zhaoshang.bulletins.queries import Corrected, corrections_of
from zhaoshang.bulletins.rules import STATE_LABELS, BulletinState
from zhaoshang.capital.rules import ORIGIN_LABELS, Origin
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.problems import N_
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import as_number
from zhaoshang.desk.shown import figure_address, known_months, periods_offered, titled, unit_shown, value_shown
from zhaoshang.desk.verdicts import figure_link
from zhaoshang.figures.freezing import Drifted
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.queries import Figure
from zhaoshang.figures.rules import Measure
from zhaoshang.publishing.releasing import GivesAway, of_few
from zhaoshang.publishing.told import Part
from zhaoshang.regions.models import Region, ReportMonth
from zhaoshang.regions.rules import MonthState
from zhaoshang.ui.filters import called, date_, month, period

PILLS = {BulletinState.DRAFT: "todo", BulletinState.PUBLISHED: "ok", BulletinState.WITHDRAWN: "off"}
LENGTHS = {"title": 120, "number": 60, "issuer": 80, "recipients": 200}
FIELDS = (*LENGTHS, "dated")


def as_int(text: str | None) -> int:
    """A revision from a form; 0, which no draft has, for anything else."""
    return as_number(text) or 0


def say(refusal: Exception) -> str:
    """What is in the way, and what to do."""
    match refusal:
        case writing.NotDraft():
            return _("这份通报已经发布或撤回，不再改动。")
        case writing.Changed():
            return _("你打开之后，别人保存过这份草稿。请复制你改的文字，重新打开再改。")
        case writing.NumberTaken():
            return _("发文字号 %(number)s 已被另一份通报使用。") % {"number": refusal}
        case writing.HeadMissing():
            return _("请填标题和发文机关。")
        case writing.NumbersUnbound():
            return _("正文里有数字没有绑定账上的数：%(numbers)s。请换成账上的数，或逐个确认它不是统计数。") % {
                "numbers": _("、").join(one.number for one in refusal.found)
            }
        case writing.ReasonMissing():
            return _("请写明撤回的原因，公众会看到。")
        case writing.NotPublished():
            return _("只有已发布的通报可以撤回。")
        case GivesAway():
            return _("有些数背后的企业不足 %(least)s 家，没有发布。请删去，或写明为什么仍要公布。") % {
                "least": refusal.few.least
            }
        case UnknownFigures():
            return _("账上没有这些数，请删去或另选：%(tokens)s") % {"tokens": _("、").join(refusal.tokens)}
        case BrokenBlocks():
            return _("正文里有不完整的数字标记：%(what)s。请删去后重新插入。") % {"what": refusal}
        case Drifted():
            return _("汇总数与明细账不一致（%(ref)s），暂不能发布。请先重建汇总。") % {"ref": refusal}
    raise refusal


# -- the list ----------------------------------------------------------------------------------------------------------


def list_columns() -> list[dict[str, Any]]:
    """Columns of the list."""
    return [
        {"key": "title", "label": _("通报"), "kind": "link", "head": True},
        {"key": "period", "label": _("报告期")},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "number", "label": _("发文字号")},
        {"key": "dated", "label": _("成文日期"), "kind": "date"},
        {"key": "who", "label": _("起草人")},
    ]


def list_row(bulletin: Bulletin) -> dict[str, Any]:
    """A line of it."""
    href = reverse("desk:bulletin_open", args=[bulletin.pk])
    return {
        "_href": href,
        "title": {"text": bulletin.title, "href": href},
        "period": period(bulletin.period),
        "state": {"text": _(STATE_LABELS[BulletinState(bulletin.state)]), "pill": PILLS[BulletinState(bulletin.state)]},
        "number": bulletin.number or None,
        "dated": date_(bulletin.dated),
        "who": called(bulletin.drafted_by),
    }


# -- the editor --------------------------------------------------------------------------------------------------------


def posted_blocks(given: QueryDict) -> list[dict[str, Any]]:
    """The editor's blocks in their order. Raises ``blocks.BrokenBlocks``."""
    kinds, levels, texts = (given.getlist(name) for name in ("kind", "level", "text"))
    if not len(kinds) == len(levels) == len(texts):
        raise BrokenBlocks("blocks")
    found: list[Any] = []
    for kind, level, text in zip(kinds, levels, texts, strict=True):
        found.append(_table(text) if kind == "table" else {"kind": kind, "level": as_int(level), "text": text})
    return checked(found)


def _table(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BrokenBlocks(text[:40]) from error


def rearranged(blocks: list[dict[str, Any]], do: str) -> tuple[list[dict[str, Any]], str]:
    """The blocks after ``up:3``, ``down:3``, ``delete:3``, ``paragraph:3`` or ``heading:3`` (a new one below), and where to look then."""
    act, _colon, number = do.partition(":")
    place = as_int(number) if number else -1
    if not act or not 0 <= place < max(len(blocks), 1):
        return blocks, ""
    changed = list(blocks)
    if act in ("paragraph", "heading"):
        place += 1 if blocks else 0
        changed.insert(place, {"kind": act, "text": "", **({"level": 1} if act == "heading" else {})})
    elif act == "delete" and changed:
        changed.pop(place)
    elif act in ("up", "down"):
        other = place + (1 if act == "down" else -1)
        if 0 <= other < len(changed):
            changed[place], changed[other] = changed[other], changed[place]
            place = other
    return changed, f"#block-{max(min(place, len(changed) - 1), 0)}"


def editor(
    request: HttpRequest, bulletin: Bulletin, given: QueryDict | None = None, refused: str = ""
) -> dict[str, Any]:
    """The editor with the draft, or with what was just typed when it was refused."""
    blocks = bulletin.blocks
    if given is not None:
        try:
            blocks = posted_blocks(given)
        except BrokenBlocks:
            given = None
    printer = Printer(Account(bulletin.city))
    fields = {name: given.get(name, "") if given is not None else str(getattr(bulletin, name)) for name in FIELDS}
    return {
        "bulletin": bulletin,
        "fields": fields,
        "dated_text": _day(fields["dated"]),
        "refused": refused,
        "blocks": [_block(printer, block) for block in blocks],
        "chips": json.dumps({str(token): _printed(printer, token) for token in tokens(blocks)}, ensure_ascii=False),
        **_picker(printer.account, bulletin),
        **_preview(printer, bulletin, blocks),
    }


def _day(text: str) -> str:
    """A day as paper writes it; what is no day stays as it was typed."""
    try:
        return date_(date.fromisoformat(text), "long")
    except ValueError:
        return text


def _printed(printer: Printer, token: Token) -> str:
    try:
        return printer.print(token).text
    except UnknownFigures:
        return _("账上没有")


def _block(printer: Printer, block: Mapping[str, Any]) -> dict[str, Any]:
    if block["kind"] != "table":
        return dict(block)
    rows = [[_plain_cell(printer, cell) for cell in row] for row in block["rows"]]
    return {**block, "shown": rows, "json": json.dumps(block, ensure_ascii=False)}


def _plain_cell(printer: Printer, cell: str) -> str:
    try:
        return "".join(run["text"] for run in printer.runs(cell))
    except UnknownFigures:
        return "？"


def preview(request: HttpRequest, bulletin: Bulletin, given: QueryDict | None) -> dict[str, Any]:
    """The preview of what is in the editor now, or of the draft as saved."""
    try:
        blocks = posted_blocks(given) if given is not None else bulletin.blocks
    except BrokenBlocks as refusal:
        return {
            "bulletin": bulletin,
            "fields": {},
            "dated_text": "",
            "printed": [],
            "links": {},
            "loose": [],
            "open_months": [],
            "trouble": say(refusal),
        }
    fields = {name: given.get(name, "") if given is not None else str(getattr(bulletin, name)) for name in FIELDS}
    return {
        "bulletin": bulletin,
        "fields": fields,
        "dated_text": _day(fields["dated"]),
        **_preview(Printer(Account(bulletin.city)), bulletin, blocks),
    }


def _preview(printer: Printer, bulletin: Bulletin, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    trouble = ""
    try:
        printed = printer.blocks(blocks)
    except UnknownFigures as refusal:
        printed, trouble = [], say(refusal)
    links = {str(token): figure_link({"ref": token.ref}) for token in tokens(blocks)}
    rows = ReportMonth.objects.of(bulletin.city_id).filter(
        number__range=(bulletin.first_month, bulletin.last_month), state=MonthState.OPEN
    )
    open_months = [month(number) for number in rows.order_by("number").values_list("number", flat=True)]
    return {
        "printed": printed,
        "links": links,
        "loose": unbound(blocks),
        "open_months": open_months,
        "trouble": trouble,
    }


def given_away(bulletin: Bulletin) -> dict[str, Any]:
    """The figures and parts of a draft that rest on too few firms to be told to the public, in words, and how few are too few."""
    try:
        found = of_few(bulletin)
    except UnknownFigures:
        return {"few": [], "least": 0}
    provinces = dict(
        Region.objects.filter(code__in=[part.code for part in found.parts]).values_list("code", "short_name")
    )
    parts = [f"{_in_words(part.of)} · {_part_in_words(part, provinces)}" for part in found.parts]
    return {"few": [*map(_in_words, found.figures), *parts], "least": found.least}


def _in_words(one: Figure | FrozenFigure) -> str:
    place = named(one.unit) if one.unit else _("全市")
    return f"{place} · {titled(one.version.indicator)} · {period(one.period)}"


def _part_in_words(part: Part, provinces: dict[str, str]) -> str:
    if part.facet == "origin" and part.code in set(Origin):
        return _(ORIGIN_LABELS[Origin(part.code)])
    return provinces.get(part.code, part.code)


# -- the picker --------------------------------------------------------------------------------------------------------

ASPECTS = {
    "value": N_("数值"),
    "growth": N_("同比（带增减字样）"),
    "of_year": N_("完成年度目标的百分比"),
    "ahead": N_("超（欠）序时进度"),
    "target": N_("年度目标"),
    "share": N_("占全市比重"),
    "rank": N_("名次"),
}


def _picker(account: Account, bulletin: Bulletin) -> dict[str, Any]:
    months = known_months(bulletin.city)
    return {
        "pick_indicators": [(one.code, titled(one)) for one in account.indicators],
        "pick_units": [("*", _("全市")), *((one.code, named(one)) for one in account.units)],
        "pick_periods": [(str(one), period(one)) for one in periods_offered(months, bulletin.period)],
        "pick_aspects": [(code, _(label)) for code, label in ASPECTS.items()],
    }


def picked(bulletin: Bulletin, asked: QueryDict) -> dict[str, Any]:
    """The figure that was chosen: its token and what it prints, or why there is none."""
    account = Account(bulletin.city)
    try:
        when = Period.parse(asked.get("pick_period", ""))
    except NotAPeriod:
        return {"trouble": _("没有选报告期。")}
    indicator = next((one for one in account.indicators if one.code == asked.get("pick_indicator")), None)
    version = account.official(indicator, when) if indicator is not None else None
    if version is None:
        return {"trouble": _("这项指标在这段时间没有一种贯穿始终的口径。")}
    aspect = asked.get("pick_aspect", "value")
    token = Token(
        version.indicator.code,
        version.code,
        asked.get("pick_unit", "*"),
        str(when),
        aspect if aspect in ASPECTS else "value",
    )
    try:
        one = Printer(account).print(token)
    except UnknownFigures as refusal:
        return {"trouble": say(refusal)}
    return {
        "trouble": "",
        "token": str(token),
        "text": one.text,
        "meaning": titled(version),
        "refused": one.rests.get("refused", ""),
    }


# -- a published one ---------------------------------------------------------------------------------------------------


def published(bulletin: Bulletin, may_write: bool) -> dict[str, Any]:
    """The page of a published or withdrawn bulletin."""
    figures = {figure["token"]: figure_link({"ref": figure["ref"]}) for figure in bulletin.figures}
    return {
        "bulletin": bulletin,
        "links": figures,
        "withdrawn": bulletin.state == BulletinState.WITHDRAWN,
        "sealed": writing.seal_of(bulletin) == bulletin.digest,
        "may_write": may_write,
        "corrections": [_correction(one) for one in corrections_of(bulletin)],
    }


def _correction(one: Corrected) -> dict[str, Any]:
    version, frozen = one.frozen.version, one.frozen
    indicator = version.indicator
    unit = unit_shown(indicator)
    moved = value_shown(one.now - frozen.value, indicator)
    notes = [_("本期各月：%(amount)s %(unit)s") % {"amount": moved, "unit": unit}] if one.now != frozen.value else []
    if one.carried:
        notes.append(
            _("以后月份冲减：%(amount)s %(unit)s") % {"amount": value_shown(one.carried, indicator), "unit": unit}
        )
    place = named(frozen.unit) if frozen.unit else _("全市")
    return {
        "what": f"{place} · {titled(indicator)} · {period(frozen.period)}",
        "href": figure_address(indicator.code, frozen.unit, frozen.period, version.code),
        "before": value_shown(frozen.value, indicator),
        "now": value_shown(one.now, indicator),
        "unit": unit,
        "is_money": version.measure == Measure.CAPITAL,
        "notes": notes,
    }
