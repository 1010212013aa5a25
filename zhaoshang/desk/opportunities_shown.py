"""How entries are shown on the desk: pills, rows, facts, history, what is missing."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.opportunities.fields import FIELDS, written
from zhaoshang.opportunities.models import EntryChange, Opportunity, Reservation
from zhaoshang.opportunities.queries import files_of, missing_fields
from zhaoshang.opportunities.rules import (
    HAPPENED_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    Happened,
    Kind,
    Practice,
    Status,
)
from zhaoshang.opportunities.wording import SHARED_LABELS, amount_words, area_words, english_heading, field_words
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.ui.filters import called, english, moment, named, named_short, percent, yi

PILLS = {
    Status.DRAFT: "todo",
    Status.AVAILABLE: "ok",
    Status.IN_TALKS: "wait",
    Status.RESERVED: "wait",
    Status.TAKEN: "stop",
    Status.EXPIRED: "warn",
    Status.CLOSED: "off",
}


def title_of(entry: Opportunity) -> str:
    """In the language of the page, as far as it is given."""
    return entry.title_en if english() and entry.title_en else entry.title


def summary_of(entry: Opportunity) -> str:
    """In the language of the page, as far as it is given."""
    return entry.summary_en if english() and entry.summary_en else entry.summary


def unit_of(entry: Opportunity) -> str:
    """The unit's name, or 市级."""
    return named(entry.unit) if entry.unit else _("市级")


def status_pill(status: Status) -> dict[str, Any]:
    """A table's cell."""
    return {"text": _(STATUS_LABELS[status]), "pill": PILLS[status]}


def list_columns() -> list[dict[str, Any]]:
    """Columns of the list."""
    return [
        {"key": "title", "label": _("条目"), "kind": "link", "head": True},
        {"key": "kind", "label": _("类别")},
        {"key": "unit", "label": _("地区")},
        {"key": "amount", "label": _("总投资"), "unit": _("亿元"), "kind": "number"},
        {"key": "area", "label": _("面积"), "unit": _("万平方米"), "kind": "number"},
        {"key": "status", "label": _("状态"), "kind": "pill"},
        {"key": "checked", "label": _("核实"), "kind": "date"},
        {"key": "expires", "label": _("有效期至"), "kind": "date"},
    ]


def list_row(entry: Opportunity, status: Status, reservation: Reservation | None = None) -> dict[str, Any]:
    """One line."""
    href = reverse("desk:opportunity", args=[entry.code])
    note = _("至 %(day)s") % {"day": reservation.until_on} if reservation and status == Status.RESERVED else None
    return {
        "_href": href,
        "title": {"text": title_of(entry), "href": href, "note": entry.code},
        "kind": _(KIND_LABELS[Kind(entry.kind)]),
        "unit": named_short(entry.unit) if entry.unit else _("市级"),
        "amount": yi(entry.amount_fen, 2) if entry.amount_fen is not None else None,
        "area": f"{entry.area_m2 / 10_000:,.4f}" if entry.area_m2 is not None else None,
        "status": {**status_pill(status), **({"note": note} if note else {})},
        "checked": f"{entry.checked_on:%Y-%m-%d}",
        "expires": f"{entry.expires_on:%Y-%m-%d}",
    }


def shared_facts(entry: Opportunity, practice: Practice) -> list[tuple[str, str]]:
    """What all kinds have."""
    industry = f"{entry.industry} {_(INDUSTRIES[entry.industry])}" if entry.industry else ""
    rows = [
        (_("编号"), entry.code),
        (_("类别"), _(KIND_LABELS[Kind(entry.kind)])),
        (_("地区"), unit_of(entry)),
        (_("行业门类"), industry),
        (_("总投资"), amount_words(entry.amount_fen, _)),
        (_("面积"), area_words(entry.area_m2, _)),
        (_("维护人"), called(entry.steward)),
        (_("最近核实"), f"{entry.checked_on:%Y-%m-%d}　{called(entry.checked_by)}"),
        (_("应再核实"), f"{practice.check_due(entry.kind, entry.checked_on):%Y-%m-%d}"),
        (_("有效期至"), f"{entry.expires_on:%Y-%m-%d}"),
    ]
    return [(name, text) for name, text in rows if text]


def own_facts(entry: Opportunity) -> list[tuple[str, str]]:
    """What its kind has; what stays inside says so."""
    found = []
    for one in entry.declared:
        if one.name in entry.fields:
            label = _(one.label) if one.public else _(one.label) + _("（内部）")
            found.append((label, field_words(one, entry.fields[one.name], _)))
    return found


def lacks(entry: Opportunity) -> list[dict[str, str]]:
    """What is missing, each with the place where it is filled in."""
    form = reverse("desk:opportunity_amend", args=[entry.code])
    shared = {"amount_fen": "amount", "area_m2": "area", "summary": "summary"}
    return [
        {"label": _(one.label), "href": f"{form}#id_{shared.get(one.name, f'f_{one.name}')}"}
        for one in missing_fields(entry)
    ]


def outline_note(entry: Opportunity, practice: Practice) -> str:
    """The drawn area beside the stated one."""
    if entry.outline_m2 is None:
        return ""
    said = _("图形面积 %(area)s（CGCS2000 椭球上的测地面积，来源：%(source)s）。") % {
        "area": area_words(entry.outline_m2, _),
        "source": entry.outline_source,
    }
    more = entry.area_difference
    if more is None:
        return said
    told = _("与填报面积相差 %(percent)s。") % {"percent": percent(more, 2, sign=True)}
    return said + told + (_("超过容许的差，请核对图形或面积。") if practice.differs_too_much(more) else "")


def files_shown(entry: Opportunity) -> list[dict[str, Any]]:
    """Photos and papers, with their addresses."""
    return [
        {
            "key": one.pk,
            "title": one.title,
            "photo": one.is_photo,
            "alt": one.alt_en if english() and one.alt_en else one.alt,
            "width": one.width,
            "height": one.height,
            "href": reverse("desk:opportunity_file", args=[entry.code, one.pk]),
            "public": one.is_public,
        }
        for one in files_of(entry.city, [entry]).get(entry.pk, [])
    ]


def history_items(changes: list[EntryChange]) -> list[dict[str, Any]]:
    """For the timeline, as the query has them: latest first."""
    labels = {name: _(label) for name, label in SHARED_LABELS.items()}
    return [_item(one, labels) for one in changes]


def _item(one: EntryChange, labels: dict[str, str]) -> dict[str, Any]:
    changed = _("、").join(labels.get(name, name) for name in one.changes)
    project = f"{one.project.code} {one.project.name}" if one.project else ""
    return {
        "at": moment(one.at),
        "what": _(HAPPENED_LABELS[Happened(one.happened)]),
        "who": called(one.by),
        "note": _("；").join(part for part in (project, one.text, changed) if part) or None,
        "href": reverse("desk:project", args=[one.project.code]) if one.project else None,
    }


def sheet_columns(kind: Kind | None) -> list[Column]:
    """Columns of the exported list; of one kind with its own fields, so that the same sheet can come in again."""
    shared = [
        Column(_("编号"), width=18),
        Column(_("类别"), width=14),
        Column(_("名称"), width=34),
        Column(_("英文名称"), width=34),
        Column(_("地区")),
        Column(_("维护人")),
        Column(_("简介"), width=40),
        Column(_("英文简介"), width=40),
        Column(_("行业门类")),
        Column(_("总投资（亿元）"), "amount", 4),
        Column(_("面积（平方米）"), "amount"),
        Column(_("有效期至"), "date"),
        Column(_("最近核实"), "date"),
        Column(_("状态")),
    ]
    if not kind:
        return shared
    own = [Column(_(one.label) + (f"（{_(one.unit)}）" if one.unit else "")) for one in FIELDS[kind]]
    return (
        shared + own + [Column(english_heading(_(one.label), _), width=34) for one in FIELDS[kind] if one.has_english]
    )


def sheet_row(entry: Opportunity, status: Status, kind: Kind | None) -> list[Value]:
    """One entry as a row of it."""
    amount = in_unit(entry.amount_fen, "亿元") if entry.amount_fen is not None else None
    row: list[Value] = [
        entry.code, _(KIND_LABELS[Kind(entry.kind)]), entry.title, entry.title_en, unit_of(entry), entry.steward.username,
        entry.summary, entry.summary_en, entry.industry, amount, entry.area_m2, entry.expires_on, entry.checked_on,
        _(STATUS_LABELS[status]),
    ]  # fmt: skip
    if kind:
        row += [written(one, entry.fields[one.name]) if one.name in entry.fields else None for one in entry.declared]
        row += [(entry.fields_en or {}).get(one.name) for one in entry.declared if one.has_english]
    return row
