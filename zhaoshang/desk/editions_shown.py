"""How editions are shown on the desk: totals by list, entries with what became of them, the difference to the last one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.opportunities_shown import status_pill
from zhaoshang.opportunities.editions import PART_LABELS, WHY_LABELS, entries_in, total_of
from zhaoshang.opportunities.fields import FIELDS
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.opportunities.queries import statuses_on
from zhaoshang.opportunities.rules import KIND_LABELS, Kind, Status
from zhaoshang.opportunities.wording import SHARED_LABELS, amount_words, area_words, field_words
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import english, moment, number, yi

GONE = (Status.TAKEN, Status.EXPIRED, Status.CLOSED)


def edition_columns() -> list[dict[str, Any]]:
    """Columns of the list of editions."""
    return [
        {"key": "number", "label": _("期"), "kind": "link", "head": True},
        {"key": "title", "label": _("名称")},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "count", "label": _("条目"), "kind": "number"},
        {"key": "at", "label": _("发布时间"), "kind": "date"},
    ]


def edition_row(edition: Edition, in_force: int | None, now: datetime) -> dict[str, Any]:
    """One line."""
    href = reverse("desk:edition", args=[edition.number])
    return {
        "_href": href,
        "number": {"text": _("第%(number)s期") % {"number": edition.number}, "href": href},
        "title": edition_title(edition),
        "state": edition_pill(edition, in_force, now),
        "count": number(len(entries_in(edition.frozen))) if edition.is_frozen else None,
        "at": moment(edition.published_at) if edition.published_at else None,
    }


def edition_title(edition: Edition) -> str:
    """In the language of the page."""
    return edition.title_en if english() and edition.title_en else edition.title


def edition_pill(edition: Edition, in_force: int | None, now: datetime) -> dict[str, str]:
    """Draft, waiting for approval, waiting for its instant, in force, or old."""
    if not edition.is_frozen:
        return {"text": _("待批准"), "pill": "wait"} if edition.asked_by_id else {"text": _("草稿"), "pill": "todo"}
    if edition.published_at and edition.published_at > now:
        return {"text": _("待发布"), "pill": "wait"}
    if edition.number == in_force:
        return {"text": _("现行"), "pill": "ok"}
    return {"text": _("旧期"), "pill": "off"}


def edition_shown(request: Any, edition: Edition, content: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Everything that the page of an edition needs."""
    issued = Edition.objects.issued(edition.city, now).values_list("number", flat=True)
    in_force = issued.first()
    codes = [row["code"] for row in entries_in(content)]
    entries = list(Opportunity.objects.of(edition.city).filter(code__in=codes))
    statuses = statuses_on(edition.city, entries, timezone.localdate(now))
    today = {one.code: statuses[one.pk] for one in entries}
    return {
        "edition": edition,
        "title": edition_title(edition),
        "mark": edition_pill(edition, in_force, now),
        "newer": in_force if in_force and edition.is_frozen and in_force > edition.number else None,
        "sections": [_section(one) for one in content["sections"]],
        "lists": [{**_list(one, today), "choose": _choose(request, edition, one["code"])} for one in content["lists"]],
        "may_write": request.viewer.can(Can.WRITE_EDITIONS),
        "may_approve": may_approve(request.viewer, edition),
        "stats": [_stat(one) for one in content["lists"]],
        "difference": _difference(content["difference"]),
        "gone_since": sum(today.get(code) in GONE for code in codes) if edition.is_frozen else 0,
    }


def may_approve(viewer: Viewer, edition: Edition) -> bool:
    """Whether it waits for this person: asked by another."""
    asked = edition.asked_by_id is not None and not edition.is_frozen
    return (
        asked and viewer.can(Can.APPROVE_EDITIONS) and viewer.user is not None and edition.asked_by_id != viewer.user.pk
    )


def _choose(request: Any, edition: Edition, code: str) -> str | None:
    """Where entries are chosen for a list of a draft."""
    if edition.is_frozen or not request.viewer.can(Can.WRITE_EDITIONS):
        return None
    return reverse("desk:edition_choose", args=[edition.number, code])


def _section(one: Mapping[str, str]) -> dict[str, str]:
    if english() and one.get("text_en"):
        return {"title": one.get("title_en", ""), "text": one["text_en"]}
    return {"title": one["title"], "text": one["text"]}


def _list_title(one: Mapping[str, Any]) -> str:
    title = one["title_en"] if english() and one["title_en"] else one["title"]
    return f"{_(PART_LABELS[one['part']])} · {title}"


def _stat(one: Mapping[str, Any]) -> dict[str, Any]:
    """A list's total, summed from its entries."""
    total = total_of(one["entries"])
    counted = _("、").join(
        _("%(kind)s %(count)s 个") % {"kind": _(KIND_LABELS[Kind(kind)]), "count": total.by_kind.get(kind, 0)}
        for kind in one["kinds"]
    )
    by_area = one["sums"] == "area"
    value = f"{total.area_m2 / 10_000:,.2f}" if by_area else yi(total.amount_fen, 2)
    return {
        "label": _list_title(one),
        "value": value,
        "unit": _("万平方米") if by_area else _("亿元"),
        "note": counted,
        "href": f"#list-{one['code']}",
    }


def _list(one: Mapping[str, Any], today: Mapping[str, Status]) -> dict[str, Any]:
    by_area = one["sums"] == "area"
    columns = [
        {"key": "title", "label": _("条目"), "kind": "link", "head": True},
        {"key": "kind", "label": _("类别")},
        {"key": "unit", "label": _("地区")},
        {"key": "size", "label": _("面积"), "unit": _("万平方米"), "kind": "number"}
        if by_area
        else {"key": "size", "label": _("总投资"), "unit": _("亿元"), "kind": "number"},
        {"key": "now", "label": _("现在"), "kind": "pill"},
    ]
    return {
        "id": f"list-{one['code']}",
        "title": _list_title(one),
        "columns": columns,
        "rows": [_row(row, by_area, today) for row in one["entries"]],
    }


def _row(row: Mapping[str, Any], by_area: bool, today: Mapping[str, Status]) -> dict[str, Any]:
    href = reverse("desk:opportunity", args=[row["code"]])
    status = today.get(row["code"])
    return {
        "_href": href,
        "title": {"text": _name(row), "href": href, "note": row["code"]},
        "kind": _(KIND_LABELS[Kind(row["kind"])]),
        "unit": (row["unit_name_en"] if english() else row["unit_name"]) or _("市级"),
        "size": (f"{float(row['area_m2']) / 10_000:,.4f}" if row["area_m2"] else None)
        if by_area
        else (yi(row["amount_fen"], 2) if row["amount_fen"] is not None else None),
        "now": status_pill(status) if status else None,
    }


def _name(row: Mapping[str, Any]) -> str:
    return str(row["title_en"] if english() and row["title_en"] else row["title"])


def _difference(held: Mapping[str, Any]) -> dict[str, Any] | None:
    if held["before"] is None:
        return None
    return {
        "before": held["before"],
        "added": [f"{row['code']} {_name(row)}" for row in held["added"]],
        "gone": [f"{row['code']} {_name(row)}：{_(WHY_LABELS[row['why']])}" for row in held["gone"]],
        "changed": [
            {"name": f"{row['code']} {_name(row)}", "changes": [_change(row["kind"], one) for one in row["changes"]]}
            for row in held["changed"]
        ],
    }


def _change(kind: str, one: Mapping[str, Any]) -> dict[str, Any]:
    name = one["name"]
    field = next((held for held in FIELDS[Kind(kind)] if held.name == name), None)
    if field is not None:
        before, after = (
            field_words(field, one[way], _) if one[way] is not None else None for way in ("before", "after")
        )
        return {"label": _(field.label), "before": before, "after": after}
    said = _shared_words(name)
    label = _(SHARED_LABELS.get(name, name))
    return {"label": label, "before": said(one["before"]), "after": said(one["after"])}


def _shared_words(name: str) -> Callable[[Any], str | None]:
    """How a value that all kinds have is written."""
    if name == "amount_fen":
        return lambda value: amount_words(value, _)
    if name in ("area_m2", "outline_m2"):
        return lambda value: area_words(value, _)
    return lambda value: value
