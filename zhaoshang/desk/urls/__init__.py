"""Addresses of the desk, one file a subject."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
