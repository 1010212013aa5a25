"""Addresses of the rules of what counts."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import rule_drafts, rules

urlpatterns: list[URLPattern] = [
    path("rules/", rules.rule_list, name="rule_list"),
    path("rules/new/", rule_drafts.rule_new, name="rule_new"),
    path("rules/<slug:code>/", rules.rule_set, name="rule_set"),
    path("rules/<slug:code>/edit/", rule_drafts.rule_edit, name="rule_edit"),
    path("rules/<slug:code>/try/", rule_drafts.rule_try, name="rule_try"),
    path("rules/<slug:code>/issue/", rule_drafts.rule_issue, name="rule_issue"),
    path("rules/<slug:code>/discard/", rule_drafts.rule_discard, name="rule_discard"),
]
