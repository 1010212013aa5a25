"""Addresses of the league table."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import league

urlpatterns: list[URLPattern] = [path("league/", league.league_table, name="league")]
