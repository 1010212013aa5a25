"""Activities with agenda, guests and signings; matchmaking at them; all by the API."""

from typing import Any

from cast import Cast
from matchmaking import meeting
from outreach import going

from doors.doings import PLAIN, Doing, at, doing, of_own, on_own, plainly
from zhaoshang.matchmaking.actions import fix_meeting
from zhaoshang.matchmaking.models import Pair
from zhaoshang.outreach.actions.activities import NewGuest, invite
from zhaoshang.outreach.models import Guest

HOURS = {"begins_at": "2023-05-08T01:00:00Z", "ends_at": "2023-05-08T05:00:00Z"}
WHO = "statistician"

plainly(
    "api:new_activity",
    "officer",
    {"code": "may", "title": PLAIN, "kind": "conference", "unit": "east", "place": PLAIN, "about": PLAIN, "seats": 50}
    | HOURS,
)
on_own("api:changed_activity", WHO, {"title": PLAIN, "place": PLAIN, "about": PLAIN, "seats": 9})
on_own("api:agenda", WHO, {"items": [{"begins_at": "2023-02-06T04:00:00Z", "title": PLAIN, "speaker": PLAIN}]})
on_own("api:cancelled_activity", WHO, {"reason": PLAIN})
on_own("api:activity_lead", WHO, {"investor": PLAIN, "text": PLAIN})
on_own("api:new_guests", WHO, {"guests": [{"organisation": PLAIN, "name": PLAIN, "post": PLAIN, "phone": "1380000"}]})
on_own("api:new_signings", WHO, {"signings": [{"name": PLAIN, "investor": PLAIN, "amount": "1.00", "unit": "east"}]})
on_own("api:guest_note", WHO, {"reply": "coming"})
on_own("api:guest_seat", WHO, {"seat": PLAIN})
on_own("api:new_step", WHO, {"state": "invited", "on": "2023-04-03", "note": PLAIN})
on_own(
    "api:session_set", WHO, {"begins_at": "2023-02-06T04:00:00Z", "minutes": 20, "slots": 3, "tables": [PLAIN, "2号桌"]}
)


def _in_may(cast: Cast) -> str:
    return going.activity(cast, day=cast.now.date().replace(month=5), unit=cast.east).code


@doing("api:announcement")
def announcement(cast: Cast) -> Doing:
    return Doing("verifier", at("api:announcement", _in_may(cast)))


@doing("api:registration")
def registration(cast: Cast) -> Doing:
    return Doing(WHO, at("api:registration", _in_may(cast)), {"consent": PLAIN})


@doing("api:guest_phone")
def guest_phone(cast: Cast) -> Doing:
    held = going.activity(cast, unit=cast.east)
    invite(
        activity=held, guests=[NewGuest("示例商会", "示例嘉宾", phone="13800000000")], by=cast.statistician, at=cast.now
    )
    return Doing(WHO, at("api:guest_phone", Guest.objects.of(cast.city).get().pk))


@doing("api:linked_signing")
def linked_signing(cast: Cast) -> Doing:
    return Doing(WHO, of_own(cast, "api:linked_signing"), {"project": cast.plant.code})


@doing("api:project_signed")
def project_signed(cast: Cast) -> Doing:
    from doors.doings.api_projects import before_signing

    project = before_signing(cast)
    held = going.activity(cast, unit=cast.east)
    return Doing("officer", at("api:project_signed", held.code), {"project": project.code, "evidence": PLAIN})


@doing("api:new_pair")
def new_pair(cast: Cast) -> Doing:
    said = {"enterprise": str(meeting.group(cast).pk), "opportunity": meeting.entry(cast).code}
    return Doing(WHO, at("api:new_pair", meeting.held(cast).code), said)


def _paired(cast: Cast) -> Pair:
    held = meeting.held(cast)
    pair = meeting.pair(cast, held, meeting.group(cast), meeting.entry(cast))
    meeting.session(cast, held)
    return pair


@doing("api:away")
def away(cast: Cast) -> Doing:
    pair = _paired(cast)
    said: dict[str, Any] = {"slots": [0], "enterprise": str(pair.enterprise_id)}
    return Doing(WHO, at("api:away", pair.activity.code), said)


@doing("api:arranged")
def arranged(cast: Cast) -> Doing:
    return Doing(WHO, at("api:arranged", _paired(cast).activity.code))


@doing("api:seat")
def seat(cast: Cast) -> Doing:
    pair = _paired(cast)
    fix_meeting(pair=pair, slot=1, table=1, by=cast.statistician, at=cast.now)
    return Doing(WHO, at("api:seat", pair.pk), {"slot": 0, "table": 0})
