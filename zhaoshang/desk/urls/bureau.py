"""Addresses of the monthly reconciliation with the statistics bureau."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import bureau

urlpatterns: list[URLPattern] = [
    path("bureau/", bureau.bureau, name="bureau"),
    path("bureau/upload/", bureau.bureau_upload, name="bureau_upload"),
    path("bureau/line/", bureau.bureau_line, name="bureau_line"),
    path("bureau/explain/", bureau.bureau_explain, name="bureau_explain"),
]
