"""Accounts, rights, keys, programs that are told, holds, and what becomes of a restored copy."""

from cast import NOW, Cast
from desk_payments.test_people_pages import opened
from django.test import Client
from holds.test_holds import WHY, second
from machines.test_webhooks import URL, subscribed

from doors.authenticator import Authenticator
from doors.doings import PLAIN, Doing, doing
from doors.test_passkeys import add
from zhaoshang.machines.models import Delivery
from zhaoshang.machines.rules import Sending
from zhaoshang.machines.telling import note_events
from zhaoshang.people.actions import issue_token
from zhaoshang.people.copies import mark_restored
from zhaoshang.people.holds import place_hold
from zhaoshang.people.linking import link_account
from zhaoshang.regions.models import Membership
from zhaoshang.review.holding import named

PEOPLE = "/desk/people"


@doing("desk:person_new")
def person_new(cast: Cast) -> Doing:
    return Doing("system", f"{PEOPLE}/new/", {"username": "newcomer", "display_name": PLAIN})


@doing("desk:person_switch")
def person_switch(cast: Cast) -> Doing:
    return Doing("system", f"{PEOPLE}/{cast.leader.pk}/switch/", {"active": "0"})


@doing("desk:person_mark")
def person_mark(cast: Cast) -> Doing:
    return Doing("system", f"{PEOPLE}/{cast.leader.pk}/mark/", {"person": PLAIN})


@doing("desk:person_reset")
def person_reset(cast: Cast) -> Doing:
    return Doing("system", f"{PEOPLE}/{cast.leader.pk}/reset/")


@doing("desk:person_grant")
def person_grant(cast: Cast) -> Doing:
    newcomer, _password = opened(cast, Client())
    return Doing("security", f"{PEOPLE}/{newcomer.pk}/grant/", {"role": "officer", "unit": "east"})


@doing("desk:membership_withdraw")
def membership_withdraw(cast: Cast) -> Doing:
    held = Membership.objects.of(cast.city).get(user=cast.leader)
    return Doing("security", f"{PEOPLE}/memberships/{held.pk}/withdraw/")


@doing("desk:person_factor_reset")
def person_factor_reset(cast: Cast) -> Doing:
    leader = Client()
    leader.force_login(cast.leader)
    add(leader, Authenticator())
    return Doing("security", f"{PEOPLE}/{cast.leader.pk}/second-factor/reset/")


@doing("desk:person_link")
def person_link(cast: Cast) -> Doing:
    return Doing("security", f"{PEOPLE}/{cast.leader.pk}/link/", {"subject": PLAIN})


@doing("desk:person_unlink")
def person_unlink(cast: Cast) -> Doing:
    who = {"issuer": "https://provider.example.org/o", "subject": "leader"}
    link_account(city=cast.city, user=cast.leader, by=cast.security, at=NOW, **who)
    return Doing("security", f"{PEOPLE}/{cast.leader.pk}/unlink/")


@doing("desk:person_unlock")
def person_unlock(cast: Cast) -> Doing:
    wrong = {"username": "leader", "password": "示例错误"}
    for _time in range(2):
        Client().post("/desk/login/", wrong)
    return Doing("security", f"{PEOPLE}/{cast.leader.pk}/unlock/")


def _token(cast: Cast) -> str:
    said = {"city": cast.city, "user": cast.leader, "name": "示例", "days": 9, "by": cast.leader, "at": NOW}
    return str(issue_token(can_write=False, **said)[0].pk)


@doing("desk:person_token_revoke")
def person_token_revoke(cast: Cast) -> Doing:
    return Doing("security", f"{PEOPLE}/tokens/{_token(cast)}/revoke/")


@doing("desk:token_list")
def token_list(cast: Cast) -> Doing:
    return Doing("leader", "/desk/tokens/", {"name": PLAIN, "days": "90"})


@doing("desk:token_revoke")
def token_revoke(cast: Cast) -> Doing:
    return Doing("leader", f"/desk/tokens/{_token(cast)}/revoke/")


@doing("desk:webhooks")
def webhooks(cast: Cast) -> Doing:
    sent = {"name": PLAIN, "url": URL, "verbs": ["capital.payment.declared"]}
    return Doing("security", "/desk/webhooks/", sent)


@doing("desk:webhook_stop")
def webhook_stop(cast: Cast) -> Doing:
    return Doing("security", f"/desk/webhooks/{subscribed(cast).pk}/stop/")


@doing("desk:webhook_pause")
def webhook_pause(cast: Cast) -> Doing:
    return Doing("security", f"/desk/webhooks/{subscribed(cast).pk}/pause/", {"paused": "1"})


@doing("desk:webhook_try")
def webhook_try(cast: Cast) -> Doing:
    return Doing("security", f"/desk/webhooks/{subscribed(cast).pk}/try/")


@doing("desk:webhook_again")
def webhook_again(cast: Cast) -> Doing:
    subscribed(cast)
    cast.declared(with_evidence=False)
    note_events(city=cast.city, at=NOW)
    Delivery.objects.of(cast.city).update(state=Sending.FAILED, ended_at=NOW)
    key = Delivery.objects.of(cast.city).get().pk
    return Doing("security", f"/desk/webhooks/deliveries/{key}/again/")


@doing("desk:copy_gap")
def copy_gap(cast: Cast) -> Doing:
    mark_restored(city=cast.city, made_at=NOW, behind_seq=7, erased=0, at=NOW)
    return Doing("security", f"{PEOPLE}/copy/gap/", {"gap-reason": PLAIN})


@doing("desk:copy_live")
def copy_live(cast: Cast) -> Doing:
    mark_restored(city=cast.city, made_at=NOW, behind_seq=0, erased=0, at=NOW)
    return Doing("security", f"{PEOPLE}/copy/live/", {"live-reason": PLAIN})


@doing("desk:hold_place")
def hold_place(cast: Cast) -> Doing:
    sent = {"kind": "project", "number": "2023-0001", "reason": PLAIN}
    return Doing("security", "/desk/holds/place/", sent)


@doing("desk:hold_lift")
def hold_lift(cast: Cast) -> Doing:
    found = named(cast.city, "project", "2023-0001")
    held = place_hold(**found, city=cast.city, reason=WHY, by=second(cast), at=NOW)
    return Doing("security", f"/desk/holds/{held.pk}/lift/", {f"{held.pk}-reason": PLAIN})
