"""Addresses of checking texts."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import texts

urlpatterns: list[URLPattern] = [
    path("texts/", texts.text_list, name="text_list"),
    path("texts/<uuid:key>/", texts.text_open, name="text_open"),
    path("texts/<uuid:key>/again/", texts.text_again, name="text_again"),
]
