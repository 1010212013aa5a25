"""Drafting rules: written as a form, tried on past months, and issued under a document's number."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital import counting
from zhaoshang.capital.models import RuleSet
from zhaoshang.capital.queries import Trial, official_rules, try_rules
from zhaoshang.capital.rules import KIND_LABELS, PROOF_LABELS, BadRule
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period, month_text
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms import rules as forms
from zhaoshang.desk.views.errors import error_page
from zhaoshang.desk.views.rules import RULE_KIND_LABELS, found_rules, rule_detail, validity
from zhaoshang.people.rules import Can
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.regions.rules import SOURCE_CLASS_LABELS, MonthState
from zhaoshang.ui import charts
from zhaoshang.ui.filters import percent, wan

EMPTY: dict[str, Any] = {"rules": [], "evidence": {}}


def found_draft(request: Any, code: str) -> RuleSet:
    """The draft; an issued set is no draft any more."""
    rules = found_rules(request.viewer, code)
    if rules.issued_at is not None:
        raise Http404
    return rules


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def rule_new(request: Any) -> HttpResponse:
    """Begin a draft, from an existing set or from nothing."""
    viewer = request.viewer
    sets = {rules.code: rules for rules in RuleSet.objects.of(viewer.city)}
    form = forms.NewForm(request.POST or None, bases=[(rules.code, rules.title) for rules in sets.values()])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        base = sets.get(given.pop("base"))
        try:
            with transaction.atomic():
                rules = counting.draft_rules(
                    city=viewer.city,
                    content=base.content if base else EMPTY,
                    by=viewer.user,
                    at=timezone.now(),
                    **given,
                )
        except IntegrityError:
            form.add_error("code", _("这个代号已有规则使用。"))
        else:
            return redirect("desk:rule_edit", rules.code)
    return render(request, "desk/rules/new.html", {"form": form}, status=422 if form.errors else 200)


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def rule_edit(request: Any, code: str) -> HttpResponse:
    """Change a draft: rules are added, taken away, moved; nothing is kept until everything can be read."""
    rules = found_draft(request, code)
    if request.method == "GET":
        return _edit_page(request, rules, _head(rules), forms.rows_of(rules.content), forms.matrix_of(rules.content))
    head, rows, matrix = forms.HeadForm(request.POST), forms.rows_from(request.POST), forms.matrix_from(request.POST)
    step = request.POST.get("step", "")
    if step != "save":
        return _edit_page(request, rules, head, forms.rearranged(rows, step, request.POST.get("new_kind", "")), matrix)
    content = {"rules": [row.content() for row in rows], "evidence": forms.evidence_of(matrix)}
    if not head.is_valid() or any(row.errors for row in rows):
        return _edit_page(request, rules, head, rows, matrix, status=422)
    try:
        counting.revise_rules(
            rules=rules, content=content, by=request.viewer.user, at=timezone.now(), **head.cleaned_data
        )
    except counting.AlreadyIssued:
        return error_page(request, 409, detail=_("这一版已经发布，不再改动。请另起一稿。"))
    except BadRule as refusal:
        head.add_error(None, str(refusal))
        return _edit_page(request, rules, head, rows, matrix, status=422)
    messages.success(request, _("草稿已保存。发布之前请先试算。"))
    return redirect("desk:rule_set", rules.code)


def _head(rules: RuleSet) -> forms.HeadForm:
    months = {name: month_text(getattr(rules, name)) for name in ("valid_from", "computed_from")}
    return forms.HeadForm(initial={"title": rules.title, "source": rules.source, **months})


def _edit_page(
    request: Any,
    rules: RuleSet,
    head: forms.HeadForm,
    rows: list[forms.RuleRow],
    matrix: forms.Matrix,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "rules": rules,
        "form": head,
        "rows": rows,
        "matrix": matrix,
        "groups": range(forms.GROUPS + 1),
        "rule_kinds": {kind: _(text) for kind, text in RULE_KIND_LABELS.items()},
        "sources": [(str(one), _(text)) for one, text in SOURCE_CLASS_LABELS.items()],
        "industries": [(key, f"{key} {_(text)}") for key, text in INDUSTRIES.items()],
        "kinds": [(str(one), _(text)) for one, text in KIND_LABELS.items()],
        "proofs": [(str(one), _(text)) for one, text in PROOF_LABELS.items()],
    }
    return render(request, "desk/rules/edit.html", shown, status=status)


@desk_page(Can.WRITE_RULES)
def rule_try(request: Any, code: str) -> HttpResponse:
    """What a set would have counted in past months against the official one, by unit. Nothing is written."""
    rules = found_rules(request.viewer, code)
    typed = request.GET.get("period", "").strip()
    shown: dict[str, Any] = {"rules": rules, "period": typed, "error": "", "trial": None}
    if typed:
        try:
            period = Period.parse(typed)
        except NotAPeriod:
            shown["error"] = _("请写成 2023Q1、2022 或 2023-01/2023-03。")
        else:
            shown["trial"] = _trial(request, rules, period)
    return render(request, "desk/rules/try.html", shown, status=422 if shown["error"] else 200)


def _trial(request: Any, rules: RuleSet, period: Period) -> dict[str, Any]:
    city = request.viewer.city
    official = official_rules(city, period.last)
    sums = try_rules(city, official, rules.content, period)
    units = list(ReportingUnit.objects.of(city))
    rows = [_trial_row(named(unit), sums.get(unit.pk, Trial(0, 0))) for unit in units]
    total = Trial(sum(one.before_fen for one in sums.values()), sum(one.after_fen for one in sums.values()))
    points = [
        charts.Point(
            named(unit),
            in_unit(sums[unit.pk].after_fen, "万元", 2),
            f"{wan(sums[unit.pk].after_fen)} " + _("万元"),
            mark=in_unit(sums[unit.pk].before_fen, "万元", 2),
        )
        for unit in units
        if unit.pk in sums
    ]
    title = _("按草稿计入的金额")
    return {
        "official": official,
        "rows": [*rows, {**_trial_row(_("全市"), total), "_kind": "total"}],
        "drawing": charts.responsive(charts.bars, points, title=title, mark_label=_("按现行规则")) if points else "",
    }


def _trial_row(name: str, trial: Trial) -> dict[str, Any]:
    change = trial.after_fen - trial.before_fen
    share = percent(Decimal(change) * 100 / trial.before_fen, 1, sign=True, unit=False) if trial.before_fen else None
    return {
        "unit": name,
        "before": wan(trial.before_fen),
        "after": wan(trial.after_fen),
        "change": f"{'+' if change > 0 else ''}{wan(change)}",
        "percent": share,
        "_kind": "" if change else "muted",
    }


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def rule_issue(request: Any, code: str) -> HttpResponse:
    """Issue a draft, after reading once more what it says and typing the number of the document."""
    rules, error = found_draft(request, code), ""
    document = request.POST.get("document", rules.document).strip()[:120]
    if request.method == "POST":
        error = "" if document else _("请写文号；没有文件的规则不能发布。")
        if not error:
            try:
                counting.issue_rules(rules=rules, document=document, by=request.viewer.user, at=timezone.now())
            except counting.AlreadyIssued:
                return error_page(request, 409, detail=_("这一版已经由他人发布。"))
            except counting.OverlapsIssued:
                error = _("已有规则自同一月或更晚的月份起适用。请改草稿的适用月份。")
            else:
                messages.success(
                    request, _("已发布，适用 %(months)s。") % {"months": validity(found_rules(request.viewer, code))}
                )
                return redirect("desk:rule_set", code)
    closed = ReportMonth.objects.of(request.viewer.city).filter(state=MonthState.CLOSED, number__gte=rules.valid_from)
    shown = {
        "rules": rules,
        "lines": [f"{rule['no']}　{rule['text']}　{rule_detail(rule)}" for rule in rules.content["rules"]],
        "closed": [str(one) for one in closed],
        "document": document,
        "error": error,
        "back": reverse("desk:rule_set", args=[code]),
    }
    return render(request, "desk/rules/issue.html", shown, status=422 if error else 200)


@desk_page(Can.WRITE_RULES, methods=("POST",))
def rule_discard(request: Any, code: str) -> HttpResponse:
    """Throw a draft away."""
    try:
        counting.discard_rules(rules=found_draft(request, code), by=request.viewer.user, at=timezone.now())
    except counting.AlreadyIssued:
        return error_page(request, 409, detail=_("这一版已经由他人发布。"))
    messages.success(request, _("草稿已弃置。"))
    return redirect("desk:rule_list")
