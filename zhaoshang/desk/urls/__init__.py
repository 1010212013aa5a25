"""Addresses of the desk, one file a subject."""

from django.urls import URLPattern

from zhaoshang.desk.urls import (
    account,
    assessments,
    bulletins,
    bureau,
    external,
    figures,
    imports,
    indicators,
    league,
    months,
    overview,
    payments,
    people,
    projects,
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
    *external.urlpatterns,
    *figures.urlpatterns,
    *imports.urlpatterns,
    *indicators.urlpatterns,
    *league.urlpatterns,
    *overview.urlpatterns,
    *payments.urlpatterns,
    *projects.urlpatterns,
    *rules.urlpatterns,
    *units.urlpatterns,
    *targets.urlpatterns,
    *texts.urlpatterns,
    *months.urlpatterns,
    *people.urlpatterns,
]
