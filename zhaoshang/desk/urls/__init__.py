"""Addresses of the desk, one file a subject."""

from django.urls import URLPattern

from zhaoshang.desk.urls import (
    account,
    assessments,
    bulletins,
    bureau,
    campaigns,
    external,
    figures,
    forecast,
    imports,
    indicators,
    league,
    months,
    overview,
    payments,
    people,
    plans,
    projects,
    rates,
    rules,
    targets,
    texts,
    units,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    *account.urlpatterns,
    *assessments.urlpatterns,
    *bulletins.urlpatterns,
    *bureau.urlpatterns,
    *campaigns.urlpatterns,
    *external.urlpatterns,
    *figures.urlpatterns,
    *forecast.urlpatterns,
    *imports.urlpatterns,
    *indicators.urlpatterns,
    *league.urlpatterns,
    *overview.urlpatterns,
    *payments.urlpatterns,
    *plans.urlpatterns,
    *projects.urlpatterns,
    *rates.urlpatterns,
    *rules.urlpatterns,
    *units.urlpatterns,
    *targets.urlpatterns,
    *texts.urlpatterns,
    *months.urlpatterns,
    *people.urlpatterns,
]
