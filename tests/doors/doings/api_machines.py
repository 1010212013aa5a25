"""Webhooks, jobs, holds, saved views and questions, one's own passkeys; by the API."""

from typing import Any

from cast import NOW, Cast
from django.test import Client
from holds.test_holds import second
from saved_views.test_saved_views import kept

from doors.authenticator import Authenticator
from doors.doings import HOST, PLAIN, Doing, at, doing, plainly
from doors.test_passkeys import add
from zhaoshang.jobs import actions as jobs
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind
from zhaoshang.machines.models import Delivery, Subscription
from zhaoshang.machines.rules import Sending
from zhaoshang.machines.subscribing import subscribe, try_subscription
from zhaoshang.people.holds import place_hold
from zhaoshang.people.models import Passkey
from zhaoshang.review.holding import named

URL = f"https://{HOST}/zhaoshang"
LIST = "/desk/payments/?xlsx=1"
EVENTS = ["capital.payment.declared"]
QUESTION = [["about", "payments"], ["rows", "unit"]]

plainly("api:new_view", "statistician", {"page": "project_list", "title": PLAIN, "query": [["industry", "C"]]})
plainly("api:new_saved", "statistician", {"title": PLAIN, "question": QUESTION})
plainly("api:new_file", "officer", {"path": LIST})


@doing("api:new_hold")
def new_hold(cast: Cast) -> Doing:
    return Doing("security", at("api:new_hold"), {"kind": "project", "number": cast.plant.code, "reason": PLAIN})


@doing("api:lifted_hold")
def lifted_hold(cast: Cast) -> Doing:
    what = named(cast.city, "project", cast.plant.code)
    hold = place_hold(**what, city=cast.city, reason="示例", by=second(cast), at=NOW)
    return Doing("security", at("api:lifted_hold", hold.pk), {"reason": PLAIN})


@doing("api:renamed_view")
def renamed_view(cast: Cast) -> Doing:
    return Doing("statistician", at("api:renamed_view", kept(cast).pk), {"title": PLAIN})


@doing("api:shared_view")
def shared_view(cast: Cast) -> Doing:
    return Doing("statistician", at("api:shared_view", kept(cast).pk), {"shared": "city"})


@doing("api:preferred_view")
def preferred_view(cast: Cast) -> Doing:
    return Doing("statistician", at("api:preferred_view", kept(cast).pk), {"default": True})


@doing("api:no_longer_kept")
def no_longer_kept(cast: Cast) -> Doing:
    return Doing("statistician", at("api:no_longer_kept", kept(cast).pk))


@doing("api:no_longer_saved")
def no_longer_saved(cast: Cast) -> Doing:
    from questions.asking import read

    from zhaoshang.questions.actions import save_question

    question = read("about=payments&rows=unit")
    said: dict[str, Any] = {"question": question, "title": "示例", "shared": False, "by": cast.statistician, "at": NOW}
    return Doing("statistician", at("api:no_longer_saved", save_question(city=cast.city, **said).pk))


def _job(cast: Cast) -> Job:
    given = {"path": LIST, "host": "testserver", "secure": False}
    return jobs.begin(
        city=cast.city, kind=Kind.FILE, key="file:one", given=given, about="/desk/payments/", by=cast.officer, at=NOW
    )


@doing("api:cancel_job")
def cancel_job(cast: Cast) -> Doing:
    return Doing("officer", at("api:cancel_job", _job(cast).pk))


@doing("api:repeat_job")
def repeat_job(cast: Cast) -> Doing:
    cancelled = jobs.cancel(job=_job(cast), by=cast.officer, at=NOW)
    return Doing("officer", at("api:repeat_job", cancelled.pk))


def _webhook(cast: Cast) -> Subscription:
    return subscribe(city=cast.city, name="示例系统", url=URL, verbs=EVENTS, by=cast.security, at=NOW)


@doing("api:new_webhook")
def new_webhook(cast: Cast) -> Doing:
    return Doing("security", at("api:new_webhook"), {"name": PLAIN, "url": URL, "events": EVENTS})


@doing("api:pause")
def pause(cast: Cast) -> Doing:
    return Doing("security", at("api:pause", _webhook(cast).pk), {"paused": True})


@doing("api:stop")
def stop(cast: Cast) -> Doing:
    return Doing("security", at("api:stop", _webhook(cast).pk))


@doing("api:try_it")
def try_it(cast: Cast) -> Doing:
    return Doing("security", at("api:try_it", _webhook(cast).pk))


@doing("api:again")
def again(cast: Cast) -> Doing:
    made = try_subscription(subscription=_webhook(cast), by=cast.security, at=NOW)
    Delivery.objects.of(cast.city).filter(pk=made.pk).update(state=Sending.FAILED, ended_at=NOW)
    return Doing("security", at("api:again", made.pk))


@doing("api:own_passkey_off")
def own_passkey_off(cast: Cast) -> Doing:
    client = Client()
    client.force_login(cast.officer)
    add(client, Authenticator())
    cast.officer.refresh_from_db()  # all sessions but the one that put it on have ended
    return Doing("officer", at("api:own_passkey_off", Passkey.objects.of(cast.city).get().pk))
