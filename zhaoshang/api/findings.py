"""Findings: what is wrong, the sweep, explanations and their judgement."""

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status

from zhaoshang.api.duties import ClockAnswer, page_of
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Page, Strict
from zhaoshang.common.money import yuan_text
from zhaoshang.people.rules import Can
from zhaoshang.review.findings.keeping import accept_explanation, explain_finding, read_by_auditor, refuse_explanation
from zhaoshang.review.findings.models import WAITING, Finding
from zhaoshang.review.rules import Sought
from zhaoshang.review.sweeps import ask_sweep

router = Router(tags=["findings"])


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "key": one.key,
        "subject": one.subject,
        "facts": one.facts,
        "at_stake": yuan_text(one.at_stake_fen),
        "unit": one.unit.code if one.unit else None,
        "project": one.project.code if one.project else None,
        "owner": one.owner.username if one.owner else None,
        "superior": one.superior,
        "due_on": one.due_on,
        "state": one.state,
        "times": one.times,
        "first_seen_at": one.first_seen_at,
        "settled_at": one.settled_at,
        "explanation": one.explanation,
    }


def _rows(request: ApiRequest) -> Any:
    return Finding.objects.visible_to(request.viewer).select_related("unit", "project", "owner", "city")


@router.get("/findings", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Findings, newest first")
def findings(
    request: ApiRequest,
    state: Literal["", "open", "explained", "fixed", "closed", "all"] = "",
    kind: str = "",
    unit: str = "",
    after: UUID | None = None,
) -> Any:
    """Those that wait unless a state is asked for. Amounts in ``facts`` are integer fen, under names that end in ``_fen``."""
    rows = _rows(request)
    if state not in ("", "all"):
        rows = rows.filter(state=state)
    elif not state:
        rows = rows.filter(state__in=WAITING)
    rows = rows.filter(kind=kind) if kind else rows
    return page_of(rows.filter(unit__code=unit) if unit else rows, after, _finding)


@router.get(
    "/audit/findings",
    auth=needs(Can.READ_DIARY),
    response={200: Page},
    summary="The auditor's report: findings without what they are about",
)
def audit_findings(request: ApiRequest, kind: str = "", unit: str = "", after: UUID | None = None) -> Any:
    """Kind, unit, days, state and who answered; no project, no amount, no explanation. Reading it is written down."""
    city = request.viewer.city
    read_by_auditor(city=city, by=caller(request), at=timezone.now())
    rows = Finding.objects.of(city).select_related("unit", "explained_by", "accepted_by")
    rows = rows.filter(kind=kind) if kind else rows
    return page_of(rows.filter(unit__code=unit) if unit else rows, after, _audited)


def _audited(one: Finding) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "unit": one.unit.code if one.unit else None,
        "state": one.state,
        "times": one.times,
        "first_seen_at": one.first_seen_at,
        "due_on": one.due_on,
        "settled_at": one.settled_at,
        "explained_by": one.explained_by.username if one.explained_by else None,
        "accepted_by": one.accepted_by.username if one.accepted_by else None,
    }


@router.get("/findings/{key}", auth=needs(Can.READ_PAYMENTS), response={200: dict[str, Any]}, summary="One finding")
def finding(request: ApiRequest, key: UUID) -> Any:
    """``times``: how often the cause has come."""
    return _finding(_rows(request).get(pk=key))


@router.post(
    "/finding-sweeps",
    auth=needs(Can.SWEEP_FINDINGS),
    response={202: dict[str, Any]},
    url_name="sweep_findings",
    summary="Have everything looked through",
)
def sweep(request: ApiRequest) -> Any:
    """In a small city it is done when the answer comes; else ``state`` says how far the worker is."""
    asked = ask_sweep(city=request.viewer.city, by=caller(request), at=timezone.now(), sought=Sought.FINDINGS)
    return Status(202, {"state": asked.state, "found": asked.found, "fresh": asked.fresh})


@router.post(
    "/findings/{key}/explanation",
    auth=needs(Can.WORK_DUTIES),
    response={200: dict[str, Any]},
    summary="Explain a finding",
)
def explain(request: ApiRequest, key: UUID, body: ClockAnswer) -> Any:
    """Where it concerns figures a second person judges that."""
    explain_finding(finding=_rows(request).get(pk=key), text=body.text, by=caller(request), at=timezone.now())
    return _finding(_rows(request).get(pk=key))


class FindingVerdict(Strict):
    """Whether the explanation holds; refused, say why."""

    verdict: Literal["accept", "refuse"]
    text: Line = ""


@router.post(
    "/findings/{key}/judgement",
    auth=needs(Can.ACCEPT_FINDINGS),
    response={200: dict[str, Any]},
    summary="Judge an explanation",
)
def judge(request: ApiRequest, key: UUID, body: FindingVerdict) -> Any:
    """By another than who explained."""
    said: dict[str, Any] = {"finding": _rows(request).get(pk=key), "by": caller(request), "at": timezone.now()}
    if body.verdict == "accept":
        accept_explanation(**said)
    else:
        refuse_explanation(text=body.text, **said)
    return _finding(_rows(request).get(pk=key))
