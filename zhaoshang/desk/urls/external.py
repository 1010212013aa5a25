"""Addresses of external figures."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import external

urlpatterns: list[URLPattern] = [
    path("external/", external.external, name="external"),
    path("external/new/", external.external_new, name="external_new"),
]
