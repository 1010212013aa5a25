"""Addresses of local rules."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import local_rule_drafts, local_rules

urlpatterns: list[URLPattern] = [
    path("local-rules/", local_rules.local_rules, name="local_rules"),
    path("local-rules/<slug:kind>/", local_rules.local_kind, name="local_kind"),
    path("local-rules/<slug:kind>/new/", local_rule_drafts.local_new, name="local_new"),
    path("local-rules/<slug:kind>/compare/", local_rules.local_diff, name="local_diff"),
    path("local-rules/<slug:kind>/sample/", local_rules.local_sample, name="local_sample"),
    path("local-rules/<slug:kind>/sets/<slug:code>/", local_rules.local_set, name="local_set"),
    path("local-rules/<slug:kind>/files/<slug:code>/", local_rules.local_toml, name="local_toml"),
]
