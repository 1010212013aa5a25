"""Addresses of findings."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import audit, findings

urlpatterns: list[URLPattern] = [
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/sweep/", findings.finding_sweep, name="finding_sweep"),
    path("findings/sweep/progress/", findings.finding_progress, name="finding_progress"),
    path("audit/findings/", audit.audit_findings, name="audit_findings"),
    path("findings/<uuid:key>/", findings.finding_open, name="finding"),
    path("findings/<uuid:key>/explain/", findings.finding_explain, name="finding_explain"),
    path("findings/<uuid:key>/judge/", findings.finding_judge, name="finding_judge"),
]
