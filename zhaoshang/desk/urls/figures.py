"""Addresses of a figure's provenance."""

from django.urls import URLPattern, path

from zhaoshang.desk.urls import converters  # noqa: F401 - registers the period's converter
from zhaoshang.desk.views import figures

_PLACE = "figures/<slug:indicator>/<slug:unit>/<period:when>/"

urlpatterns: list[URLPattern] = [
    path(_PLACE, figures.figure_open, name="figure_open"),
    path(f"{_PLACE}recount/", figures.figure_recount, name="figure_recount"),
]
