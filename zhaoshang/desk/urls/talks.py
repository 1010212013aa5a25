"""Addresses of first talks, disputes and transfers."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import talk_disputes, talks, transfers

urlpatterns: list[URLPattern] = [
    path("talks/", talks.talk_list, name="talk_list"),
    path("talks/new/", talks.talk_new, name="talk_new"),
    path("talks/<uuid:key>/", talks.talk_open, name="talk"),
    path("talks/<uuid:key>/note/", talks.talk_note, name="talk_note"),
    path("talks/<uuid:key>/proof/", talks.talk_proof, name="talk_proof"),
    path("talks/<uuid:key>/renew/", talks.talk_renew, name="talk_renew"),
    path("talks/<uuid:key>/release/", talks.talk_release, name="talk_release"),
    path("talk-evidence/<uuid:key>/", talks.talk_evidence, name="talk_evidence"),
    path("talk-disputes/", talk_disputes.dispute_list, name="talk_dispute_list"),
    path("talk-disputes/new/", talk_disputes.dispute_new, name="talk_dispute_new"),
    path("talk-disputes/<uuid:key>/", talk_disputes.dispute_open, name="talk_dispute"),
    path("talk-disputes/<uuid:key>/answer/", talk_disputes.dispute_answer, name="talk_dispute_answer"),
    path("talk-disputes/<uuid:key>/decide/", talk_disputes.dispute_decide, name="talk_dispute_decide"),
    path("transfers/", transfers.transfer_list, name="transfer_list"),
    path("transfers/new/", transfers.transfer_new, name="transfer_new"),
    path("transfers/<uuid:key>/", transfers.transfer_open, name="transfer"),
    path("transfers/<uuid:key>/accept/", transfers.transfer_accept, name="transfer_accept"),
    path("transfers/<uuid:key>/refuse/", transfers.transfer_refuse, name="transfer_refuse"),
    path("transfers/<uuid:key>/withdraw/", transfers.transfer_withdraw, name="transfer_withdraw"),
]
