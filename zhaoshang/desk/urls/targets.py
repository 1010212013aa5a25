"""Addresses of targets."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import targets

urlpatterns: list[URLPattern] = [
    path("targets/", targets.targets, name="targets"),
    path("targets/new/", targets.targets_new, name="targets_new"),
]
