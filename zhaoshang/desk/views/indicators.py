"""The indicator dictionary: what each name means from when to when, restated months on record, and one period under every version."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.periods import Period
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.values import PeriodField
from zhaoshang.desk.shown import (
    figure_address,
    growth_shown,
    known_months,
    period_asked,
    periods_offered,
    refusal_shown,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.figures import actions
from zhaoshang.figures.models import Indicator, IndicatorVersion, Restatement
from zhaoshang.figures.queries import UnknownIndicator, growth, keeps, of_version, versions_of
from zhaoshang.figures.rules import Refusal
from zhaoshang.people.rules import Can
from zhaoshang.regions.rules import SOURCE_CLASS_LABELS
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import month


class RestateForm(forms.Form):
    """Which months are also stated under a version, by which document and why."""

    version = forms.ChoiceField(label=gettext_lazy("按哪个口径重算"))
    period = PeriodField()
    document = forms.CharField(label=gettext_lazy("文号"), max_length=120)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, versions: list[IndicatorVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.code, titled(version)) for version in versions]
        self.fields["version"] = forms.ChoiceField(label=self.fields["version"].label, choices=choices)


@desk_page(Can.READ_FIGURES)
def indicators(request: Any) -> HttpResponse:
    """All names with their present meaning."""
    city = request.viewer.city
    versions: dict[Any, list[IndicatorVersion]] = {}
    for version in IndicatorVersion.objects.of(city).select_related("rule_set").order_by("valid_from"):
        versions.setdefault(version.indicator_id, []).append(version)
    rows = [_row(one, versions.get(one.pk, [])) for one in Indicator.objects.of(city)]
    return render(request, "desk/indicators/list.html", {"rows": rows})


def _row(indicator: Indicator, versions: list[IndicatorVersion]) -> dict[str, Any]:
    last = versions[-1] if versions else None
    return {
        "name": {"text": titled(indicator), "note": indicator.code},
        "unit": unit_shown(indicator),
        "meaning": {"text": titled(last), "note": _("自%(month)s") % {"month": month(last.valid_from)}}
        if last
        else None,
        "versions": str(len(versions)),
        "_href": f"./{indicator.code}/",
    }


def _versions(city: City, code: str) -> list[IndicatorVersion]:
    try:
        versions = versions_of(city, code)
    except UnknownIndicator as unknown:
        raise Http404 from unknown
    for version in versions:
        version.city = city
    return versions


@desk_page(Can.READ_FIGURES)
def indicator(request: Any, code: str) -> HttpResponse:
    """One name: its versions, what is restated, and a chosen period under each version."""
    return _page(request, code, None)


@desk_page(Can.WRITE_RULES, methods=("POST",))
def restate(request: Any, code: str) -> HttpResponse:
    """Put a restatement on record."""
    versions = _versions(request.viewer.city, code)
    form = RestateForm(request.POST, versions=versions)
    if form.is_valid():
        given = form.cleaned_data
        version = next(one for one in versions if one.code == given["version"])
        try:
            actions.restate(
                version=version,
                period=given["period"],
                document=given["document"],
                reason=given["reason"],
                by=request.viewer.user,
                at=timezone.now(),
            )
        except actions.NotComputed:
            form.add_error("period", ValidationError(_("该口径的规则没有这些月份的汇总。请先发布覆盖这些月份的规则。")))
        else:
            messages.success(request, _("已备案。此后与这段时期的比较有了同口径基数。"))
            return redirect("desk:indicator", code)
    return _page(request, code, form)


def _page(request: Any, code: str, form: RestateForm | None) -> HttpResponse:
    city = request.viewer.city
    versions, months = _versions(city, code), known_months(city)
    when = period_asked(request, months)
    statements = Restatement.objects.of(city).filter(
        version__indicator__code=code, version__city=city, version__indicator__city=city
    )
    page = {
        "indicator": versions[0].indicator,
        "name": titled(versions[0].indicator),
        "versions": [_described(version) for version in versions],
        "titled": titled,
        "statements": list(statements.select_related("version", "issued_by").order_by("-issued_at")),
        "when": when,
        "offered": periods_offered(months, when),
        "compared": [_compared(version, when) for version in versions],
        "unit_word": unit_shown(versions[0].indicator),
        "form": form or RestateForm(versions=versions),
        "can_write": request.viewer.can(Can.WRITE_RULES),
    }
    return render(request, "desk/indicators/indicator.html", page, status=200)


def _described(version: IndicatorVersion) -> dict[str, Any]:
    return {
        "version": version,
        "title": titled(version),
        "from": month(version.valid_from),
        "to": month(version.valid_to) if version.valid_to else _("至今"),
        "classes": _("、").join(_(SOURCE_CLASS_LABELS[one]) for one in version.classes),
    }


def _compared(version: IndicatorVersion, when: Period) -> dict[str, Any]:
    """The period under one version, with growth, as a table's row."""
    official = version.official_for(when)
    row: dict[str, Any] = {"title": titled(version), "value": None, "growth": None, "why": _("没有这段时期的汇总")}
    if not keeps(version, when):
        return row
    now = of_version(version, when)
    rate = growth(now)
    href = figure_address(version.indicator.code, None, when, None if official else version.code)
    row["value"] = {
        "text": value_shown(now.value, version.indicator),
        "href": href,
        "state": "live" if official else "restated",
    }
    row["growth"] = growth_shown(rate)
    said = _("当时的口径") if official else _("重算，不是当时公布的数")
    row["why"] = {"text": said, "note": refusal_shown(rate)} if isinstance(rate, Refusal) else said
    return row
