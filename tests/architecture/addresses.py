"""Every address with its parts filled in, on rows of the own unit and of another's, and called as its door is called."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from architecture.routes import Route
from cast import Cast
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from duplicates.alike import FIRST

from zhaoshang.contracts.models import ContractText
from zhaoshang.contracts.queries import flags_of
from zhaoshang.projects.actions import register_project


def _payment(cast: Cast, own: bool) -> str:
    project, officer = (cast.plant, cast.officer) if own else (cast.harbour, cast.other_officer)
    return str(cast.declared(project=project, by=officer).pk)


def _evidence(cast: Cast, own: bool) -> str:
    from zhaoshang.capital.models import Evidence

    return str(Evidence.objects.of(cast.city).get(payment_id=_payment(cast, own)).pk)


def _import(cast: Cast, own: bool) -> str:
    from zhaoshang.review.intake import receive

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    content = "项目名称,到位金额(万元)\n示例,1\n".encode()
    return str(
        receive(
            city=cast.city, unit=unit, month=2023 * 12 + 2, content=content, filename="a.csv", by=officer, at=cast.now
        ).pk
    )


def _text(cast: Cast, own: bool) -> str:
    from zhaoshang.bulletins.actions import check_text

    return str(
        check_text(city=cast.city, text="到位内资1亿元", by=cast.officer if own else cast.other_officer, at=cast.now).pk
    )


def _lead(cast: Cast, own: bool) -> str:
    from leads.told import told

    from zhaoshang.leads.actions import assign

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    return str(assign(lead=told(cast), unit=unit, handler=officer, by=cast.statistician, at=cast.now).pk)


def _objection(cast: Cast, own: bool) -> str:
    from assessments.city import account, issued, shown
    from assessments.test_course import objection

    account(cast)
    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    return str(objection(cast, shown(cast, issued(cast)), unit=unit, by=officer).pk)


def _pair(cast: Cast, own: bool) -> str:
    from zhaoshang.review.deciding import keep_pairs
    from zhaoshang.review.models import DuplicatePair

    other = replace(FIRST, code="2023-0909")
    unit = cast.east if own else cast.west
    second = register_project(
        city=cast.city, unit=unit, enterprise=cast.harbour.enterprise, new=other, by=None, at=cast.now
    )
    keep_pairs(cast.city, [(cast.plant if own else cast.harbour, second, 10, [])], "sample", cast.now)
    return str(DuplicatePair.objects.of(cast.city).get(second=second).pk)


def _of_trip(cast: Cast, own: bool, what: str) -> str:
    from outreach import going

    from zhaoshang.outreach.models import FollowUp

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    trip = going.approved(cast, going.HEAD, unit=unit, by=officer)
    if what == "trips":
        return trip.code
    meeting = going.minuted(cast, trip)
    if what == "meetings":
        return str(meeting.pk)
    return str(FollowUp.objects.of(cast.city).filter(meeting=meeting).order_by("days").values_list("pk", flat=True)[0])


def _of_activity(cast: Cast, own: bool, what: str) -> str:
    from outreach import going

    from zhaoshang.outreach.actions.activities import NewGuest, NewSigning, invite, sign_at
    from zhaoshang.outreach.models import Guest

    unit = cast.east if own else cast.west
    held = going.activity(cast, code="owned", unit=unit, by=cast.second_statistician)
    if what == "activities":
        return held.code
    if what == "signings":
        new = [NewSigning(name="示例项目", amount_fen=1, unit=unit)]
        return str(sign_at(activity=held, signings=new, by=cast.statistician, at=cast.now)[0].pk)
    invite(activity=held, guests=[NewGuest("示例商会", "示例嘉宾", unit=unit)], by=cast.statistician, at=cast.now)
    return str(Guest.objects.of(cast.city).get(activity=held).pk)


def _of_visit(cast: Cast, own: bool, what: str) -> str:
    from outreach import going

    from zhaoshang.outreach.actions.visits import take_demand

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    visit = going.visited(cast, unit=unit, by=officer)
    if what == "visits":
        return str(visit.pk)
    return str(take_demand(visit=visit, text="示例", department="示例", by=officer, at=cast.now).pk)


def _matched(cast: Cast, own: bool) -> str:
    from matchmaking.meeting import entry, group, held, pair

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    return str(pair(cast, held(cast, unit=unit), group(cast), entry(cast, unit=unit, steward=officer)).pk)


def _opportunity(cast: Cast, own: bool) -> str:
    from opportunities.building import drafted

    if own:
        return drafted(cast).code
    return drafted(cast, unit=cast.west, steward=cast.other_officer).code


def _talk(cast: Cast, own: bool) -> str:
    from talks.talking import claimed

    return str(claimed(cast, by=cast.officer if own else cast.other_officer, at=timezone.now()).talk_id)


def _talk_evidence(cast: Cast, own: bool) -> str:
    from zhaoshang.talks.claiming import Proof, attach_talk_evidence
    from zhaoshang.talks.models import Talk

    talk = Talk.objects.of(cast.city).select_related("city").get(pk=_talk(cast, own))
    proof = Proof(kind="letter", document="示例", content=b"%PDF-1.4\n%%EOF\n", name="a.pdf")
    by = cast.officer if own else cast.other_officer
    return str(attach_talk_evidence(talk=talk, proof=proof, by=by, at=timezone.now()).pk)


def _dispute(cast: Cast, own: bool) -> str:
    from talks.talking import between_others, claimed, disputed

    now = timezone.now()
    return str(disputed(cast, claimed(cast, at=now), now).pk if own else between_others(cast, now)[0].pk)


def _transfer(cast: Cast, own: bool) -> str:
    from talks.talking import between_others, offered

    now = timezone.now()
    return str(offered(cast, now, project=cast.plant).pk if own else between_others(cast, now)[1].pk)


def _appraisal(cast: Cast, own: bool) -> str:
    from contracts.papers import weighed

    project, officer = (cast.plant, cast.officer) if own else (cast.harbour, cast.other_officer)
    return str(weighed(cast, project, by=officer).pk)


def _contract(cast: Cast, own: bool) -> ContractText:
    from contracts.papers import uploaded

    project, officer = (cast.plant, cast.officer) if own else (cast.harbour, cast.other_officer)
    return uploaded(cast, project, by=officer)


def _flag(cast: Cast, own: bool) -> str:
    return str(flags_of(_contract(cast, own))[0].pk)


def _review(cast: Cast, own: bool) -> str:
    from contracts.papers import reviewed

    from zhaoshang.contracts.rules.clauses import ReviewKind

    return str(reviewed(cast, cast.plant if own else cast.harbour, ReviewKind.DUE_DILIGENCE).pk)


def _promise(cast: Cast, own: bool) -> str:
    from contracts.papers import promised

    project, officer = (cast.plant, cast.officer) if own else (cast.harbour, cast.other_officer)
    return str(promised(cast, project, by=officer).pk)


def _promise_file(cast: Cast, own: bool) -> str:
    from contracts.papers import kept

    return str(kept(cast, _promise(cast, own), cast.officer if own else cast.other_officer).pk)


def _clock(cast: Cast, own: bool) -> str:
    from duties.test_clocks import clock

    return str(clock(cast, unit=cast.east if own else cast.west).pk)


def _problem(cast: Cast, own: bool) -> str:
    from duties.test_matters import problem

    given = {} if own else {"project": cast.harbour, "by": cast.other_officer}
    return str(problem(cast, **given).pk)


def _order(cast: Cast, own: bool) -> str:
    from duties.test_matters import order

    return str(order(cast, unit=cast.east if own else cast.west).pk)


def _finding(cast: Cast, own: bool) -> str:
    from zhaoshang.review.findings.keeping import sweep_findings
    from zhaoshang.review.models import Finding

    sweep_findings(city=cast.city, by=None, at=cast.now)
    found = Finding.objects.of(cast.city).filter(unit=cast.east if own else cast.west)
    return str(found.order_by("id").first().pk)


def _enterprise(cast: Cast, own: bool) -> str:
    return str((cast.plant if own else cast.harbour).enterprise_id)


def _contact(cast: Cast, own: bool) -> str:
    from enterprises.firms import person

    project, unit = (cast.plant, cast.east) if own else (cast.harbour, cast.west)
    return str(person(cast, project.enterprise, unit).pk)


def _touch(cast: Cast, own: bool) -> str:
    from enterprises.firms import met

    project, unit = (cast.plant, cast.east) if own else (cast.harbour, cast.west)
    return str(met(cast, project.enterprise, unit).pk)


def _risk(cast: Cast, own: bool) -> str:
    from datetime import date

    from zhaoshang.enterprises.notes import note_risk
    from zhaoshang.enterprises.rules import Level

    project, officer = (cast.plant, cast.officer) if own else (cast.harbour, cast.other_officer)
    said: dict[str, Any] = {
        "level": Level.HINT,
        "text": "示例",
        "source": "示例",
        "noted_on": date(2023, 4, 1),
        "unit": project.unit,
    }
    return str(note_risk(enterprise=project.enterprise, by=officer, at=cast.now, **said).pk)


# Rows that belong to a unit: the first part of the address below its door → how to make one of the own or another's unit.
OWNED: dict[str, Callable[[Cast, bool], str]] = {
    "payments": _payment,
    "evidence": _evidence,
    "projects": lambda cast, own: (cast.plant if own else cast.harbour).code,
    "imports": _import,
    "texts": _text,
    "objections": _objection,
    "duplicates": _pair,
    **{what: partial(_of_trip, what=what) for what in ("trips", "meetings", "follow-ups")},
    **{what: partial(_of_activity, what=what) for what in ("activities", "guests", "signings")},
    "pairs": _matched,
    **{what: partial(_of_visit, what=what) for what in ("visits", "demands")},
    "talks": _talk,
    "talk-evidence": _talk_evidence,
    "talk-disputes": _dispute,
    "transfers": _transfer,
    "clocks": _clock,
    "problems": _problem,
    "orders": _order,
    "findings": _finding,
    "enterprises": _enterprise,
    "contacts": _contact,
    "touches": _touch,
    "risks": _risk,
    "soe": _enterprise,
    "leads": _lead,
    "opportunities": _opportunity,
    "appraisals": _appraisal,
    "contract-texts": lambda cast, own: str(_contract(cast, own).pk),
    "contract-flags": _flag,
    "contract-reviews": _review,
    "promises": _promise,
    "promise-files": _promise_file,
}
MISSING = "00000000-0000-7000-8000-000000000000"
OTHERS = {"indicator": "none", "unit": "east", "when": "2023Q1", "code": "none", "month": "2021-01", "name": "none"}
OTHERS |= {"width": "960", "year": "2023", "until": "2023-03", "number": "1", "step": "submit"}


def subject(route: Route) -> str:
    """What sort of row of a unit the address names; empty when none."""
    names = {"key", "code", "payment"} & set(route.converters)
    what = route.pattern.split("/")[1] if names else ""
    return what if what in OWNED else ""


def address(route: Route, row: str) -> str:
    """The address filled in; ``row`` is the key of the row that it names."""
    path = "/" + route.pattern
    for name in route.converters:
        known = row if subject(route) and name in ("key", "code", "payment") else OTHERS.get(name, MISSING)
        path = re.sub(rf"<(?:\w+:)?{name}>", known, path)
    return path


# Bodies that pass the API's validation, so that it is the row that is looked for.
BODIES = {
    "api:new_hold": {"kind": "project", "reason": "x"},
    "api:lifted_hold": {"reason": "x"},
    "api:aliases": {"also": "示例别名"},
    "api:problem_confirmer": {"confirmer": "officer", "reason": "x"},
    "api:revise_edition": {"revision": 1, "title": "x", "issuer": "x", "dated": "2023-01-01", "sections": []},
    "api:rewrite_article": {"title": "x", "body": "x", "revision": 1},
    "api:article_step": {"step": "submit"},
    "api:answer_request": {"outcome": "refused", "reply": "x", "public_reply": "x"},
    "api:decision": {"verdict": "return", "revision": 1, "reason": "x"},
    "api:new_schedule": {"document": "x", "agreed_on": "2023-01-10", "instalments": {"2023-06": "1.00"}},
    "api:opposite": {"month": "2023-03", "amount": "1.00", "reason": "x"},
    "api:new_report": {"standing": "done", "text": "x", "reported_on": "2023-03-01"},
    "api:renamed_view": {"title": "x"},
    "api:shared_view": {},
    "api:preferred_view": {"default": True},
    "api:decide_pair": {"verdict": "related", "reason": "x"},
    "api:new_tags": {"projects": ["none"]},
    "api:move": {"stage": "none", "on": "2023-03-01"},
    "api:skip": {"stage": "none", "on": "2023-03-01", "skip_reason": "x"},
    "api:change_trip": {
        "code": "x",
        "title": "x",
        "purpose": "x",
        "first_day": "2023-02-06",
        "last_day": "2023-02-06",
        "members": [{"name": "x", "post": "x", "rank": "staff", "leads": True}],
        "destinations": [{"code": "310000", "name": "上海市"}],
    },
    "api:trip_decision": {"verdict": "approve"},
    "api:trip_off": {"what": "cancel", "reason": "x"},
    "api:trip_report": {"text": "x"},
    "api:new_meeting": {"day": "2023-02-06", "party": "x"},
    "api:new_minutes": {"key": MISSING, "text": "x"},
    "api:meeting_lead": {"investor": "x", "text": "x"},
    "api:done_follow_up": {"on": "2023-03-01", "note": "x"},
    "api:owner_of_follow_up": {"owner": "officer"},
    "api:link_trip": {"project": "none"},
    "api:cancelled_activity": {"reason": "x"},
    "api:changed_activity": {"title": "x"},
    "api:agenda": {"items": []},
    "api:registration": {"consent": ""},
    "api:activity_lead": {"investor": "x", "text": "x"},
    "api:guest_seat": {"seat": ""},
    "api:new_pair": {"enterprise": MISSING, "opportunity": "none"},
    "api:new_step": {"state": "invited", "on": "2023-04-03"},
    "api:session_set": {"begins_at": "2023-04-03T09:00:00Z", "minutes": 20, "slots": 2, "tables": ["x"]},
    "api:away": {"slots": []},
    "api:seat": {"free": True},
    "api:new_signings": {"signings": [{"name": "x"}]},
    "api:linked_signing": {"project": "none"},
    "api:project_signed": {"project": "none"},
    "api:new_guests": {"guests": [{"organisation": "x", "name": "x"}]},
    "api:guest_note": {"reply": "coming"},
    "api:told_visit": {"on": "2023-02-06", "told": "x"},
    "api:cancelled_visit": {"reason": "x"},
    "api:new_demand": {"text": "x", "department": "x"},
    "api:answered_demand": {"answer": "x"},
    "api:rated_demand": {"satisfaction": "content"},
    "api:new_talk_note": {"kind": "note", "on": "2023-03-01", "text": "x"},
    "api:release_talk": {"reason": "x"},
    "api:dispute_answer": {"answer": "x"},
    "api:dispute_ruling": {"outcome": "upheld", "ruling": "x"},
    "api:transfer_reply": {"accept": False, "answer": "x"},
    "api:new_note": {"on": "2023-03-01", "text": "x"},
    "api:new_standing": {"standing": "paused", "reason": "x"},
    "api:new_problem": {"text": "x", "level": "unit"},
    "api:clock_answer": {"text": "x"},
    "api:problem_answer": {"text": "x"},
    "api:problem_judgement": {"verdict": "send_back", "text": "x"},
    "api:order_answer": {"text": "x"},
    "api:order_judgement": {"verdict": "send_back", "text": "x"},
    "api:explain": {"text": "x"},
    "api:judge": {"verdict": "accept"},
    "api:amend_lead": {"investor": "x"},
    "api:triage": {"verdict": "reopen", "reason": "x"},
    "api:assign": {"unit": "none", "handler": "none"},
    "api:new_answer": {"text": "x"},
    "api:close_lead": {"text": "x"},
    "api:link": {"project": "none"},
    "api:amend_opportunity": {
        "kind": "parcel",
        "title": "x",
        "unit": "east",
        "expires_on": "2099-01-01",
        "revision": 1,
    },
    "api:reserve_opportunity": {"project": "none", "until_on": "2099-01-01", "document": "x"},
    "api:move_opportunity": {"to": "talks"},
    "api:outline_opportunity": {"revision": 1, "geojson": {"type": "Polygon", "coordinates": []}},
    "api:choose": {"entries": []},
    "api:ask_edition": {"revision": 1},
    "api:approve": {"revision": 1},
    "api:new_appraisal": {"site": "land", "inputs": {}},
    "api:decide_appraisal": {"outcome": "defer", "met_on": "2023-04-03", "members": []},
    "api:deal_with_flag": {"handled": "no_hit"},
    "api:new_promise": {
        "side": "enterprise",
        "text": "x",
        "due_on": "2023-01-01",
        "responsible": "x",
        "document": "x",
        "agreed_on": "2023-01-01",
    },
    "api:amend": {"document": "x", "agreed_on": "2023-01-01"},
    "api:new_actual": {"year": 2022, "measure": "tax", "amount": "1.00", "document": "x"},
    "api:close_project": {"standing": "paused", "reason": "x"},
    "api:reopen": {"reason": "x"},
    "api:put_right": {"stage": "none", "reason": "x"},
    "api:hide": {"code_name": "x", "reason": "x"},
    "api:disclose": {"reason": "x"},
    "api:team": {"person": "none", "belongs": True, "reason": "x"},
    "api:new_correction": {"field": "industry", "old": "C", "new": "D", "reason": "x"},
    "api:change": {"name": "x", "revision": 1},
    "api:new_parent": {},
    "api:new_merger": {"closed": "00000000-0000-7000-8000-000000000000", "reason": "x"},
    "api:new_contact": {"name": "x", "source": "x"},
    "api:change_person": {"name": "x", "source": "x"},
    "api:erase": {"reason": "x"},
    "api:new_risk": {"level": "hint", "text": "x", "source": "x", "noted_on": "2023-03-01"},
    "api:new_reply": {"kind": "answered", "text": "x"},
    "api:new_touch": {"on": "2023-03-01", "kind": "visit", "who": "x", "said": "x"},
    "api:new_withdrawal": {"reason": "x"},
    "api:new_relation": {"document": "x", "valid_from": "2023-03-01"},
}


# What comes with a file, and the rest of it in the address.
UPLOADS = {
    "api:new_image": "alt=x&alt_en=x",
    "api:new_evidence": "kind=invoice",
    "api:new_import": "kind=invoice",
    "api:new_proof": "kind=contract&stage=signed",
    "api:new_contract_text": "",
    "api:own_claim_paper": "kind=contract&document=x",
    "api:new_review": "kind=due_diligence&finding=passed&conclusion=x&done_on=2023-01-01",
    "api:settle": "status=kept&on=2999-01-01",  # refused by its day: which right it takes hangs on the status
}


def call(client: Client, route: Route, path: str) -> int:
    if route.name == "api:new_photo":
        return client.post(
            f"{path}?alt=x&alt_en=x", {"file": ContentFile(b"%PDF-1.4\n%%EOF\n", name="a.pdf")}
        ).status_code
    files = {
        "api:new_evidence": "invoice",
        "api:new_import": "invoice",
        "api:new_proof": "contract&stage=signed",
        "api:new_talk_evidence": "letter&document=x",
        "api:new_list": "invoice",
    }
    if kind := files.get(route.name):
        return client.post(
            f"{path}?kind={kind}",
            {"file": ContentFile(b"%PDF-1.4\n%%EOF\n", name="a.pdf")},
        ).status_code
    if route.name in UPLOADS:
        file = ContentFile(b"%PDF-1.4\n%%EOF\n", name="a.pdf")
        return client.post(f"{path}?{UPLOADS[route.name]}", {"file": file}).status_code
    if route.pattern.startswith("api/") and route.verb != "GET":
        body = json.dumps(BODIES.get(route.name, {})).encode()
        return client.generic(route.verb, path, body, content_type="application/json").status_code
    return client.generic(route.verb, path).status_code
