"""Rates of projects: the same word by its different formulas, side by side; every one with its two numbers, cohort and cut-off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.rates import RateForm
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.shown import CITY, figure_address, known_months, place_shown, refusal_shown
from zhaoshang.figures.actions import RateCodeTaken, define_rate
from zhaoshang.figures.models import RateDefinition
from zhaoshang.figures.rate_rules import FACT_LABELS, Formula, Measure, read_formula
from zhaoshang.figures.rates import Behind, Rate, RateTable, behind, definitions, rate_table
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import english, number, percent, wan, yi
from zhaoshang.ui.filters import month as month_words
from zhaoshang.ui.filters import period as period_words

MOST_SHOWN = 100


def _cutoff(text: str, months: Period | None) -> int:
    try:
        return Period.parse(text).last
    except NotAPeriod:
        return months.last if months else 0


def word_shown(definition: RateDefinition) -> str:
    """The rate's word in the page's language."""
    return definition.word_en if english() and definition.word_en else definition.word


def title_shown(definition: RateDefinition) -> str:
    """The variant's title in the page's language."""
    return definition.title_en if english() and definition.title_en else definition.title


@desk_page(Can.READ_FIGURES)
def rates(request: Any) -> HttpResponse:
    """``?word= &month=``; ``xlsx=1`` for the file."""
    city = request.viewer.city
    known, months = definitions(city), known_months(city)
    cutoff = _cutoff(request.GET.get("month", ""), months)
    listed = {one.word: word_shown(one) for one in known}
    word = request.GET.get("word") if request.GET.get("word") in listed else next(iter(listed), "")
    page = {
        "word": word,
        "cutoff": cutoff,
        "month": str(Period(cutoff, cutoff)) if cutoff else "",
        "may_define": request.viewer.can(Can.WRITE_RULES),
    }
    if not known or months is None:
        return render(request, "desk/rates/list.html", page | {"tables": [], "tabs_by": [], "months": []})
    units = list(ReportingUnit.objects.of(city))
    for one in known:
        one.city = city
    tables = [rate_table(one, cutoff, units, months.first) for one in known if one.word == word]
    if request.GET.get("xlsx"):
        return _file(tables, listed[str(word)])
    shown = {
        "title": listed[str(word)],
        "months": [(str(Period(one, one)), month_words(one)) for one in reversed(list(months.months))],
        "tabs_by": [
            {"label": text, "href": address(request, word=one), "current": one == word} for one, text in listed.items()
        ],
        "tables": [_table(request, one) for one in tables],
        "xlsx_url": address(request) + "&xlsx=1",
    }
    return render(request, "desk/rates/list.html", page | shown)


def _table(request: Any, found: RateTable) -> dict[str, Any]:
    definition = found.definition
    return {
        "title": title_shown(definition),
        "code": definition.code,
        "is_sample": definition.is_sample,
        "source": definition.source,
        "dated": definition.dated,
        "formula": formula_words(found.formula),
        "refusal": refusal_shown(found.refusal) if found.refusal else "",
        "flows": _flows(request, found),
        "counted_by": found.rules.title if found.rules else "",
        "not_given": next((refusal_shown(one.refusal) for row in found.rows for one in row if one.refusal), ""),
        "unit_word": _("亿元") if found.is_money else _("个"),
        "columns": [
            {"key": "unit", "label": _("地区"), "head": True},
            *(
                {"key": str(year), "label": _cohort_label(found.formula, year), "unit": "%", "kind": "figure"}
                for year in found.years
            ),
        ],
        "rows": [_row(request, found, row) for row in found.rows],
    }


def formula_words(formula: Formula) -> list[tuple[str, str]]:
    """The formula in words: what stands above and below the line, and whose."""

    def any_of(facts: tuple[str, ...]) -> str:
        return _("或").join(_(FACT_LABELS[fact]) for fact in facts)

    if formula.is_flow:
        flows = [_("当期%(day)s") % {"day": _(FACT_LABELS[fact])} for fact in (formula.numerator[0], formula.cohort)]
        return [(_("分子"), flows[0]), (_("分母"), flows[1])]
    cohort = _("当年%(day)s的项目") % {"day": _(FACT_LABELS[formula.cohort])}
    if formula.denominator:
        cohort += _("，且已%(facts)s") % {"facts": _("、").join(_(FACT_LABELS[fact]) for fact in formula.denominator)}
    match formula.measure:
        case Measure.PROJECTS:
            above, below = _("%(facts)s的个数") % {"facts": any_of(formula.numerator)}, _("全部个数")
        case Measure.CONTRACT:
            above, below = _("%(facts)s的合同额") % {"facts": any_of(formula.numerator)}, _("全部合同额")
        case _:
            above, below = _("截止日前计入的到位资金"), _("全部合同额")
    return [(_("队列"), cohort), (_("分子"), above), (_("分母"), below)]


def _cohort_label(formula: Formula, year: int) -> str:
    return _("%(year)s年%(day)s") % {"year": year, "day": _(FACT_LABELS[formula.cohort])}


def _flows(request: Any, found: RateTable) -> dict[str, Any] | None:
    """Two counts of one period, side by side."""
    flows = found.flows
    if flows is None:
        return None
    return {
        "period": period_words(flows.period),
        "lower": number(sum(flows.lower.values())),
        "lower_label": _("当期%(day)s") % {"day": _(FACT_LABELS[found.formula.cohort])},
        "upper": number(sum(flows.upper.values())),
        "upper_label": _("当期%(day)s") % {"day": _(FACT_LABELS[found.formula.numerator[0]])},
        "lower_href": figure_address(flows.lower_code, None, flows.period) if flows.lower_code else None,
        "upper_href": figure_address(flows.upper_code, None, flows.period) if flows.upper_code else None,
    }


def _row(request: Any, found: RateTable, row: tuple[Rate, ...]) -> dict[str, Any]:
    unit = row[0].unit
    cells = {str(one.year): _cell(found, one) for one in row}
    return {"unit": place_shown(request.viewer.city, unit), "_kind": "" if unit else "total"} | cells


def _cell(found: RateTable, one: Rate) -> dict[str, Any] | None:
    if one.refusal or not one.tally.denominator:
        return None
    shown = (lambda value: yi(value, 2)) if found.is_money else number
    href = reverse(
        "desk:rate_open",
        args=[found.definition.code, one.unit.code if one.unit else CITY, one.year, Period(found.cutoff, found.cutoff)],
    )
    note = f"{shown(one.tally.numerator)} / {shown(one.tally.denominator)}"
    return {"text": percent(one.percent, unit=False), "href": href, "note": note}


@desk_page(Can.READ_FIGURES)
def rate_open(request: Any, code: str, unit: str, year: int, until: Period) -> HttpResponse:
    """The projects behind a rate: those of the numerator and the others of the denominator."""
    city = request.viewer.city
    definition = get_object_or_404(RateDefinition.objects.of(city).select_related("city"), code=code)
    place = None if unit == CITY else get_object_or_404(ReportingUnit.objects.of(city), code=unit)
    if not 1949 <= year <= until.last // 12:
        raise Http404
    months = known_months(city)
    formula = read_formula(definition.formula)
    table = rate_table(definition, until.last, [place] if place else [], months.first if months else 0)
    rate = next((one for row in table.rows for one in row if one.unit == place and one.year == year), None)
    listed = behind(definition, until.last, year, place, request.viewer) if rate and not rate.refusal else []
    is_money = table.is_money
    shown = (lambda value: yi(value, 2)) if is_money else number
    refusal = table.refusal or (rate.refusal if rate else None)
    page = {
        "definition": definition,
        "title": f"{word_shown(definition)} · {place_shown(city, place)}",
        "subtitle": title_shown(definition),
        "percent": percent(rate.percent, unit=False) if rate and rate.percent is not None else None,
        "numerator": shown(rate.tally.numerator) if rate else None,
        "denominator": shown(rate.tally.denominator) if rate else None,
        "unit_word": _("亿元") if is_money else _("个"),
        "cohort": _cohort_label(formula, year),
        "until": month_words(until.last),
        "formula": formula_words(formula),
        "refusal": refusal_shown(refusal) if refusal else "",
        "counted_by": table.rules.title if table.rules else "",
        "rows": [_project(one) for one in listed[:MOST_SHOWN]],
        "count": number(len(listed)),
        "note": _notes(request, len(listed)),
        "xlsx_url": "?xlsx=1",
    }
    if request.GET.get("xlsx"):
        return _projects_file(listed, page)
    return render(request, "desk/rates/open.html", page)


def _notes(request: Any, count: int) -> str:
    """What the list does not show."""
    hidden = "" if request.viewer.sees_all_units else _("只列出您可以查看的地区的项目。")
    return hidden + (
        _("页面只列前 %(count)s 个，全部在 xlsx 里。") % {"count": MOST_SHOWN} if count > MOST_SHOWN else ""
    )


def _projects_file(listed: list[Behind], page: dict[str, Any]) -> HttpResponse:
    heads = [Column(_("编号")), Column(_("项目"), width=34), Column(_("地区"), width=18), Column(_("计入"), width=16)]
    heads += [Column(_("签约"), "date"), Column(_("落地"), "date")]
    heads += [Column(text, "amount", 2, 18) for text in (_("合同额（万元）"), _("计入的到位（万元）"))]
    lines: list[list[Value]] = [
        [
            one.project.code,
            one.project.name,
            named(one.project.unit),
            _("分子、分母") if one.numerator > 0 else _("仅分母"),
            one.project.signed_on,
            one.project.landed_on,
            in_unit(one.project.contract_fen, "万元"),
            in_unit(one.arrived_fen, "万元"),
        ]
        for one in listed
    ]
    notes = [
        *page["formula"],
        (_("年份"), page["cohort"]),
        (_("截止"), page["until"]),
        (_("来源"), page["definition"].source),
    ]
    return sheet(heads, lines, page["definition"].word, notes)


def _project(one: Behind) -> dict[str, Any]:
    project = one.project
    counted = one.numerator > 0
    return {
        "name": {"text": project.name, "href": reverse("desk:project", args=[project.code]), "drawer": True},
        "unit": named(project.unit),
        "in": {"text": _("分子、分母") if counted else _("仅分母"), "pill": "ok" if counted else "off"},
        "signed": project.signed_on.isoformat() if project.signed_on else None,
        "landed": project.landed_on.isoformat() if project.landed_on else None,
        "contract": wan(project.contract_fen, 0),
        "arrived": wan(one.arrived_fen, 0) if one.arrived_fen else None,
    }


def _file(tables: list[RateTable], word: str) -> HttpResponse:
    heads = [Column(text, width=24) for text in (_("口径"), _("地区"), _("队列"))]
    heads += [
        Column(_("分子"), "amount", 2),
        Column(_("分母"), "amount", 2),
        Column(_("单位")),
        Column(_("比率（%）"), "percent"),
        Column(_("不给的理由"), width=60),
    ]
    rows: list[list[Value]] = []
    for table in tables:
        title = title_shown(table.definition)
        if table.refusal:
            rows.append([title, "", "", None, None, "", None, refusal_shown(table.refusal)])
        rows += [_line(table, title, one) for row in table.rows for one in row]
    notes = [(title_shown(table.definition), table.definition.source) for table in tables]
    cutoff = tables[0].cutoff
    notes.append((_("截止"), month_words(cutoff)))
    return sheet(heads, rows, _("%(word)s-截至%(month)s") % {"word": word, "month": str(Period(cutoff, cutoff))}, notes)


def _line(table: RateTable, title: str, one: Rate) -> list[Value]:
    place = named(one.unit) if one.unit else _("全市")
    numbers: list[Value] = [one.tally.numerator, one.tally.denominator, _("个")]
    if table.is_money:
        numbers = [in_unit(one.tally.numerator, "亿元", 2), in_unit(one.tally.denominator, "亿元", 2), _("亿元")]
    if one.refusal:
        numbers = [None, None, ""]
    return [
        title,
        place,
        _cohort_label(table.formula, one.year),
        *numbers,
        one.percent,
        refusal_shown(one.refusal) if one.refusal else "",
    ]


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def rate_new(request: Any) -> HttpResponse:
    """Put a formula on record, with its source."""
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = define_rate(
                city=request.viewer.city, by=request.viewer.user, at=timezone.now(), **form.fields_of_definition()
            )
        except RateCodeTaken:
            form.add_error("code", ValidationError(_("这个代码已有口径使用。改口径须另起代码，原来的留在册上。")))
        else:
            messages.success(request, _("已登记口径“%(name)s”。") % {"name": str(made)})
            return redirect(reverse("desk:rates") + f"?word={made.word}")
    return render(request, "desk/rates/form.html", {"form": form}, status=422 if form.errors else 200)
