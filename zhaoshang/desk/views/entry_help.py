"""What the entry form asks the server while somebody types: which project is meant, and what amount was understood."""

from datetime import date
from typing import Any

from django.forms import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from zhaoshang.capital.currencies import CURRENCIES, Foreign
from zhaoshang.capital.exchange import RateMissing, Rates
from zhaoshang.capital.queries import in_place_of
from zhaoshang.capital.rules import Origin
from zhaoshang.common.money import WAN, YI
from zhaoshang.common.spelled import spelled
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.payment import PaymentForm, find_project, read_amount, read_foreign
from zhaoshang.desk.lists import LONGEST_FILTER, as_number
from zhaoshang.desk.payment_story import conversion
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.review.workbooks.amounts import UNITS
from zhaoshang.ui.filters import wan, with_note, yi, yuan

OFFERED = 12


@desk_page(Can.DECLARE)
def project_suggest(request: Any) -> HttpResponse:
    """Projects that fit what is being typed: by the beginning of the code, then by a part of the name."""
    text = request.GET.get("project", "").strip()[:LONGEST_FILTER]
    seen = Project.objects.visible_to(request.viewer).select_related("unit").order_by("-code")
    found = list(seen.filter(code__istartswith=text.split(" ")[0])[:OFFERED])
    if len(found) < OFFERED:
        known = {project.pk for project in found}
        found += [project for project in seen.filter(name__icontains=text)[:OFFERED] if project.pk not in known]
    return render(request, "desk/payments/suggest.html", {"projects": found[:OFFERED]})


@desk_page(Can.DECLARE)
def project_facts(request: Any) -> HttpResponse:
    """What is known of the project that was chosen, and the fields that follow from it."""
    try:
        project = find_project(request.viewer, request.GET.get("project", ""))
    except ValidationError as error:
        return HttpResponse(escape(error.messages[0]))
    year = timezone.localdate().year
    if month := as_number(request.GET.get("report_month")):
        year = month // 12
    began = project.landed_on or project.signed_on
    known = {
        "source_code": project.source_code,
        "origin": Origin.NEW if began is None or began.year == year else Origin.CONTINUED,
        "payer": request.GET.get("payer", "").strip() or project.investor,
    }
    form = PaymentForm(viewer=request.viewer, months=[], today=timezone.localdate(), initial=known)
    shown = {"project": project, "in_place": in_place_of(project.city, project.pk), "form": form}
    return render(request, "desk/payments/facts.html", shown)


@desk_page(Can.DECLARE)
def payment_echo(request: Any) -> HttpResponse:
    """The amount as it was understood, in figures and in capital numerals, foreign money with its conversion; or why it was not."""
    text, unit = request.GET.get("amount", "").strip(), request.GET.get("unit", "")
    currency = request.GET.get("currency", "")
    if not text or unit not in UNITS:
        return HttpResponse("")
    try:
        foreign, fen = _foreign(request, text, unit) if currency in CURRENCIES else (None, read_amount(text, unit))
    except ValidationError as error:
        return HttpResponse(escape(error.messages[0]))
    except RateMissing as missing:
        return HttpResponse(escape(_(missing.template).format(**missing.params)))
    if foreign:
        return HttpResponse(with_note(f"= {conversion(foreign, fen)}", spelled(fen)))
    parts = [f"{yuan(fen)} " + _("元")]
    if fen >= WAN:
        parts.append(f"{wan(fen)} " + _("万元"))
    if fen >= YI:
        parts.append(f"{yi(fen, 4)} " + _("亿元"))
    return HttpResponse(with_note(f"= {' = '.join(parts)}", spelled(fen)))


def _foreign(request: Any, text: str, unit: str) -> tuple[Foreign, int]:
    """What would be declared. Raises ``ValidationError``, :class:`RateMissing`."""
    currency = request.GET["currency"]
    minor = read_foreign(text, unit, currency)
    try:
        day = date.fromisoformat(request.GET.get("paid_on", ""))
    except ValueError:
        raise ValidationError(_("外币按到账当天的汇率折算，请先填到账日期。")) from None
    return Rates(request.viewer.city).converted(currency, minor, day)
