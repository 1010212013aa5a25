"""The same for duties, opportunities, outreach, leads, partners, enterprises, the site, assessments and the review."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from assessments import test_course as course
from assessments.city import account, shown
from cast import NOW, Cast
from duties.test_clocks import clock
from duties.test_matters import order, problem
from enterprises.firms import card, met, person
from leads.told import told as lead
from matchmaking import meeting
from opportunities import test_editions as editions
from opportunities.building import drafted
from outreach import going
from partners.appointed import brought, chamber, whole_claim
from publishing import test_articles as articles
from publishing.test_images import added
from searches.test_saved_searches import saved

from zhaoshang.assessments import objecting
from zhaoshang.bulletins.writing import draft_bulletin, withdraw_bulletin
from zhaoshang.common.periods import Period
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.duties.actions.clocks import answer_clock
from zhaoshang.duties.actions.handing import hand_over_matter
from zhaoshang.duties.actions.matters import answer_matter, close_matter
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.enterprises.actions import Card, change_enterprise
from zhaoshang.enterprises.contacts import erase_contact
from zhaoshang.enterprises.merging import merge_enterprises, part_enterprises
from zhaoshang.enterprises.models import RiskNote
from zhaoshang.enterprises.notes import note_risk, reply_to_note
from zhaoshang.enterprises.rules import Level, Reply
from zhaoshang.enterprises.touches import withdraw_touch
from zhaoshang.leads.actions import reject
from zhaoshang.machines.rules import EVENTS
from zhaoshang.machines.subscribing import pause_subscription, subscribe
from zhaoshang.matchmaking.actions import move_pair, propose_pair
from zhaoshang.matchmaking.rules import PairState
from zhaoshang.opportunities.actions import publish_entry
from zhaoshang.opportunities.actions.editions import revise_edition
from zhaoshang.outreach.actions.activities import (
    NewGuest,
    NewSigning,
    cancel_activity,
    invite,
    link_signing,
    open_registration,
    register_guest,
    seat_guest,
    sign_at,
)
from zhaoshang.outreach.actions.meetings import finish_follow_up
from zhaoshang.outreach.actions.trips import decide_trip
from zhaoshang.outreach.actions.visits import answer_demand, cancel_visit, plan_visit, take_demand
from zhaoshang.outreach.models import Activity, FollowUp, Guest
from zhaoshang.partners.appointing import end_partner, review_partner
from zhaoshang.partners.claiming import (
    IN_A_DAY,
    answer_objection,
    approve_claim,
    object_in_public,
    object_to_claim,
    publish_claim,
    refuse_claim,
)
from zhaoshang.partners.models import Partner
from zhaoshang.partners.rules import Outcome
from zhaoshang.projects.models import Project
from zhaoshang.publishing import actions as publishing
from zhaoshang.publishing.announcing import announce_activity, take_back
from zhaoshang.publishing.asking import answer, erase_contacts, take_request
from zhaoshang.publishing.identity import ask_for_code
from zhaoshang.publishing.models import PublicRequest
from zhaoshang.publishing.rules import Asked
from zhaoshang.publishing.rules import Outcome as Answered
from zhaoshang.review.findings.keeping import explain_finding, sweep_findings
from zhaoshang.review.intake import drop, receive
from zhaoshang.review.models import ChangeSheet, Finding
from zhaoshang.review.project_changes import accept_changes, receive_changes
from zhaoshang.review.project_sheet import COLUMNS, mark_of
from zhaoshang.searches.actions import confirm_search, erase_unconfirmed, save_search

Calls = Sequence[Callable[[], Any]]
TODAY = NOW.date()


def both(act: Callable[..., Any], **said: Any) -> Calls:
    """The same act by two hands."""
    return [partial(act, at=NOW, **said)] * 2


# -- duties ------------------------------------------------------------------------------------------------------------


def handed_and_closed(cast: Cast) -> Calls:
    one = problem(cast)
    return [
        partial(hand_over_matter, matter=one, confirmer=cast.statistician, reason="示例", by=cast.officer, at=NOW),
        partial(close_matter, matter=one, text="示例", by=cast.officer, at=NOW),
    ]


def assigned(cast: Cast) -> Calls:
    team = Team(handler=cast.officer, leader_name="示例区长")
    return both(reassign, city=cast.city, projects=[cast.plant], team=team, reason="示例", by=cast.statistician)


# -- outreach ----------------------------------------------------------------------------------------------------------


def _activity(cast: Cast, **changes: Any) -> Activity:
    return going.activity(cast, code="held", unit=cast.east, by=cast.second_statistician, **changes)


def seats_given(cast: Cast) -> Calls:
    one = _activity(cast)
    invite(
        activity=one,
        guests=[NewGuest("示例", name, unit=cast.east) for name in ("甲", "乙")],
        by=cast.statistician,
        at=NOW,
    )
    guests = Guest.objects.of(cast.city).select_related("city").filter(activity=one).order_by("id")
    return [partial(seat_guest, guest=guest, seat="1", by=cast.statistician, at=NOW) for guest in guests]


def last_seat(cast: Cast) -> Calls:
    one = _activity(cast, seats=1, day=date(2023, 5, 1))
    open_registration(activity=one, consent="示例", by=cast.statistician, at=NOW)
    said = {"activity": one, "organisation": "示例", "name": "示例", "post": "", "phone": "", "by": None, "at": NOW}
    return [partial(register_guest, key=uuid4(), **said) for _hand in range(2)]  # type: ignore[arg-type]


def signings_linked(cast: Cast) -> Calls:
    new = [NewSigning(name=name, amount_fen=1, unit=cast.east) for name in ("甲", "乙")]
    signed = sign_at(activity=_activity(cast), signings=new, by=cast.statistician, at=NOW)
    return [partial(link_signing, signing=one, project=cast.plant, by=cast.statistician, at=NOW) for one in signed]


def follow_up_done(cast: Cast) -> Calls:
    minuted = going.minuted(cast, going.approved(cast, going.HEAD, unit=cast.east, by=cast.officer))
    one = FollowUp.objects.of(cast.city).filter(meeting=minuted).order_by("days")[0]
    return both(finish_follow_up, follow_up=one, on=TODAY, note="示例", by=cast.officer)


def visit_cancelled(cast: Cast) -> Calls:
    told = {"firm": "示例", "place": "示例", "planned_on": date(2023, 4, 20), "visitors": "示例", "purpose": "示例"}
    one = plan_visit(city=cast.city, unit=cast.east, by=cast.officer, at=NOW, **told)
    return both(cancel_visit, visit=one, reason="示例", by=cast.officer)


def demand_answered(cast: Cast) -> Calls:
    visit = going.visited(cast, unit=cast.east, by=cast.officer)
    one = take_demand(visit=visit, text="示例", department="示例", by=cast.officer, at=NOW)
    return both(answer_demand, demand=one, answer="示例", by=cast.officer)


def announcement_taken_back(cast: Cast) -> Calls:
    one = announce_activity(activity=_activity(cast, day=date(2023, 5, 1)), by=cast.statistician, at=NOW)
    return both(take_back, announcement=one, reason="示例", by=cast.statistician)


def pair_proposed(cast: Cast) -> Calls:
    held, firm, offer = meeting.held(cast), meeting.group(cast), meeting.entry(cast)
    return both(propose_pair, activity=held, enterprise=firm, opportunity=offer, by=cast.statistician)


def pair_moved(cast: Cast) -> Calls:
    one = meeting.pair(cast, meeting.held(cast), meeting.group(cast), meeting.entry(cast))
    return both(move_pair, pair=one, state=PairState.INVITED, on=TODAY, by=cast.statistician)


# -- the site ----------------------------------------------------------------------------------------------------------


def _request(cast: Cast, asked: Asked = Asked.CORRECTION, **more: Any) -> PublicRequest:
    return take_request(city=cast.city, asked=asked, text="示例", at=NOW, today=TODAY, **more)[0]


def _answered(cast: Cast, one: PublicRequest) -> Calls:
    said = {"outcome": Answered.REFUSED, "reply": "示例", "public_reply": "示例", "today": TODAY}
    return both(answer, request=one, by=cast.statistician, **said)


def contacts_erased(cast: Cast) -> Calls:
    one = _request(cast, name="示例", contact="who@example.org")
    _answered(cast, one)[0]()
    return both(erase_contacts, city=cast.city, today=TODAY + timedelta(days=9_000))


def searches_erased(cast: Cast) -> Calls:
    saved(cast)
    return both(erase_unconfirmed, city=cast.city, today=TODAY + timedelta(days=900))


def search_saved(cast: Cast) -> Calls:
    return both(save_search, city=cast.city, given={"industry": "C"}, mail="who@example.org", language="en")


def code_asked(cast: Cast) -> Calls:
    contact = person(cast, cast.plant.enterprise, cast.east)
    return both(ask_for_code, request=_request(cast, Asked.PRIVACY, contact=contact.mail))


# -- enterprises, partners, the rest -----------------------------------------------------------------------------------


def parted(cast: Cast) -> Calls:
    kept, closed = card(cast, "示例甲公司"), card(cast, "示例乙公司")
    one = merge_enterprises(kept=kept, closed=closed, reason="示例", by=cast.statistician, at=NOW)
    return both(part_enterprises, merger=one, reason="示例", by=cast.statistician)


def _note(cast: Cast) -> RiskNote:
    said: dict[str, Any] = {"level": Level.HINT, "text": "示例", "source": "示例", "noted_on": TODAY, "unit": cast.east}
    return note_risk(enterprise=cast.plant.enterprise, by=cast.officer, at=NOW, **said)


def changed_card(cast: Cast) -> Calls:
    firm = card(cast, "示例甲公司")
    return both(
        change_enterprise, enterprise=firm, revision=firm.revision, card=Card(name="示例丙公司"), by=cast.statistician
    )


def reviewed_year(cast: Cast) -> Calls:
    return both(review_partner, partner=chamber(cast), year=2023, outcome=Outcome.CONTINUE, by=cast.statistician)


def _claim(cast: Cast) -> Any:
    partner: Partner = chamber(cast)
    return whole_claim(cast, partner, brought(cast, partner))


def objection_answered(cast: Cast) -> Calls:
    one = publish_claim(claim=approve_claim(claim=_claim(cast), by=cast.verifier, at=NOW), by=cast.statistician, at=NOW)
    objection = object_to_claim(claim=one, told_by="示例", text="示例", by=cast.second_statistician, at=NOW)
    return both(answer_objection, objection=objection, answer="示例", by=cast.verifier)


def objected_in_public(cast: Cast) -> Calls:
    """One more, and it is a machine."""
    one = publish_claim(claim=approve_claim(claim=_claim(cast), by=cast.verifier, at=NOW), by=cast.statistician, at=NOW)
    said: dict[str, Any] = {"claim": one, "told_by": "示例", "contact": "", "text": "示例", "by": None, "at": NOW}
    for _before in range(IN_A_DAY - 1):
        object_in_public(**said)
    return [partial(object_in_public, **said)] * 2


def assessment_finished(cast: Cast) -> Calls:
    account(cast)
    return [partial(course.finished, cast, shown(cast))] * 2


def objection_decided(cast: Cast) -> Calls:
    account(cast)
    one = course.objection(cast, shown(cast))
    return both(objecting.reject_objection, objection=one, answer="示例", by=cast.statistician)


def finding_explained(cast: Cast) -> Calls:
    sweep_findings(city=cast.city, by=None, at=NOW)
    one = Finding.objects.of(cast.city).select_related("city").filter(unit=cast.east).order_by("id")[0]
    return both(explain_finding, finding=one, text="示例", by=cast.officer)


def _sheet(cast: Cast, investor: str) -> ChangeSheet:
    """A list of projects that comes back with one cell changed."""
    project = Project.objects.of(cast.city).select_related("enterprise", "unit").get(pk=cast.plant.pk)
    said = {"code": project.code, "mark": mark_of(project), "investor": investor}
    heads = [(one.key, Column(one.label)) for one in COLUMNS if one.key in said]
    content = write_table([head for _key, head in heads], [[said[key] for key, _head in heads]], "项目")
    return receive_changes(city=cast.city, content=content, filename="a.xlsx", by=cast.officer, at=NOW)


def sheets_of_one_project(cast: Cast) -> Calls:
    sheets = [_sheet(cast, investor) for investor in ("示例甲", "示例乙")]
    return [partial(accept_changes, sheet=one, by=cast.officer, at=NOW) for one in sheets]


def workbook_dropped(cast: Cast) -> Calls:
    content = "项目名称,到位金额(万元)\n示例,1\n".encode()
    said: dict[str, Any] = {"month": 2023 * 12 + 2, "content": content, "filename": "a.csv", "by": cast.officer}
    return both(drop, workbook=receive(city=cast.city, unit=cast.east, at=NOW, **said), by=cast.officer)


def subscription_paused(cast: Cast) -> Calls:
    said: dict[str, Any] = {"name": "示例", "url": "https://example.org/", "verbs": EVENTS[:1], "by": cast.security}
    return both(
        pause_subscription, subscription=subscribe(city=cast.city, at=NOW, **said), paused=True, by=cast.security
    )


def _bulletin(cast: Cast) -> Any:
    from dictionary import dictionary

    dictionary(cast)
    said: dict[str, Any] = {"period": Period.parse("2023Q1"), "issuer": "示例", "dated": TODAY, "by": cast.statistician}
    return draft_bulletin(city=cast.city, at=NOW, **said)


def bulletin_published(cast: Cast) -> Calls:
    from zhaoshang.bulletins.writing import publish_bulletin

    one = _bulletin(cast)
    return both(publish_bulletin, bulletin=one, revision=one.revision, waived=[], by=cast.statistician)


def bulletin_withdrawn(cast: Cast) -> Calls:
    one = bulletin_published(cast)[0]()
    return both(withdraw_bulletin, bulletin=one, reason="示例", by=cast.statistician)


def edition_revised(cast: Cast) -> Calls:
    one = editions._begun(cast)
    return both(revise_edition, edition=one, revision=one.revision, sections=[], by=cast.statistician)


RACES: dict[str, Callable[[Cast], Calls]] = {
    "assessments/assessing.py::locked": assessment_finished,
    "assessments/objecting.py::_to_decide": objection_decided,
    "bulletins/writing.py::_locked": bulletin_published,
    "bulletins/writing.py::withdraw_bulletin": bulletin_withdrawn,
    "duties/actions/clocks.py::answer_clock": lambda cast: both(
        answer_clock, clock=clock(cast), answer="示例", by=cast.officer
    ),
    "duties/actions/handing.py::hand_over_matter": handed_and_closed,
    "duties/actions/matters.py::_locked": lambda cast: both(
        answer_matter, matter=order(cast), text="示例", by=cast.officer
    ),
    "duties/actions/responsibility.py::_hold": assigned,
    "enterprises/actions.py::locked": changed_card,
    "enterprises/contacts.py::_standing": lambda cast: both(
        erase_contact, contact=person(cast, cast.plant.enterprise, cast.east), reason="示例", by=cast.officer
    ),
    "enterprises/merging.py::part_enterprises": parted,
    "enterprises/notes.py::reply_to_note": lambda cast: both(
        reply_to_note, note=_note(cast), kind=Reply.CLOSED, text="示例", for_the_bureau=False, by=cast.officer
    ),
    "enterprises/touches.py::withdraw_touch": lambda cast: both(
        withdraw_touch, touch=met(cast, cast.plant.enterprise, cast.east), reason="示例", by=cast.officer
    ),
    "leads/actions.py::_locked": lambda cast: both(reject, lead=lead(cast), reason="示例", by=cast.statistician),
    "machines/subscribing.py::_standing": subscription_paused,
    "matchmaking/actions.py::_activity": pair_proposed,
    "matchmaking/actions.py::_pair": pair_moved,
    "opportunities/actions/editions.py::_held": edition_revised,
    "opportunities/actions/editions.py::begin_edition": lambda cast: [partial(editions._begun, cast)] * 2,
    "opportunities/telling.py::locked": lambda cast: both(publish_entry, entry=drafted(cast), by=cast.officer),
    "outreach/actions/activities.py::_hold": seats_given,
    "outreach/actions/activities.py::_hold (signings)": signings_linked,
    "outreach/actions/activities.py::_locked": lambda cast: both(
        cancel_activity, activity=_activity(cast), reason="示例", by=cast.statistician
    ),
    "outreach/actions/activities.py::register_guest": last_seat,
    "outreach/actions/meetings.py::_follow_up": follow_up_done,
    "outreach/actions/trips.py::locked": lambda cast: both(
        decide_trip, trip=going.planned(cast), approve=True, by=cast.leader
    ),
    "outreach/actions/visits.py::_held": demand_answered,
    "outreach/actions/visits.py::_locked": visit_cancelled,
    "partners/appointing.py::end_partner": lambda cast: both(
        end_partner, partner=chamber(cast), on=TODAY, reason="示例", by=cast.statistician
    ),
    "partners/appointing.py::review_partner": reviewed_year,
    "partners/claiming.py::_locked": lambda cast: both(
        refuse_claim, claim=_claim(cast), reason="示例", by=cast.verifier
    ),
    "partners/claiming.py::answer_objection": objection_answered,
    "partners/claiming.py::object_in_public": objected_in_public,
    "publishing/actions.py::_locked": lambda cast: both(
        publishing.submit, version=articles.written(cast), by=cast.statistician
    ),
    "publishing/actions.py::correct_article": lambda cast: both(
        publishing.correct_article, article=articles.published(cast).article, correction="示例", by=cast.statistician
    ),
    "publishing/actions.py::withdraw_article": lambda cast: both(
        publishing.withdraw_article, article=articles.published(cast).article, reason="示例", by=cast.statistician
    ),
    "publishing/announcing.py::announce_activity": lambda cast: both(
        announce_activity, activity=_activity(cast, day=date(2023, 5, 1)), by=cast.statistician
    ),
    "publishing/announcing.py::take_back": announcement_taken_back,
    "publishing/asking.py::answer": lambda cast: _answered(cast, _request(cast)),
    "publishing/asking.py::erase_contacts": contacts_erased,
    "publishing/asking.py::take_request": lambda cast: [partial(_request, cast)] * 2,
    "publishing/identity.py::_open": code_asked,
    "publishing/imaging.py::add_image": lambda cast: [partial(added, cast, articles.written(cast).article)] * 2,
    "review/findings/keeping.py::_locked": finding_explained,
    "review/intake.py::_held": workbook_dropped,
    "review/project_changes.py::accept_changes": lambda cast: both(
        accept_changes, sheet=_sheet(cast, "示例"), by=cast.officer
    ),
    "review/project_changes.py::known": sheets_of_one_project,
    "searches/actions.py::_locked": lambda cast: both(confirm_search, search=saved(cast)),
    "searches/actions.py::erase_unconfirmed": searches_erased,
    "searches/actions.py::save_search": search_saved,
}
