"""Trips seen together: counts by who led and whose they were, the map of where they went, the notice of a period, the rules."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.common.sheets.writing import Column as SheetColumn
from zhaoshang.common.sheets.writing import Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, attachment, sheet
from zhaoshang.desk.outreach_shown import days_text, places_text, rank_words, whose
from zhaoshang.desk.shown import figure_address, known_months, period_asked, period_menu, titled
from zhaoshang.figures.from_outreach import definition_code
from zhaoshang.figures.models import Indicator, IndicatorVersion
from zhaoshang.figures.rules import TRIPS
from zhaoshang.outreach.counting import counted_trips, counts_by_unit, days_of, recorded
from zhaoshang.outreach.inforce import rules_on
from zhaoshang.outreach.models import Trip
from zhaoshang.outreach.queries import Results, parties_of, results_of, stops
from zhaoshang.outreach.rules import TripState
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.model import Column, Document, Heading, Paragraph, Table, row, runs
from zhaoshang.ui.filters import english, named, number, period, wan, yi

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 2_000


def _menu(request: Any, when: Period) -> dict[str, Any]:
    return period_menu(known_months(request.viewer.city), when, lambda one: address(request, period=one))


def _took_place(city: City, when: Period) -> Any:
    """All trips of a period that are on record as having taken place, whoever led them."""
    first, last = days_of(when)
    rows = Trip.objects.of(city).filter(
        recorded(city), state=TripState.APPROVED, first_day__gte=first, first_day__lte=last
    )
    return rows.select_related("unit").order_by("first_day", "id")


def _indicators(city: City) -> dict[str, Indicator]:
    """Definition code → the indicator that publishes it; one query."""
    rows = IndicatorVersion.objects.of(city).filter(measure__in=list(TRIPS)).select_related("indicator")
    return {definition_code(one.measure): one.indicator for one in rows}


@desk_page(Can.READ_FIGURES)
def trip_counts(request: Any) -> HttpResponse:
    """How often who went out in a period, by unit; and where to."""
    city = request.viewer.city
    when = period_asked(request, known_months(city))
    rules, published = rules_on(city, days_of(when)[1]), _indicators(city)
    counts = {one.code: counts_by_unit(city, one.code, when) for one in rules.counts}
    trips = _took_place(city, when)
    stats = [
        {
            "label": titled(published[one.code]) if one.code in published else (one.name_en if english() else one.name),
            "value": number(sum(counts[one.code].values())),
            "href": figure_address(published[one.code].code, None, when) if one.code in published else None,
            "definition": one.definition,
        }
        for one in rules.counts
    ]
    units = list(ReportingUnit.objects.of(city))
    shown = {
        "when": when,
        "stats": stats,
        "columns": [
            {"key": "unit", "label": _("组团单位"), "head": True},
            *(
                {"key": one.code, "label": one.name_en if english() else one.name, "unit": _("次"), "kind": "figure"}
                for one in rules.counts
            ),
        ],
        "rows": [
            _unit_row(None, counts, published, when),
            *(_unit_row(unit, counts, published, when) for unit in units),
        ],
        **_where(city, when, trips),
        **_menu(request, when),
    }
    return render(request, "desk/trips/counts.html", shown)


def _unit_row(unit: ReportingUnit | None, counts: Any, published: Any, when: Period) -> dict[str, Any]:
    found: dict[str, Any] = {"unit": named(unit) if unit else _("全市自己组团")}
    for code, by_unit in counts.items():
        value = by_unit.get(unit.pk if unit else None, 0)
        href = figure_address(published[code].code, unit, when) if unit and code in published else ""
        found[code] = {"text": number(value), "href": href, "state": "live"} if href else {"text": number(value)}
    return found


def _where(city: City, when: Period, trips: Any) -> dict[str, Any]:
    """The map, and the same as a table: every place with its trips."""
    gone = {key: times for key, times in stops(city, trips).items() if not key[0].startswith(city.gb_code[:4])}
    provinces: dict[str, int] = {}
    for (code, _name), times in gone.items():
        provinces[f"{code[:2]}0000"] = provinces.get(f"{code[:2]}0000", 0) + times
    names = {one.code: one for one in Region.objects.filter(code__in=list(provinces), valid_to__isnull=True)}
    year = f"&year={when.year}"

    def stop(code: str, label: str, times: int) -> charts.Stop:
        told = _("%(times)s 次") % {"times": number(times)}
        return charts.Stop(code, label, times, told, f"{reverse('desk:trips')}?place={code}{year}")

    whole = [stop(code, _province(names, code), times) for code, times in provinces.items()]
    cities = [stop(code, name, times) for (code, name), times in gone.items() if code not in provinces]
    picture = charts.responsive(
        charts.journeys, city.gb_code, [*whole, *cities], title=_("外出招商去了哪里"), unit=_("次")
    )
    listed = sorted([(code, name, times) for (code, name), times in gone.items()], key=lambda one: (-one[2], one[0]))
    return {
        "picture": picture if gone else None,
        "place_columns": [
            {"key": "place", "label": _("目的地"), "kind": "link", "head": True},
            {"key": "province", "label": _("省份")},
            {"key": "times", "label": _("次数"), "kind": "number"},
        ],
        "place_rows": [
            {
                "place": {"text": name, "href": f"{reverse('desk:trips')}?place={code}{year}"},
                "province": _province(names, f"{code[:2]}0000"),
                "times": number(times),
            }
            for code, name, times in listed
        ],
    }


def _province(names: dict[str, Region], code: str) -> str:
    one = names.get(code)
    return (one.name_en if english() and one.name_en else one.short_name) if one else code


@desk_page(Can.READ_FIGURES)
def trip_notice(request: Any) -> HttpResponse:
    """The period's notice of trips (外出情况通报): group, persons, days, situation; ``xlsx=1`` or ``docx=1`` for the file.

    An officer gets the own unit's, whoever sees all gets all.
    """
    viewer = request.viewer
    city, when = viewer.city, period_asked(request, known_months(viewer.city))
    seen = _took_place(city, when).filter(pk__in=Trip.objects.visible_to(viewer).order_by().values("pk"))
    trips = list(seen[:MOST])
    lines = _notice_lines(city, trips)
    title = _("%(period)s外出招商情况通报") % {"period": period(when)}
    if request.GET.get("xlsx"):
        widths = (18, 40, 12, 8, 24, 60)
        heads = [SheetColumn(label, width=width) for label, width in zip(_notice_heads(), widths, strict=True)]
        rows: list[list[Value]] = [list(line) for line in lines]
        return sheet(heads, rows, title, [(_("时期"), str(when)), (_("范围"), _("经批准、有纪要或报告在册的外出"))])
    if request.GET.get("docx"):
        return attachment(write_docx(_notice_paper(city, when, title, lines)), DOCX, f"{title}.docx")
    keys = ("group", "people", "days", "count", "where", "situation")
    shown = {
        "when": when,
        "title": title,
        "columns": [
            {"key": key, "label": label, "head": key == "group"}
            for key, label in zip(keys, _notice_heads(), strict=True)
        ],
        "rows": [dict(zip(keys, line, strict=True)) for line in lines],
        "xlsx_url": address(request, xlsx="1"),
        "docx_url": address(request, docx="1"),
        **_menu(request, when),
    }
    return render(request, "desk/trips/notice.html", shown)


def _notice_heads() -> list[str]:
    return [_("团组"), _("人员"), _("日期"), _("天数"), _("目的地"), _("情况")]


def _notice_lines(city: City, trips: list[Trip]) -> list[list[str]]:
    parties, results = parties_of(city, trips), results_of(city, trips)
    found = []
    rank = rank_words(rules_on(city, trips[-1].first_day if trips else timezone.localdate()))
    for one in trips:
        went = [member for member in parties[one.pk].members if not member.absent]
        people = _("、").join(
            _("%(name)s（%(rank)s）") % {"name": member.name, "rank": rank(member.rank)} for member in went
        )
        days, places = days_text(one.first_day, one.last_day), places_text(parties[one.pk])
        found.append([whose(one), people, days, number(one.days), places, situation(results[one.pk], one.report)])
    return found


def situation(result: Results, report: str) -> str:
    """What is told of a trip in one sentence, from the records; the report after it."""
    said = [_("会见 %(count)s 场") % {"count": result.meetings}]
    if result.leads:
        said.append(_("带回线索 %(count)s 条") % {"count": result.leads})
    if result.projects:
        said.append(_("关联项目 %(count)s 个") % {"count": result.projects})
    if result.signed:
        said.append(
            _("其后签约 %(count)s 个、合同额 %(yi)s 亿元") % {"count": result.signed, "yi": yi(result.contract_fen, 2)}
        )
    if result.arrived_fen:
        said.append(_("其后到位 %(wan)s 万元") % {"wan": wan(result.arrived_fen)})
    return _("，").join(said) + _("。") + report


def _notice_paper(city: City, when: Period, title: str, lines: list[list[str]]) -> Document:
    weights = (2, 4, 2, 1, 2, 5)
    columns = tuple(Column(label, weight=weight) for label, weight in zip(_notice_heads(), weights, strict=True))
    table = Table(
        columns,
        tuple(row(*line) for line in lines),
        caption=title,
        source_note=_("签约和到位只算有人确认与外出有关的项目；“其后”不等于“因此”。"),
    )
    counts = [
        _("%(name)s %(count)s 次")
        % {"name": one.name_en if english() else one.name, "count": counted_trips(city, one.code, when).count()}
        for one in rules_on(city, days_of(when)[1]).counts
    ]
    language: Any = "en" if (get_language() or "").startswith("en") else "zh"
    return Document(
        title=title,
        issuer=named(city),
        date=timezone.localdate(),
        blocks=(
            Paragraph(runs(_("，").join(counts) + _("；全部外出 %(count)s 次。") % {"count": len(lines)})),
            Heading(1, runs(_("各团组情况"))),
            table,
        ),
        language=language,
        sample=city.is_sample,
    )
