"""Addresses of the desk, one file a subject."""

from django.urls import URLPattern

from zhaoshang.desk.urls import (
    account,
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
    questions,
    rules,
    targets,
    texts,
    units,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    *account.urlpatterns,
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
    *questions.urlpatterns,
    *rules.urlpatterns,
    *units.urlpatterns,
    *targets.urlpatterns,
    *texts.urlpatterns,
    *months.urlpatterns,
    *people.urlpatterns,
]
