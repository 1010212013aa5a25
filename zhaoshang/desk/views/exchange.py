"""Exchange rates on record: the list, one entered, many from a sheet. What was converted by a rate keeps it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.currencies import CURRENCIES, rate_text
from zhaoshang.capital.exchange import BadRate, enter_rates
from zhaoshang.capital.models import ExchangeRate
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.exchange import RateFileForm, RateForm, currency_choices
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.people.rules import Can
from zhaoshang.review.rate_list import COLUMNS, TEMPLATES, read_rates
from zhaoshang.ui.filters import called

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED, MOST_PROBLEMS = 10_000, 200


@desk_page(Can.READ_PAYMENTS)
def exchange_list(request: Any) -> HttpResponse:
    """Rates, the last entered first; ``?currency=`` of one currency."""
    return _list(request, RateFileForm())


def _list(request: Any, form: RateFileForm, problems: Sequence[Problem] = ()) -> HttpResponse:
    wanted = chosen(request, {"currency": ""})
    rows = ExchangeRate.objects.of(request.viewer.city).select_related("entered_by")
    rows = rows.filter(**wanted)
    if request.GET.get("xlsx"):
        return _as_sheet(list(rows.order_by("-id")[:MOST_EXPORTED]))
    page = page_of(request, rows)
    context = {
        "page": page,
        "rows": [_row(one) for one in page.rows],
        "wanted": wanted,
        "choices": [("", _("全部")), *currency_choices()],
        "form": form,
        "may_enter": request.viewer.can(Can.WRITE_RULES),
        "xlsx_url": address(request, xlsx="1"),
        "problem_count": len(problems),
        "problem_rows": [
            {"cell": one.cell, "value": one.value, "message": _(TEMPLATES[one.code]).format(**one.params)}
            for one in problems[:MOST_PROBLEMS]
        ],
    }
    return render(request, "desk/exchange/list.html", context, status=422 if problems or form.errors else 200)


def _row(one: ExchangeRate) -> dict[str, Any]:
    return {
        "on": f"{one.on:%Y-%m-%d}",
        "currency": {"text": one.currency, "note": _(CURRENCIES[one.currency].label)},
        "rate": rate_text(one.rate_e8),
        "source": {"text": one.source, "note": called(one.entered_by)},
        "standing": {"text": _("更正"), "pill": "warn", "note": _("第 %(count)s 次录入") % {"count": one.revision}}
        if one.revision > 1
        else {"text": _("在册"), "pill": "ok"},
    }


def _as_sheet(rows: Sequence[ExchangeRate]) -> HttpResponse:
    heads = [Column(_(one.label), width=18) for one in COLUMNS] + [Column(_("第几次录入"), "integer")]
    lines: list[list[Any]] = [
        [f"{one.on:%Y-%m-%d}", one.currency, rate_text(one.rate_e8), "1", one.source, one.revision] for one in rows
    ]
    return sheet(heads, lines, _("汇率"), [(_("汇率"), _("1 单位外币折多少元人民币"))])


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def exchange_new(request: Any) -> HttpResponse:
    """Enter a rate as it was published."""
    form = RateForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        given = form.rate_given()
        made = enter_rates(city=request.viewer.city, rates=[given], by=request.viewer.user, at=timezone.now())
        said = {"currency": given.currency, "day": given.on, "rate": rate_text(given.rate_e8)}
        text = (
            _("已录入：%(currency)s %(day)s %(rate)s。")
            if made
            else _("%(currency)s %(day)s 的汇率已经是 %(rate)s，没有重复录入。")
        )
        messages.success(request, text % said)
        return redirect("desk:exchange_list")
    return render(request, "desk/exchange/form.html", {"form": form}, status=422 if form.errors else 200)


@desk_page(Can.WRITE_RULES, methods=("POST",))
def exchange_upload(request: Any) -> HttpResponse:
    """Enter a list of rates, all or none."""
    form = RateFileForm(request.POST, request.FILES)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = read_rates(file.read(), file.name or "", form.cleaned_data["source"])
            problems = found.problems
            if not problems and found.rates:
                made = enter_rates(
                    city=request.viewer.city, rates=found.rates, by=request.viewer.user, at=timezone.now()
                )
                said = {"made": len(made), "same": len(found.rates) - len(made)}
                messages.success(request, _("已录入 %(made)s 条；%(same)s 条与在册的相同，没有重复录入。") % said)
                return redirect("desk:exchange_list")
            if not problems:
                form.add_error("file", _("表头下面没有数据行"))
        except (Refused, BadRate) as refusal:
            form.add_error("file", _(refusal.template).format(**refusal.params))
    return _list(request, form, problems)


@desk_page(Can.WRITE_RULES)
def exchange_blank(request: Any) -> HttpResponse:
    """A blank list with the columns that are read."""
    heads = [Column(one.label, width=18) for one in COLUMNS]
    notes = [("汇率", "外币数量（1 或 100）折多少元人民币，如 100 日元 4.9072"), ("来源", "公布的机构、名称和日期")]
    return attachment(write_table(heads, [], "汇率", notes), XLSX, "汇率.xlsx")
