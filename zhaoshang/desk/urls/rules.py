"""Addresses of the rules of what counts."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import rules

urlpatterns: list[URLPattern] = [
    path("rules/", rules.rule_list, name="rule_list"),
    path("rules/<slug:code>/", rules.rule_set, name="rule_set"),
]
