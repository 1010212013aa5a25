"""Addresses of the reporting units."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import units

urlpatterns: list[URLPattern] = [
    path("units/", units.units, name="units"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/parts/<uuid:key>/end/", units.unit_unmap, name="unit_unmap"),
    path("units/<slug:code>/end/", units.unit_end, name="unit_end"),
    path("units/<slug:code>/map/", units.unit_map, name="unit_map"),
]
