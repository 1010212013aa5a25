"""Addresses of the rates of projects."""

from django.urls import URLPattern, path

from zhaoshang.desk.urls import converters  # noqa: F401 - registers the period's converter
from zhaoshang.desk.views import rates

urlpatterns: list[URLPattern] = [
    path("rates/", rates.rates, name="rates"),
    path("rates/new/", rates.rate_new, name="rate_new"),
    path("rates/<slug:code>/<slug:unit>/<int:year>/<period:until>/", rates.rate_open, name="rate_open"),
]
