"""Addresses of external figures."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import external, external_sheets

urlpatterns: list[URLPattern] = [
    path("external/", external.external, name="external"),
    path("external/new/", external.external_new, name="external_new"),
    path("external/upload/", external_sheets.external_upload, name="external_upload"),
    path("external/accept/", external_sheets.external_accept, name="external_accept"),
    path("external/template.xlsx", external_sheets.external_blank, name="external_blank"),
]
