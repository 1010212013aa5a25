"""The list as open data: CSV, JSON and xlsx of the same conditions, and the dictionary of their columns."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.files import download_header
from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column, Value, write_table
from zhaoshang.opportunities.addresses import public_address
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.places import place_of
from zhaoshang.opportunities.queries import statuses_on
from zhaoshang.opportunities.rules import KIND_LABELS, STATUS_LABELS, Kind, Status
from zhaoshang.opportunities.wording import field_words
from zhaoshang.portal.offers.search import answering
from zhaoshang.portal.offers.views import asked_of
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.ui.filters import english

MOST_ROWS = 5_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Datum:
    """One column: its name in files, its heading, what it means, its form in xlsx, and where it comes from."""

    name: str
    label: str
    meaning: str
    form: str
    of: Callable[[Opportunity, Status], Value]


def _place(entry: Opportunity, which: int) -> Decimal | None:
    place = place_of(entry.outline, entry.fields.get("point"))
    return Decimal(f"{place[which]:.6f}") if place else None


def _yi(fen: int | None) -> Decimal | None:
    return None if fen is None else in_unit(fen, "亿元")


def _terms(entry: Opportunity) -> str:
    values, own = entry.public_fields, entry.public_english
    words = [
        f"{_(one.label)}{_('：')}{(english() and own.get(one.name)) or field_words(one, values[one.name], _)}"
        for one in entry.declared
        if one.name in values
    ]
    return _("；").join(words)


COLUMNS = (
    Datum("code", N_("编号"), N_("条目的编号，不会改变"), "text", lambda one, _s: one.code),
    Datum("kind", N_("类别"), N_("条目的类别"), "text", lambda one, _s: _(KIND_LABELS[Kind(one.kind)])),
    Datum("title", N_("名称"), N_("中文名称"), "text", lambda one, _s: one.title),
    Datum("title_en", N_("英文名称"), N_("英文名称，可能为空"), "text", lambda one, _s: one.title_en),
    Datum("district", N_("地区"), N_("提供它的区市县；市级条目写“市级”"), "text", lambda one, _s: one.unit.name if one.unit else _("市级")),
    Datum("region_code", N_("行政区划代码"), N_("GB/T 2260 代码，可能为空"), "text", lambda one, _s: one.region_code),
    Datum("industry", N_("行业门类"), N_("GB/T 4754 门类的字母，可能为空"), "text", lambda one, _s: one.industry),
    Datum("investment_yi", N_("总投资（亿元）"), N_("亿元人民币，可能为空"), "amount", lambda one, _s: _yi(one.amount_fen)),
    Datum("area_m2", N_("面积（平方米）"), N_("填报的面积，平方米，可能为空"), "amount", lambda one, _s: one.area_m2),
    Datum("status", N_("状态"), N_("今天的状态"), "text", lambda _one, status: _(STATUS_LABELS[status])),
    Datum("checked_on", N_("最近核实"), N_("最近一次有人确认全部内容属实的日子"), "date", lambda one, _s: one.checked_on),
    Datum("expires_on", N_("有效期至"), N_("过了这一天自动离开清单"), "date", lambda one, _s: one.expires_on),
    Datum("longitude", N_("经度"), N_("CGCS2000，图形中心或填报的坐标，可能为空"), "text", lambda one, _s: _place(one, 0)),
    Datum("latitude", N_("纬度"), N_("CGCS2000，图形中心或填报的坐标，可能为空"), "text", lambda one, _s: _place(one, 1)),
    Datum("summary", N_("简介"), N_("中文简介"), "text", lambda one, _s: one.summary),
    Datum("terms", N_("具体条件"), N_("这一类条目自己的公开字段，每项带名称和单位；JSON 里另有原值"), "text", lambda one, _s: _terms(one)),
    Datum("sample", N_("示例"), N_("是否为虚构的示例"), "text", lambda one, _s: one.is_sample),
    Datum("address", N_("网址"), N_("条目的网页"), "text", lambda one, _s: public_address(one.code)),
)  # fmt: skip


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """The files of the list under the conditions of the address, and what their columns mean."""
    city, asked = request.viewer.city, asked_of(request)  # type: ignore[attr-defined]
    query = asked.query()
    link = Links(request)
    given = {
        "count": answering(city, asked, timezone.now()).count(),
        "query": f"?{query}" if query else "",
        "columns": [
            {"key": "name", "label": _("列名"), "head": True},
            {"key": "label", "label": _("名称")},
            {"key": "meaning", "label": _("含义")},
        ],
        "rows": [{"name": one.name, "label": _(one.label), "meaning": _(one.meaning)} for one in COLUMNS],
        "back": link("opportunities"),
    }
    return render_public(request, "portal/offers/data.html", given)


@public_page
def files(request: HttpRequest, ext: str) -> HttpResponse:
    """The list under the conditions of the address as one of :data:`TYPES`."""
    if ext not in TYPES:
        raise Http404
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    entries = list(answering(city, asked_of(request), at)[:MOST_ROWS])
    statuses = statuses_on(city, entries, timezone.localdate(at))
    rows = [[column.of(one, statuses[one.pk]) for column in COLUMNS] for one in entries]
    made = {"csv": _csv, "json": _json, "xlsx": _xlsx}[ext](entries, rows)
    response = HttpResponse(made, content_type=TYPES[ext])
    response["Content-Disposition"] = download_header(f"opportunities.{ext}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(_entries: list[Opportunity], rows: list[list[Value]]) -> bytes:
    """UTF-8 with its mark, for Excel. What a spreadsheet would take for a formula is kept from being one."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([one.name for one in COLUMNS])
    writer.writerows([[_plain(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(tuple("=+-@＝＋－＠\t\r\n")) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(_json_value(value))


def _json_value(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _json(entries: list[Opportunity], rows: list[list[Value]]) -> bytes:
    """With the dictionary of its columns; numbers with decimals are strings, so that none is rounded."""
    names = [one.name for one in COLUMNS]
    told = {
        "dictionary": [{"name": one.name, "label": _(one.label), "meaning": _(one.meaning)} for one in COLUMNS],
        "entries": [
            dict(zip(names, map(_json_value, row), strict=True))
            | {"fields": entry.public_fields, "fields_en": entry.public_english}
            for entry, row in zip(entries, rows, strict=True)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _xlsx(_entries: list[Opportunity], rows: list[list[Value]]) -> bytes:
    columns = [Column(_(one.label), one.form, width=18) for one in COLUMNS]
    lines: list[list[Value]] = [
        [(_("是") if value else _("否")) if isinstance(value, bool) else value for value in row] for row in rows
    ]
    notes = [(_(one.label), _(one.meaning)) for one in COLUMNS]
    made = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    return write_table(columns, lines, _("招商机会"), [*notes, (_("导出时间"), made)])
