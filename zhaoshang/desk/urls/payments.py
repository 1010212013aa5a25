"""Addresses of payments, their evidence and the verifier's queue."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import corrections, entry, entry_help, evidence, payments, queue

urlpatterns: list[URLPattern] = [
    path("payments/", payments.payment_list, name="payment_list"),
    path("payments/new/", entry.payment_new, name="payment_new"),
    path("payments/new/projects/", entry_help.project_suggest, name="project_suggest"),
    path("payments/new/project/", entry_help.project_facts, name="project_facts"),
    path("payments/new/amount/", entry_help.payment_echo, name="payment_echo"),
    path("payments/<uuid:key>/", payments.payment_open, name="payment"),
    path("payments/<uuid:key>/amend/", entry.payment_amend, name="payment_amend"),
    path("payments/<uuid:key>/again/", entry.payment_resubmit, name="payment_resubmit"),
    path("payments/<uuid:key>/withdraw/", corrections.payment_withdraw, name="payment_withdraw"),
    path("payments/<uuid:key>/opposite/", corrections.payment_opposite, name="payment_opposite"),
    path("payments/<uuid:key>/decide/", queue.payment_decide, name="payment_decide"),
    path("payments/<uuid:key>/evidence/", evidence.evidence_attach, name="evidence_attach"),
    path("evidence/<uuid:key>/", evidence.evidence_open, name="evidence_open"),
    path("evidence/<uuid:key>/detach/", evidence.evidence_detach, name="evidence_detach"),
    path("queue/", queue.queue_list, name="queue_list"),
    path("queue/decide/", queue.queue_decide, name="queue_decide"),
]
