"""Published figures as open data: CSV and JSON with their dictionary; what rests on too few firms stays unpublished."""

import csv
import io
import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.common.files import download_header
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.meanings import meaning_of
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.rules import Unit
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.publishing.queries import terms_on
from zhaoshang.publishing.taken_back import TakenBack, taken_back_of
from zhaoshang.publishing.told import told_in
from zhaoshang.publishing.withholding import withheld
from zhaoshang.tenancy.models import City

FEW = N_("未公布（企业数不足）")
TAKEN_BACK_OF_FEW = N_("以后月份有冲减，未公布金额（企业数不足）")
COLUMNS = {
    "indicator": (N_("指标"), N_("指标的代码，不会改变")),
    "name": (N_("指标名称"), N_("中文名称")),
    "name_en": (N_("指标英文名称"), N_("英文名称")),
    "definition": (N_("口径"), N_("按哪个口径统计")),
    "district": (N_("地区"), N_("区市县或“全市”")),
    "from_month": (N_("起始月"), N_("所属期的第一个月")),
    "to_month": (N_("终止月"), N_("所属期的最后一个月")),
    "value": (N_("数值"), N_("发布时的数；企业数不足的为空")),
    "unit": (N_("单位"), N_("亿元人民币，两位小数；或者个数")),
    "taken_back": (
        N_("以后月份冲减"),
        N_("公布以后由以后月份冲减的，单位同数值，负数；没有冲减、或冲减背后的企业数不足的为空"),
    ),
    "note": (N_("说明"), N_("为什么没有公布：一个数背后的企业少于规定的家数；或者公布它，用减法就能算出这样的数")),
    "bulletin": (N_("发布文件"), N_("最近一次公布它的通报")),
    "published_on": (N_("发布日期"), N_("通报发布的日子")),
    "address": (N_("网址"), N_("这个数的口径、规则和摘要")),
}


def rows_of(city: City, link: Links) -> list[dict[str, Any]]:
    """A row for each published value."""
    told = told_in(city)
    held, back = withheld(city, told).refs, taken_back_of(city, [one for one, _bulletin in told.values])
    return [_row(one, bulletin, one.ref in held, back.get(one.ref), link) for one, bulletin in told.values]


def _row(one: FrozenFigure, told: Bulletin, is_held: bool, back: TakenBack | None, link: Links) -> dict[str, Any]:
    indicator, money = one.version.indicator, one.version.indicator.unit_of_value == Unit.FEN
    value = str(in_unit(one.value, "亿元", 2)) if money else str(one.value)
    return {
        "indicator": indicator.code,
        "name": indicator.name,
        "name_en": indicator.name_en,
        "definition": meaning_of(one).title,
        "district": one.unit.name if one.unit else _("全市"),
        "from_month": str(Period(one.first_month, one.first_month)),
        "to_month": str(Period(one.last_month, one.last_month)),
        "value": "" if is_held else value,
        "unit": _("亿元") if money else _("个"),
        "taken_back": "" if is_held or back is None or back.fen is None else str(in_unit(back.fen, "亿元", 2)),
        "note": _(FEW) if is_held else _(TAKEN_BACK_OF_FEW) if back and back.fen is None else "",
        "bulletin": told.title,
        "published_on": timezone.localdate(told.published_at).isoformat() if told.published_at else "",
        "address": f"{settings.PUBLIC_URL}{link('figure', one.pk)}",
    }


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """The files, and what their columns mean."""
    city, link = request.viewer.city, Links(request)  # type: ignore[attr-defined]
    given = {
        "least": terms_on(city, timezone.localdate()).least_firms,
        "columns": [
            {"key": "name", "label": _("列名"), "head": True}, {"key": "label", "label": _("名称")}, {"key": "meaning", "label": _("含义")},
        ],
        "rows": [{"name": name, "label": _(label), "meaning": _(meaning)} for name, (label, meaning) in COLUMNS.items()],
        "count": len(told_in(city).values), "query": f"?lang={link.asked}" if link.asked else "",
    }  # fmt: skip
    return render_public(request, "portal/statistics.html", given)


@public_page
def files(request: HttpRequest, ext: str) -> HttpResponse:
    """All published values as CSV or JSON."""
    makers = {"csv": (_csv, "text/csv; charset=utf-8"), "json": (_json, "application/json; charset=utf-8")}
    if ext not in makers:
        raise Http404
    make, mime = makers[ext]
    response = HttpResponse(make(rows_of(request.viewer.city, Links(request))), content_type=mime)  # type: ignore[attr-defined]
    response["Content-Disposition"] = download_header(f"statistics.{ext}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS))
    writer.writeheader()
    writer.writerows({name: _plain(text) for name, text in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    """What a spreadsheet would take for a formula is kept from being one; numbers stay."""
    number = text.removeprefix("-").replace(".", "", 1).isdigit()
    return text if number or not text.startswith(tuple("=+-@＝＋－＠\t\r\n")) else f"'{text}"


def _json(rows: list[dict[str, Any]]) -> bytes:
    """Numbers are strings, so that none is rounded."""
    told = [{"name": name, "label": _(label), "meaning": _(meaning)} for name, (label, meaning) in COLUMNS.items()]
    return json.dumps({"dictionary": told, "figures": rows}, ensure_ascii=False, indent=1).encode()
