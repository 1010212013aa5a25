"""The top bar's search: projects by name, code or enterprise; payments by bank serial or by their place in the ledger; saved questions
by title."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhaoshang.capital.models import Payment
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.questions.examples import saved_links
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.questions.queries import saved_for
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import wan

LONGEST_CHARACTERS = 80
SHOWN = 30


@desk_page(Can.READ_PAYMENTS)
def search(request: Any) -> HttpResponse:
    """``?q=``; what the viewer may see, and straight to the page when only one thing is found."""
    text = request.GET.get("q", "").strip()[:LONGEST_CHARACTERS]
    projects, payments = (_projects(request.viewer, text), _payments(request.viewer, text)) if text else ([], [])
    questions = _questions(request.viewer, text) if text else []
    if len(projects) + len(payments) == 1 and not questions:
        return redirect(_address((projects + payments)[0]))
    shown = {
        "text": text,
        "projects": [_project_row(one) for one in projects],
        "payments": [_payment_row(one) for one in payments],
        "questions": [
            {"question": {"text": one["label"], "href": one["href"]}, "owner": one["owner"]} for one in questions
        ],
    }
    return render(request, "desk/search.html", shown)


def _projects(viewer: Viewer, text: str) -> list[Any]:
    rows = Project.objects.visible_to(viewer).filter(
        Q(name__icontains=text)
        | Q(code__iexact=text)
        | Q(statistics_name__icontains=text)
        | Q(enterprise__name__icontains=text)
        | Q(enterprise__uscc__iexact=text)
    )
    return list(rows.select_related("unit", "enterprise").order_by("code")[:SHOWN])


def _payments(viewer: Viewer, text: str) -> list[Any]:
    wanted = Q(bank_serial=text) & ~Q(bank_serial="")
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 16:
        wanted |= Q(seq=int(number))
    rows = Payment.objects.visible_to(viewer).filter(wanted)
    return list(rows.select_related("project", "unit").order_by("-id")[:SHOWN])


def _questions(viewer: Viewer, text: str) -> list[dict[str, Any]]:
    kept = saved_links(saved_for(viewer.city, viewer.user).filter(title__icontains=text)[:SHOWN], viewer.user)
    return [*kept["own"], *kept["others"]]


def _address(one: Project | Payment) -> str:
    return (
        reverse("desk:project", args=[one.code]) if isinstance(one, Project) else reverse("desk:payment", args=[one.pk])
    )


def _project_row(one: Project) -> dict[str, Any]:
    return {
        "name": {"text": one.name, "href": _address(one), "note": one.code},
        "enterprise": one.enterprise.name,
        "unit": named(one.unit),
        "_href": _address(one),
    }


def _payment_row(one: Payment) -> dict[str, Any]:
    return {
        "project": {"text": one.project.name, "href": _address(one), "note": one.bank_serial},
        "amount": wan(one.amount_fen),
        "paid_on": one.paid_on.isoformat(),
        "unit": named(one.unit),
        "_href": _address(one),
    }
