"""Addresses of workbook imports."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import imports

urlpatterns: list[URLPattern] = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/template.xlsx", imports.import_template, name="import_template"),
    path("imports/<uuid:key>/", imports.import_open, name="import"),
    path("imports/<uuid:key>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<uuid:key>/row/", imports.import_row, name="import_row"),
    path("imports/<uuid:key>/marked.xlsx", imports.import_marked, name="import_marked"),
    path("imports/<uuid:key>/original/", imports.import_original, name="import_original"),
    path("imports/<uuid:key>/remap/", imports.import_remap, name="import_remap"),
    path("imports/<uuid:key>/register/", imports.import_register, name="import_register"),
    path("imports/<uuid:key>/accept/", imports.import_accept, name="import_accept"),
    path("imports/<uuid:key>/drop/", imports.import_drop, name="import_drop"),
    path("imports/<uuid:key>/undo/", imports.import_undo, name="import_undo"),
]
