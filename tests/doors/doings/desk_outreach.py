"""Trips, activities, visits and matchmaking."""

from datetime import date
from uuid import uuid4

from cast import NOW, Cast
from matchmaking.meeting import entry, group, held, pair, session
from outreach import going
from outreach.test_signed_and_stage import at_the_gate

from doors.doings import PLAIN, Doing, doing
from zhaoshang.outreach.actions.activities import NewGuest, NewSigning, invite, sign_at
from zhaoshang.outreach.actions.visits import answer_demand, plan_visit
from zhaoshang.outreach.models import Activity, FollowUp, Guest, Signing

APRIL = date(2023, 4, 20)
DAYS = {"first_day": "2023-04-10", "last_day": "2023-04-12"}
PARTY = {"m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0", "m-0-name": PLAIN, "m-0-post": PLAIN, "m-0-leads": "on"}
TRIP = {"title": PLAIN, "purpose": PLAIN, "destinations": "上海市", "m-0-rank": "unit_head"} | DAYS | PARTY


def _activity(cast: Cast) -> Activity:
    return going.activity(cast, day=APRIL)


@doing("desk:trip_new")
def trip_new(cast: Cast) -> Doing:
    return Doing("officer", "/desk/trips/new/", TRIP | {"unit": "east"})


@doing("desk:trip_change")
def trip_change(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/trips/{going.planned(cast).code}/change/", TRIP)


@doing("desk:trip_decide")
def trip_decide(cast: Cast) -> Doing:
    sent = {"verdict": "return", "reason": PLAIN}
    return Doing("leader", f"/desk/trips/{going.planned(cast).code}/decide/", sent)


@doing("desk:trip_off")
def trip_off(cast: Cast) -> Doing:
    sent = {"what": "cancel", "reason": PLAIN}
    return Doing("statistician", f"/desk/trips/{going.approved(cast).code}/off/", sent)


@doing("desk:trip_report")
def trip_report(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/trips/{going.gone(cast).code}/report/", {"report": PLAIN, "cost": "1.5"})


@doing("desk:trip_project")
def trip_project(cast: Cast) -> Doing:
    sent = {"project": cast.plant.code, "note": PLAIN}
    return Doing("statistician", f"/desk/trips/{going.gone(cast).code}/projects/", sent)


@doing("desk:meeting_new")
def meeting_new(cast: Cast) -> Doing:
    trip, said = going.planned(cast), dict.fromkeys(("party", "people", "place", "purpose"), PLAIN)
    return Doing("statistician", f"/desk/trips/{trip.code}/meetings/", said | {"day": going.DAY.isoformat()})


@doing("desk:meeting_drop")
def meeting_drop(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/meetings/{going.met(cast, going.planned(cast)).pk}/drop/")


@doing("desk:meeting_minutes")
def meeting_minutes(cast: Cast) -> Doing:
    said = dict.fromkeys(("met", "text", "next_step"), PLAIN) | {"key": str(uuid4())}
    return Doing("statistician", f"/desk/meetings/{going.met(cast, going.approved(cast)).pk}/minutes/", said)


@doing("desk:meeting_lead")
def meeting_lead(cast: Cast) -> Doing:
    said = dict.fromkeys(("investor", "subject", "text"), PLAIN)
    return Doing("statistician", f"/desk/meetings/{going.minuted(cast, going.approved(cast)).pk}/leads/", said)


def _follow_up(cast: Cast) -> FollowUp:
    going.gone(cast)
    return FollowUp.objects.of(cast.city).order_by("days")[0]  # type: ignore[no-any-return]


@doing("desk:follow_up_done")
def follow_up_done(cast: Cast) -> Doing:
    sent = {"on": "2023-04-03", "note": PLAIN}
    return Doing("statistician", f"/desk/follow-ups/{_follow_up(cast).pk}/done/", sent)


@doing("desk:follow_up_owner")
def follow_up_owner(cast: Cast) -> Doing:
    sent = {"owner": str(cast.officer.pk)}
    return Doing("statistician", f"/desk/follow-ups/{_follow_up(cast).pk}/owner/", sent)


@doing("desk:activity_new")
def activity_new(cast: Cast) -> Doing:
    hours = {"begins_at": "2023-04-20T09:00", "ends_at": "2023-04-20T12:00"}
    said = {"title": PLAIN, "code": "spring", "kind": "conference", "place": PLAIN, "about": PLAIN}
    return Doing("statistician", "/desk/activities/new/", said | hours)


@doing("desk:activity_change")
def activity_change(cast: Cast) -> Doing:
    hours = {"begins_at": "2023-04-20T09:00", "ends_at": "2023-04-20T12:00"}
    said = {"title": PLAIN, "kind": "conference", "place": PLAIN, "about": PLAIN}
    return Doing("statistician", f"/desk/activities/{_activity(cast).code}/change/", said | hours)


@doing("desk:activity_agenda")
def activity_agenda(cast: Cast) -> Doing:
    sent = {"agenda": f"09:00-09:40 {PLAIN}｜示例"}
    return Doing("statistician", f"/desk/activities/{_activity(cast).code}/agenda/", sent)


@doing("desk:activity_cancel")
def activity_cancel(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/activities/{_activity(cast).code}/cancel/", {"reason": PLAIN})


@doing("desk:activity_registration")
def activity_registration(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/activities/{_activity(cast).code}/registration/", {"consent": PLAIN})


@doing("desk:activity_lead")
def activity_lead(cast: Cast) -> Doing:
    sent = {"investor": PLAIN, "text": PLAIN}
    return Doing("statistician", f"/desk/activities/{_activity(cast).code}/leads/", sent)


@doing("desk:activity_announce")
def activity_announce(cast: Cast) -> Doing:
    sent = {"visible_from": "2023-04-05T09:00"}
    return Doing("verifier", f"/desk/activities/{_activity(cast).code}/announce/", sent)


@doing("desk:activity_sign")
def activity_sign(cast: Cast) -> Doing:
    sent = {"name": PLAIN, "investor": PLAIN, "amount": "1", "unit": "east"}
    return Doing("statistician", f"/desk/activities/{going.activity(cast).code}/signings/", sent)


def _signing(cast: Cast) -> Signing:
    new = [NewSigning(name="示例项目", amount_fen=1, unit=cast.east)]
    return sign_at(activity=going.activity(cast), signings=new, by=cast.statistician, at=NOW)[0]


@doing("desk:signing_link")
def signing_link(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/signings/{_signing(cast).pk}/link/", {"project": cast.plant.code})


@doing("desk:project_sign")
def project_sign(cast: Cast) -> Doing:
    project = at_the_gate(cast)
    return Doing("officer", f"/desk/projects/{project.code}/signed/", {"activity": going.activity(cast).code})


@doing("desk:guest_invite")
def guest_invite(cast: Cast) -> Doing:
    sent = {"guests": f"示例商会，{PLAIN}，会长，0411-1", "unit": "east"}
    return Doing("statistician", f"/desk/activities/{_activity(cast).code}/invite/", sent)


def _guest(cast: Cast) -> Guest:
    guests = [NewGuest("示例商会", "示例嘉宾", unit=cast.east)]
    invite(activity=_activity(cast), guests=guests, by=cast.statistician, at=NOW)
    return Guest.objects.of(cast.city).get()  # type: ignore[no-any-return]


@doing("desk:guest_note")
def guest_note(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/guests/{_guest(cast).pk}/", {"reply": "coming"})


@doing("desk:visit_new")
def visit_new(cast: Cast) -> Doing:
    said = dict.fromkeys(("firm", "place", "visitors", "purpose"), PLAIN)
    return Doing("officer", "/desk/visits/new/", said | {"unit": "east", "planned_on": "2023-04-10"})


@doing("desk:visit_tell")
def visit_tell(cast: Cast) -> Doing:
    sent = {"on": going.DAY.isoformat(), "told": PLAIN}
    return Doing("officer", f"/desk/visits/{going.visited(cast).pk}/told/", sent)


@doing("desk:visit_cancel")
def visit_cancel(cast: Cast) -> Doing:
    said = {"unit": cast.east, "firm": "示例工厂有限公司", "planned_on": going.DAY, "visitors": "示例科员"}
    planned = plan_visit(city=cast.city, by=cast.officer, at=NOW, **said)  # type: ignore[arg-type]
    return Doing("officer", f"/desk/visits/{planned.pk}/cancel/", {"reason": PLAIN})


@doing("desk:demand_new")
def demand_new(cast: Cast) -> Doing:
    sent = {"text": PLAIN, "department": PLAIN}
    return Doing("officer", f"/desk/visits/{going.visited(cast).pk}/demands/", sent)


@doing("desk:demand_answer")
def demand_answer(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/demands/{going.demanded(cast).pk}/answer/", {"answer": PLAIN})


@doing("desk:demand_rate")
def demand_rate(cast: Cast) -> Doing:
    demand = going.demanded(cast)
    answer_demand(demand=demand, answer="已增容", by=cast.officer, at=NOW)
    return Doing("officer", f"/desk/demands/{demand.pk}/rate/", {"satisfaction": "content"})


@doing("desk:demand_link")
def demand_link(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/demands/{going.demanded(cast).pk}/link/")


@doing("desk:match_propose")
def match_propose(cast: Cast) -> Doing:
    meeting, firm, opportunity = held(cast), group(cast), entry(cast)
    sent = {"pair": f"{firm.pk}/{opportunity.code}"}
    return Doing("statistician", f"/desk/activities/{meeting.code}/matching/propose/", sent)


@doing("desk:match_move")
def match_move(cast: Cast) -> Doing:
    one = pair(cast, held(cast), group(cast), entry(cast))
    sent = {"project": str(one.pk), "stage": "invited", "note": PLAIN}
    return Doing("statistician", f"/desk/activities/{one.activity.code}/matching/move/", sent)


@doing("desk:pair_move")
def pair_move(cast: Cast) -> Doing:
    one = pair(cast, held(cast), group(cast), entry(cast))
    return Doing("statistician", f"/desk/pairs/{one.pk}/move/", {"state": "invited", "note": PLAIN})


@doing("desk:match_session")
def match_session(cast: Cast) -> Doing:
    sent = {"begins_at": "2023-04-03T17:00", "minutes": "20", "slots": "3", "tables": f"1号桌\n{PLAIN}"}
    return Doing("statistician", f"/desk/activities/{held(cast).code}/plan/session/", sent)


def _planned(cast: Cast) -> tuple[Activity, str]:
    meeting = held(cast, day=APRIL)
    one = pair(cast, meeting, group(cast), entry(cast))
    session(cast, meeting)
    return meeting, str(one.pk)


@doing("desk:match_away")
def match_away(cast: Cast) -> Doing:
    return Doing(
        "statistician", f"/desk/activities/{_planned(cast)[0].code}/plan/away/", {"who": "", "slot": ["0", "1"]}
    )


@doing("desk:match_arrange")
def match_arrange(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/activities/{_planned(cast)[0].code}/plan/arrange/")


@doing("desk:match_fix")
def match_fix(cast: Cast) -> Doing:
    meeting, key = _planned(cast)
    sent = {"pair": key, "slot": "0", "table": "0"}
    return Doing("statistician", f"/desk/activities/{meeting.code}/plan/fix/", sent)
