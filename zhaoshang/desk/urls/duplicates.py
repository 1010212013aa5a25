"""Addresses of pairs that may be one project."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import duplicates

urlpatterns: list[URLPattern] = [
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/sweep/", duplicates.duplicate_sweep, name="duplicate_sweep"),
    path("duplicates/sweep/progress/", duplicates.duplicate_progress, name="duplicate_progress"),
    path("duplicates/<uuid:key>/", duplicates.duplicate_open, name="duplicate"),
    path("duplicates/<uuid:key>/decide/", duplicates.duplicate_decide, name="duplicate_decide"),
]
