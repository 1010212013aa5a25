"""Addresses of the desk, one file a subject."""

from django.urls import URLPattern

from zhaoshang.desk.urls import account

app_name = "desk"
urlpatterns: list[URLPattern] = [
    *account.urlpatterns,
]
