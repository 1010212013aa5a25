"""Addresses of accounts and roles, one's own API keys, and the diary."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import copies, diary, holds, links, people, tokens, webhooks

urlpatterns: list[URLPattern] = [
    path("people/", people.people_list, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/copy/", copies.copy_open, name="copy"),
    path("people/copy/gap/", copies.copy_gap, name="copy_gap"),
    path("people/copy/live/", copies.copy_live, name="copy_live"),
    path("people/<uuid:key>/", people.person_open, name="person"),
    path("people/<uuid:key>/grant/", people.person_grant, name="person_grant"),
    path("people/<uuid:key>/switch/", people.person_switch, name="person_switch"),
    path("people/<uuid:key>/mark/", people.person_mark, name="person_mark"),
    path("people/<uuid:key>/reset/", people.person_reset, name="person_reset"),
    path("people/<uuid:key>/second-factor/reset/", people.person_factor_reset, name="person_factor_reset"),
    path("people/<uuid:key>/link/", links.person_link, name="person_link"),
    path("people/<uuid:key>/unlink/", links.person_unlink, name="person_unlink"),
    path("people/<uuid:key>/unlock/", people.person_unlock, name="person_unlock"),
    path("people/memberships/<uuid:key>/withdraw/", people.membership_withdraw, name="membership_withdraw"),
    path("people/tokens/<uuid:key>/revoke/", people.person_token_revoke, name="person_token_revoke"),
    path("tokens/", tokens.token_list, name="token_list"),
    path("tokens/<uuid:key>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("webhooks/", webhooks.webhook_list, name="webhooks"),
    path("webhooks/<uuid:key>/stop/", webhooks.webhook_stop, name="webhook_stop"),
    path("webhooks/<uuid:key>/pause/", webhooks.webhook_pause, name="webhook_pause"),
    path("webhooks/<uuid:key>/try/", webhooks.webhook_try, name="webhook_try"),
    path("webhooks/deliveries/<uuid:key>/again/", webhooks.webhook_again, name="webhook_again"),
    path("holds/", holds.hold_list, name="hold_list"),
    path("holds/place/", holds.hold_place, name="hold_place"),
    path("holds/<uuid:key>/lift/", holds.hold_lift, name="hold_lift"),
    path("diary/", diary.diary, name="diary"),
]
