"""Addresses of targets."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import target_sheets, targets

urlpatterns: list[URLPattern] = [
    path("targets/", targets.targets, name="targets"),
    path("targets/new/", targets.targets_new, name="targets_new"),
    path("targets/import/", target_sheets.targets_import, name="targets_import"),
    path("targets/template/", target_sheets.targets_template, name="targets_template"),
]
