"""Addresses of exchange rates."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import exchange

urlpatterns: list[URLPattern] = [
    path("exchange-rates/", exchange.exchange_list, name="exchange_list"),
    path("exchange-rates/new/", exchange.exchange_new, name="exchange_new"),
    path("exchange-rates/upload/", exchange.exchange_upload, name="exchange_upload"),
    path("exchange-rates/template.xlsx", exchange.exchange_blank, name="exchange_blank"),
]
