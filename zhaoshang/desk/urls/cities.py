"""Addresses of the cities side by side."""

from django.urls import URLPattern, path

from zhaoshang.desk.urls import converters  # noqa: F401 - registers the period's converter
from zhaoshang.desk.views import cities

urlpatterns: list[URLPattern] = [
    path("cities/", cities.city_table, name="cities"),
    path("cities/<slug:code>/<slug:indicator>/<period:when>/", cities.city_figure_open, name="city_figure"),
]
