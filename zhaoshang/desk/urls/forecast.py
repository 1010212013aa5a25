"""Addresses of the forecast."""

from django.urls import URLPattern, path

from zhaoshang.desk.urls import converters  # noqa: F401 - registers the period's converter
from zhaoshang.desk.views import forecast

urlpatterns: list[URLPattern] = [
    path("forecast/", forecast.forecast_page, name="forecast"),
    path("forecast/method/", forecast.forecast_method, name="forecast_method"),
    path("forecast/<slug:indicator>/<slug:unit>/<period:when>/", forecast.forecast_open, name="forecast_open"),
]
