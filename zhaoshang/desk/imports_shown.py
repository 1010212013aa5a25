"""How an import is written on its pages: what was understood, what is wrong, what accepting would do."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, Kind, Origin
from zhaoshang.desk.context import named
from zhaoshang.desk.payment_story import exact_wan, original
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import Region
from zhaoshang.review.intake_words import TEMPLATES, TO_CONFIRM
from zhaoshang.review.models import Workbook
from zhaoshang.review.rules import ACT_LABELS, WORKBOOK_STATE_LABELS, Act, WorkbookState
from zhaoshang.review.workbooks.amounts import SHEET_UNITS
from zhaoshang.review.workbooks.columns import BY_KEY, COLUMNS, REASONS
from zhaoshang.ui.filters import called, moment, named_short, wan
from zhaoshang.ui.filters import month as month_words

MOST_PROBLEMS_SHOWN = 100
ACT_PILLS = {Act.NEW: "todo", Act.UPDATE: "wait", Act.UNCHANGED: "off", Act.RETURNED: "off", Act.BLOCKED: "stop"}
STATE_PILLS = {
    WorkbookState.RECEIVED: "wait",
    WorkbookState.READING: "wait",
    WorkbookState.READ: "todo",
    WorkbookState.FAILED: "stop",
    WorkbookState.DROPPED: "off",
    WorkbookState.ACCEPTED: "ok",
    WorkbookState.UNDONE: "off",
}


def said(problem: Mapping[str, Any]) -> str:
    """A stored problem's sentence in the language of the page."""
    template = TEMPLATES.get(problem["code"])
    if template is None:
        return str(problem["message"])
    return _(template).format(**worded(problem["params"]))


def worded(params: Mapping[str, Any]) -> dict[str, str]:
    """What fills a problem's sentence, its words in the language of the page."""
    return {name: _(text) if (text := str(one)) else "" for name, one in params.items()}


def cell_name(problem: Mapping[str, Any], many_sheets: bool) -> str:
    """Where it is, as Excel names it: ``D14``, ``第 14 行``, or the sheet."""
    place = f"{problem['column']}{problem['row']}" if problem["column"] and problem["row"] else ""
    if not place:
        place = _("第 %(row)s 行") % {"row": problem["row"]} if problem["row"] else problem["sheet"] or _("整个文件")
    return f"{problem['sheet']}!{place}" if many_sheets and problem["row"] else str(place)


def problem_rows(workbook: Workbook, *, fatal: bool) -> list[dict[str, Any]]:
    """The first problems that keep the file out, or the first doubts; each opens its row."""
    many = sum(sheet["read"] for sheet in workbook.summary["sheets"]) > 1
    found = [one for one in workbook.problems if one["fatal"] == fatal][:MOST_PROBLEMS_SHOWN]
    rows = []
    for one in found:
        cell: dict[str, Any] = {"text": cell_name(one, many)}
        if f"{one['sheet']}!{one['row']}" in workbook.lines:
            query = urlencode({"sheet": one["sheet"], "row": one["row"]})
            cell |= {"href": f"{reverse('desk:import_row', args=[workbook.pk])}?{query}", "drawer": True}
        pill = (
            {"text": _("须确认"), "pill": "warn"} if one["code"] in TO_CONFIRM else {"text": _("提醒"), "pill": "off"}
        )
        rows.append({"cell": cell, "value": one["value"], "what": said(one), "weight": pill})
    return rows


def problem_columns(*, fatal: bool) -> list[dict[str, Any]]:
    """Columns of :func:`problem_rows`."""
    columns: list[dict[str, Any]] = [
        {"key": "cell", "label": _("单元格"), "kind": "link", "head": True},
        {"key": "value", "label": _("内容")},
        {"key": "what", "label": _("问题与处理")},
    ]
    return columns if fatal else [*columns, {"key": "weight", "label": _("轻重"), "kind": "pill"}]


def row_columns() -> list[dict[str, Any]]:
    """Columns of the rows that were understood."""
    return [
        {"key": "row", "label": _("行"), "head": True},
        {"key": "project", "label": _("项目")},
        {"key": "amount", "label": _("到位金额"), "unit": _("万元"), "kind": "number"},
        {"key": "paid_on", "label": _("到账日期"), "kind": "date"},
        {"key": "source", "label": _("来源")},
        {"key": "kind", "label": _("资金类型")},
        {"key": "payer", "label": _("付款单位")},
        {"key": "act", "label": _("导入时"), "kind": "pill"},
    ]


def table_row(row: Mapping[str, Any], many_sheets: bool) -> dict[str, Any]:
    """One understood row."""
    project, act = row["project"], Act(row["act"])
    named_by = row["project_name"] or row["enterprise_name"] or row["project_code"]
    name = {"text": project[2], "note": project[1]} if project else {"text": named_by}
    place = {"text": f"{row['sheet']}!{row['row']}" if many_sheets else str(row["row"])}
    if row["hidden"]:
        place["note"] = _("隐藏")
    pill: dict[str, Any] = {"text": _(ACT_LABELS[act]), "pill": ACT_PILLS[act]}
    if act == Act.UPDATE:
        pill["note"] = changes(row)
    return {
        "_id": f"row-{row['row']}",
        "_kind": "problem" if act == Act.BLOCKED else "muted" if act in (Act.UNCHANGED, Act.RETURNED) else "",
        "row": place,
        "project": name,
        "amount": _amount_cell(row),
        "paid_on": row["arrived_on"],
        "source": row["place_text"] or None,
        "kind": kind_words(row),
        "payer": {"text": row["payer"] or None, "note": row["bank_serial"]},
        "act": pill,
    }  # fmt: skip


def _amount_cell(row: Mapping[str, Any]) -> Any:
    foreign = Foreign.from_json(row.get("foreign"))
    yuan = exact_wan(row["amount_fen"])
    return {"text": yuan, "note": original(foreign)} if foreign else yuan


def kind_words(row: Mapping[str, Any]) -> str | None:
    """Kind and origin of a row in words."""
    kind = _(KIND_LABELS[Kind(row["kind"])]) if row["kind"] else None
    origin = _(ORIGIN_LABELS[Origin(row["origin"])]) if row["origin"] else None
    return _("，").join(part for part in (kind, origin) if part) or None


def changes(row: Mapping[str, Any]) -> str:
    """What an update changes: 金额 1,000 → 1,200."""
    before = row["before"]
    pairs = [
        (_("金额"), exact_wan(before["amount_fen"]), exact_wan(row["amount_fen"])),
        (_("日期"), before["paid_on"], row["arrived_on"]),
        (_("来源"), before["source_code"], row["source_code"]),
        (_("类型"), before["kind"], row["kind"]),
        (_("付款单位"), before["payer"], row["payer"] or before["payer"]),
    ]
    told = [f"{label} {old or '—'} → {new}" for label, old, new in pairs if old != new]
    return _("；").join(told) or _("备注或编号")


def columns_shown(workbook: Workbook) -> list[dict[str, Any]]:
    """How each column was understood, with its choices."""
    choices = [("", _("不读取")), *((column.key, _(column.label)) for column in COLUMNS)]
    many = len({column["sheet"] for column in workbook.columns}) > 1
    return [
        {
            **column,
            "place": f"{column['sheet']}!{column['letter']}" if many else column["letter"],
            "why": _(REASONS[column["reason"]]).format(
                word=column["reason_word"], label=_(BY_KEY[column["key"]].label) if column["key"] else ""
            ),
            "choices": choices,
        }
        for column in workbook.columns
    ]


def unknown_shown(workbook: Workbook) -> list[dict[str, Any]]:
    """The projects that the sheet names and the account does not know."""
    codes = {one["source_code"] for one in workbook.summary.get("unknown", ())}
    names = {one.code: named_short(one) for one in Region.objects.filter(code__in=codes, valid_to__isnull=True)}
    return [one | {"source": names.get(one["source_code"], "")} for one in workbook.summary.get("unknown", ())]


def settle_choices() -> dict[str, list[tuple[str, str]]]:
    """Choices for a file's unit of amount and kind of money, and the industries of new projects."""
    return {
        "units": [("", _("按表中所写")), *((unit, _(unit)) for unit in SHEET_UNITS)],
        "kinds": [("", _("未选定（按“其他”）")), *((str(one), _(text)) for one, text in KIND_LABELS.items())],
        "industries": [("", "—"), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())],
    }


def totals_shown(workbook: Workbook) -> list[dict[str, Any]]:
    """Each 合计 row: what it states against what its rows add up to."""
    return [
        {
            "row": total["row"],
            "label": total["label"],
            "stated": exact_wan(total["stated_fen"]),
            "summed": exact_wan(total["summed_fen"]),
            "agrees": total["agrees"],
        }
        for total in workbook.summary.get("totals", ())
    ]


def list_columns() -> list[dict[str, Any]]:
    """Columns of the list of imports."""
    return [
        {"key": "name", "label": _("表格"), "kind": "link", "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "month", "label": _("报告月份"), "kind": "date"},
        {"key": "rows", "label": _("行数"), "kind": "number"},
        {"key": "amount", "label": _("金额"), "unit": _("万元"), "kind": "number"},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "sent", "label": _("上传时间")},
    ]


def list_rows(workbooks: Iterable[Workbook]) -> list[dict[str, Any]]:
    """Imports as rows; each opens its page."""
    return [_list_row(workbook) for workbook in workbooks]


def _list_row(workbook: Workbook) -> dict[str, Any]:
    href, state = reverse("desk:import", args=[workbook.pk]), WorkbookState(workbook.state)
    pill: dict[str, Any] = {"text": _(WORKBOOK_STATE_LABELS[state]), "pill": STATE_PILLS[state]}
    if state == WorkbookState.READ and workbook.faults:
        pill = {"text": _("有 %(count)s 处问题") % {"count": workbook.faults}, "pill": "stop"}
    elif state == WorkbookState.UNDONE:
        pill["note"] = workbook.reason
    fen = workbook.summary.get("fen")
    return {
        "_href": href,
        "_kind": "muted" if state in (WorkbookState.DROPPED, WorkbookState.UNDONE) else "",
        "name": {"text": workbook.name, "href": href},
        "unit": named(workbook.unit),
        "month": month_words(workbook.month),
        "rows": f"{workbook.summary['rows']:,}" if "rows" in workbook.summary else None,
        "amount": wan(fen) if fen is not None else None,
        "state": pill,
        "sent": {"text": called(workbook.sent_by), "note": moment(workbook.sent_at)},
    }
