"""Addresses of the indicator dictionary."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import indicators

urlpatterns: list[URLPattern] = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:code>/restate/", indicators.restate, name="indicator_restate"),
]
