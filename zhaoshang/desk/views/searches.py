"""Saved searches as the desk may know of them: how many, what for, how the mail goes, never whose; and the days that the site promises."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.publishing import TermsForm
from zhaoshang.desk.lists import address, sheet
from zhaoshang.people.rules import Can
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.publishing import asking
from zhaoshang.publishing.models import SiteTerms
from zhaoshang.publishing.queries import terms_on
from zhaoshang.searches.queries import counts
from zhaoshang.searches.rules import SENDING_LABELS, STANDING_LABELS
from zhaoshang.ui.filters import date_


@desk_page(Can.ANSWER_PUBLIC)
def saved_searches(request: Any) -> HttpResponse:
    """How many searches stand how and which industries the confirmed ones look for; ``xlsx=1``."""
    city, today = request.viewer.city, timezone.localdate()
    found = counts(city, today)
    sought = [
        (_(INDUSTRIES[key]) if key in INDUSTRIES else _("不限行业"), number)
        for key, number in found["industries"].items()
    ]
    if request.GET.get("xlsx"):
        return sheet(
            [Column(_("行业"), width=32), Column(_("已确认的订阅"))], [[*row] for row in sought], _("订阅"), []
        )
    shown = {
        "standings": [(_(text), found["standings"][str(one)]) for one, text in STANDING_LABELS.items()],
        "mails": [(_(text), found["mails"].get(str(one), 0)) for one, text in SENDING_LABELS.items()],
        "since": found["since"],
        "columns": [
            {"key": "industry", "label": _("行业"), "head": True},
            {"key": "number", "label": _("已确认的订阅"), "kind": "number"},
        ],
        "rows": [{"industry": text, "number": str(number)} for text, number in sought],
        "xlsx_url": address(request, xlsx="1"),
        "terms": terms_on(city, today),
        "mail_on": bool(settings.EMAIL_BACKEND),
    }
    return render(request, "desk/publishing/searches.html", shown)


@desk_page(Can.ANSWER_PUBLIC, methods=("GET", "POST"))
def site_terms(request: Any) -> HttpResponse:
    """The deadlines of the site as they were issued, and the next ones."""
    city, today = request.viewer.city, timezone.localdate()
    form = TermsForm(request.POST or None, initial=asdict(terms_on(city, today)))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("valid_from", "document")}
        try:
            asking.issue_terms(city=city, terms=form.terms(), by=request.viewer.user, at=timezone.now(), **given)
        except asking.TermsTaken:
            form.add_error("valid_from", _("这一天已有施行的期限，请另选一天。"))
        else:
            messages.success(request, _("已发布，施行日起生效。"))
            return redirect("desk:site_terms")
    names = ("window_days", "reply_days", "contact_days", "confirm_days")
    rows = SiteTerms.objects.of(city).order_by("-valid_from")
    shown = {
        "form": form,
        "columns": [
            {"key": "valid_from", "label": _("施行日期"), "kind": "date", "head": True},
            {"key": "document", "label": _("依据文件")},
            *({"key": name, "label": TermsForm.base_fields[name].label, "kind": "number"} for name in names),
        ],
        "rows": [
            {"valid_from": date_(one.valid_from), "document": one.document}
            | {name: str(value) if (value := getattr(one, name)) is not None else None for name in names}
            for one in rows
        ],
    }
    return render(request, "desk/publishing/terms.html", shown, status=422 if form.errors else 200)
