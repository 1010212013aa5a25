"""Numbers that the account does not hold and that regulations ask for: what is on file, and entering a document's numbers."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.assessments import entering
from zhaoshang.assessments.inputs import span_of, units_of
from zhaoshang.assessments.models import EnteredInput, Regulation
from zhaoshang.assessments.rules.scheme import Entered
from zhaoshang.common.periods import Period
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import with_unit
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import page_of
from zhaoshang.desk.refusals import say
from zhaoshang.desk.shown import known_months, period_asked, periods_offered
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import called, moment, number, period


def _asked_for(request: Any) -> dict[str, Entered]:
    """Every number that some regulation in force asks for, by code; where two name it, the later regulation's words count."""
    rows = Regulation.objects.of(request.viewer.city).filter(issued_at__isnull=False, valid_to__isnull=True)
    return {entered.code: entered for one in rows.order_by("valid_from", "id") for entered in one.scheme().entered}


@desk_page(Can.ASSESS)
def entered(request: Any) -> HttpResponse:
    """What is on file, the latest first."""
    known, months = _asked_for(request), known_months(request.viewer.city)
    rows = EnteredInput.objects.of(request.viewer.city).select_related("unit", "entered_by")
    code = request.GET.get("code", "")
    page = page_of(request, rows.filter(code=code) if code else rows)
    shown = {
        "page": page,
        "rows": [_row(one, known.get(one.code)) for one in page.rows],
        "codes": [(one.code, one.name) for one in known.values()],
        "code": code,
        "offered": periods_offered(months, period_asked(request, months)) if months else [],
    }
    return render(request, "desk/assessments/entered.html", shown)


def _row(one: EnteredInput, known: Entered | None) -> dict[str, Any]:
    return {
        "name": {"text": known.name if known else one.code, "note": _("示例") if one.is_sample else None},
        "unit": named(one.unit),
        "period": period(Period(one.first_month, one.last_month)),
        "value": with_unit(one.value, known.unit if known and known.unit != "—" else ""),
        "document": {"text": one.document, "note": one.note} if one.note else one.document,
        "who": {"text": called(one.entered_by), "note": moment(one.entered_at)},
    }


@desk_page(Can.ASSESS, methods=("GET", "POST"))
def entered_new(request: Any) -> HttpResponse:
    """The numbers of one document for one period, ``?code= &period=``; empty ones stay as they are."""
    known, city = _asked_for(request), request.viewer.city
    one = known.get(request.GET.get("code", ""))
    if one is None:
        raise Http404
    when = span_of(one, period_asked(request, known_months(city)))
    units, given = units_of(city, when), request.POST
    errors: list[str] = []
    if request.method == "POST":
        values = _typed(units, given, errors)
        if not errors and not values:
            errors.append(_("至少填一个地区的数。"))
        if not errors:
            try:
                made = entering.enter_inputs(
                    city=city, code=one.code, period=when, values=values, document=given.get("document", "")[:200],
                    note=given.get("note", "")[:400], by=request.viewer.user, at=timezone.now(),
                )  # fmt: skip
            except (entering.DocumentMissing, entering.BadNumber) as refusal:
                errors.append(say(refusal, request.viewer))
            else:
                messages.success(
                    request, _("已登记 %(count)s 个数。考核草稿重算后计入。") % {"count": number(len(made))}
                )
                return redirect(reverse("desk:entered") + f"?code={one.code}")
    shown = {
        "one": one,
        "when": when,
        "fields": [(f"unit_{unit.code}", named(unit), given.get(f"unit_{unit.code}", "")) for unit in units],
        "document": given.get("document", ""),
        "note": given.get("note", ""),
        "errors": errors,
        "back": reverse("desk:entered"),
    }
    return render(request, "desk/assessments/enter.html", shown, status=422 if errors else 200)


def _typed(units: list[ReportingUnit], given: Any, errors: list[str]) -> dict[ReportingUnit, Decimal]:
    """The numbers that were typed; what cannot be read is named by its unit."""
    found = {}
    for unit in units:
        text = given.get(f"unit_{unit.code}", "").strip().replace(",", "")
        if not text:
            continue
        try:
            found[unit] = Decimal(text)
        except InvalidOperation:
            errors.append(
                _("%(unit)s：“%(text)s”不是一个数。只用数字和小数点。") % {"unit": named(unit), "text": text[:40]}
            )
    return found
