"""Addresses of the reporting units."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import units

urlpatterns: list[URLPattern] = [
    path("units/", units.units, name="units"),
    path("units/<slug:code>/map/", units.unit_map, name="unit_map"),
]
