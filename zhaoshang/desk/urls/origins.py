"""Addresses of regions of origin."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import origins

urlpatterns: list[URLPattern] = [
    path("origins/", origins.origin_list, name="origin_list"),
    path("origins/new/", origins.origin_new, name="origin_new"),
    path("origins/<slug:code>/", origins.origin_open, name="origin"),
    path("origins/<slug:code>/end/", origins.origin_end, name="origin_end"),
]
