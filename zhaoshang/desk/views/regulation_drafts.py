"""Drafting a regulation: written as text, tried on a past period, issued under a document's number."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.assessments import regulating
from zhaoshang.assessments.lighting import lights_now
from zhaoshang.assessments.models import Regulation
from zhaoshang.assessments.queries import Compared, issued_regulations, try_regulation
from zhaoshang.assessments.rules.scheme import COLOUR_LABELS, Colour, LightRule, Line, Scheme
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.assessments.rules.tables import BadRegulation
from zhaoshang.assessments.samples import SAMPLES
from zhaoshang.common.periods import NotAPeriod, Period, month_text
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import COLOUR_PILLS, colour_pill, said
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.regulation import NewForm, RevisionForm
from zhaoshang.desk.refusals import say
from zhaoshang.desk.shown import known_months, period_asked, periods_offered
from zhaoshang.desk.views.errors import error_page
from zhaoshang.desk.views.regulations import found_regulation
from zhaoshang.people.rules import Can
from zhaoshang.ui import charts
from zhaoshang.ui.filters import clause, period


def found_draft(request: Any, code: str) -> Regulation:
    """The draft; an issued one is no draft any more."""
    one = found_regulation(request.viewer, code)
    if one.issued_at is not None:
        raise Http404
    return one


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def regulation_new(request: Any) -> HttpResponse:
    """Begin a draft; ``?from=`` a sample or an existing regulation puts its text into the form."""
    viewer = request.viewer
    rows = list(Regulation.objects.of(viewer.city).order_by("-valid_from"))
    form = NewForm(
        request.POST or None,
        issued=[one for one in rows if one.issued_at is not None and one.valid_to is None],
        initial=_beginning(request.GET.get("from", ""), rows),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = regulating.draft_regulation(city=viewer.city, by=viewer.user, at=timezone.now(), **form.cleaned_data)
        except BadRegulation as refusal:
            form.refuse(refusal)
        except regulating.CodeTaken as refusal:
            form.add_error("code", say(refusal, viewer))
        else:
            messages.success(request, _("草稿已保存。发布之前请先试算。"))
            return redirect("desk:regulation_open", made.code)
    shown = {"form": form, "samples": SAMPLES, "existing": rows, "back": reverse("desk:regulation_list"), "draft": None}
    return render(request, "desk/regulations/edit.html", shown, status=422 if form.errors else 200)


def _beginning(name: str, rows: list[Regulation]) -> dict[str, Any]:
    for one in SAMPLES:
        if name == f"sample:{one.code}":
            return {"text": one.text, "title": one.title, "source": one.source, "purpose": one.purpose}
    for row in rows:
        if name == row.code:
            replaces = row.code if row.issued_at and row.valid_to is None else ""
            return {
                "text": row.text,
                "title": row.title,
                "source": row.source,
                "purpose": row.purpose,
                "replaces": replaces,
            }
    return {}


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def regulation_edit(request: Any, code: str) -> HttpResponse:
    """Change a draft; nothing is kept until the whole text can be read."""
    one = found_draft(request, code)
    initial = {"title": one.title, "source": one.source, "text": one.text, "valid_from": month_text(one.valid_from)}
    form = RevisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            regulating.revise_regulation(regulation=one, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
        except BadRegulation as refusal:
            form.refuse(refusal)
        except regulating.AlreadyIssued as refusal:
            return error_page(request, 409, detail=say(refusal, request.viewer))
        else:
            messages.success(request, _("草稿已保存。发布之前请先试算。"))
            return redirect("desk:regulation_open", code)
    shown = {
        "form": form,
        "samples": [],
        "existing": [],
        "back": reverse("desk:regulation_open", args=[code]),
        "draft": one,
    }
    return render(request, "desk/regulations/edit.html", shown, status=422 if form.errors else 200)


@desk_page(Can.WRITE_RULES)
def regulation_try(request: Any, code: str) -> HttpResponse:
    """What each unit would score in a past period, beside what it scores under another regulation. Nothing is written."""
    one, city = found_regulation(request.viewer, code), request.viewer.city
    bases = [base for base in issued_regulations(city, Purpose(one.purpose)) if base.pk != one.pk]
    months, typed = known_months(city), request.GET.get("period", "").strip()
    base = next((base for base in bases if base.code == request.GET.get("base", bases[0].code if bases else "")), None)
    shown: dict[str, Any] = {
        "one": one,
        "bases": [("", _("不比较")), *((base.code, base.title) for base in bases)],
        "base": base,
        "offered": periods_offered(months, period_asked(request, months)) if months else [],
        "typed": typed,
        "error": "",
        "scores": None,
        "lights": None,
    }
    if typed:
        try:
            when = Period.parse(typed)
        except NotAPeriod:
            shown["error"] = _("请写成 2023Q1、2022 或 2023-01/2023-03。")
        else:
            shown |= {"when": period(when)} | (
                _scores(one, base, when) if one.purpose == Purpose.SCORES else _lights(one, base, when)
            )
    return render(request, "desk/regulations/try.html", shown, status=422 if shown["error"] else 200)


def _scores(one: Regulation, base: Regulation | None, when: Period) -> dict[str, Any]:
    compared = try_regulation(one, base, when)
    points = [
        charts.Point(
            named(row.unit),
            Decimal(row.after["total"]),
            row.after["total"],
            mark=Decimal(row.before["total"]) if row.before and row.before["total"] else None,
        )
        for row in compared
        if row.after["total"] is not None
    ]
    label = base.title if base else ""
    drawing = charts.responsive(charts.bars, points, title=_("试算得分"), mark_label=label) if points else ""
    return {"scores": [_compared_row(row) for row in compared], "drawing": drawing}


def _compared_row(row: Compared) -> dict[str, Any]:
    before, after, change = row.before or {"total": None, "rank": None}, row.after, row.change
    moved = before["rank"] - after["rank"] if before["rank"] and after["rank"] else 0
    return {
        "unit": named(row.unit),
        "group": after["group"],
        "before": before["total"],
        "before_rank": str(before["rank"]) if before["rank"] else None,
        "after": after["total"],
        "rank": {"text": after["rank"], "change": moved} if after["rank"] else None,
        "change": None if change is None else f"{change:+}",
        "told": _("；").join(said(note) for note in (*after["notes"], *after["shares"])),
        "_kind": "muted" if change == 0 and not moved else "",
    }


def _lights(one: Regulation, base: Regulation | None, when: Period) -> dict[str, Any]:
    """Each light at the period's last month, and how many of each colour there are under both."""
    found = lights_now(one.city, one.scheme(), when.last)
    rules = one.scheme().lights
    rows: dict[str, dict[str, Any]] = {}
    for unit, rule, shining, _inputs in found:
        row = rows.setdefault(unit.code, {"unit": named(unit)})
        row[f"light{rules.index(rule)}"] = colour_pill(shining.colour)
    before = _counted(one, base.scheme(), when) if base else None
    after = _counted(one, one.scheme(), when)
    counts = [
        {
            "colour": {"text": _(text), "pill": COLOUR_PILLS[colour]},
            "before": str(before[colour]) if before is not None else None,
            "after": str(after[colour]),
        }
        for colour, text in COLOUR_LABELS.items()
    ]
    columns = [
        {"key": f"light{place}", "label": f"{clause(rule.no)} {rule.name}", "kind": "pill"}
        for place, rule in enumerate(rules)
    ]
    return {"lights": list(rows.values()), "light_columns": columns, "counts": counts}


def _counted(one: Regulation, scheme: Scheme, when: Period) -> Counter[Colour]:
    return Counter(shining.colour for _unit, _rule, shining, _inputs in lights_now(one.city, scheme, when.last))


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def regulation_issue(request: Any, code: str) -> HttpResponse:
    """Issue a draft under a document's number, after reading once more what it says."""
    one, error = found_draft(request, code), ""
    document = request.POST.get("document", one.document).strip()[:120]
    if request.method == "POST":
        try:
            regulating.issue_regulation(regulation=one, document=document, by=request.viewer.user, at=timezone.now())
        except (regulating.DocumentMissing, regulating.CannotReplace) as refusal:
            error = say(refusal, request.viewer)
        except regulating.AlreadyIssued as refusal:
            return error_page(request, 409, detail=say(refusal, request.viewer))
        else:
            messages.success(request, _("办法已发布。"))
            return redirect("desk:regulation_open", code)
    scheme = one.scheme()
    articles: list[Line | LightRule] = [*scheme.lines, *scheme.lights]
    shown = {
        "one": one,
        "lines": [f"{clause(article.no)}　{article.name}：{article.text}" for article in articles],
        "document": document,
        "error": error,
        "back": reverse("desk:regulation_open", args=[code]),
    }
    return render(request, "desk/regulations/issue.html", shown, status=422 if error else 200)


@desk_page(Can.WRITE_RULES, methods=("POST",))
def regulation_discard(request: Any, code: str) -> HttpResponse:
    """Throw a draft away."""
    try:
        regulating.discard_regulation(regulation=found_draft(request, code), by=request.viewer.user, at=timezone.now())
    except regulating.AlreadyIssued as refusal:
        return error_page(request, 409, detail=say(refusal, request.viewer))
    messages.success(request, _("草稿已弃置。"))
    return redirect("desk:regulation_list")
