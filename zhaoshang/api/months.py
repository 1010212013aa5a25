"""Units, months and rule sets."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Strict
from zhaoshang.capital.models import RuleSet
from zhaoshang.capital.queries import official_rules, try_rules
from zhaoshang.capital.rules import check_content
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period, month_text, parse_month
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import MonthChange, ReportingUnit, ReportMonth
from zhaoshang.review.closing import ask_reopen, close_month, decide_reopen

router = Router(tags=["months and rules"])


@router.get("/units", auth=needs(Can.READ_FIGURES), response={200: list[dict[str, Any]]}, summary="Reporting units")
def units(request: ApiRequest) -> Any:
    """In the order of the league table's print."""
    rows = ReportingUnit.objects.of(request.viewer.city)
    return [
        {"code": unit.code, "name": unit.name, "name_en": unit.name_en, "group": unit.league_group} for unit in rows
    ]


@router.get(
    "/months",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="Report months and their state",
)
def months(request: ApiRequest) -> Any:
    """Oldest first."""
    return [
        {"month": str(row), "state": row.state, "due_on": row.due_on}
        for row in ReportMonth.objects.of(request.viewer.city)
    ]


@router.post(
    "/months/{month}/close",
    auth=needs(Can.CLOSE_MONTH),
    response={200: dict[str, str]},
    url_name="close_month",
    summary="Close a month",
)
def close(request: ApiRequest, month: str) -> Any:
    """From here on no write reaches it."""
    close_month(city=request.viewer.city, number=parse_month(month), by=caller(request), at=timezone.now())
    return {"month": month, "state": "closed"}


class NewReopening(Strict):
    """Why a closed month must be opened again."""

    reason: Line


@router.post(
    "/months/{month}/reopenings",
    auth=needs(Can.ASK_REOPEN),
    response={201: dict[str, str]},
    url_name="ask_reopening",
    summary="Ask that a closed month be reopened",
)
def ask(request: ApiRequest, month: str, body: NewReopening) -> Any:
    """Another person decides."""
    change = ask_reopen(
        city=request.viewer.city, number=parse_month(month), reason=body.reason, by=caller(request), at=timezone.now()
    )
    return Status(201, {"id": str(change.pk)})


class ReopeningDecision(Strict):
    """The second person's word."""

    approved: bool


@router.post(
    "/reopenings/{key}/decision",
    auth=needs(Can.APPROVE_REOPEN),
    response={200: dict[str, Any]},
    url_name="decide_reopening",
    summary="Decide on a reopening",
)
def decide(request: ApiRequest, key: UUID, body: ReopeningDecision) -> Any:
    """Refused for the person who asked."""
    change = MonthChange.objects.of(request.viewer.city).select_related("month", "city").get(pk=key)
    decide_reopen(change=change, approved=body.approved, by=caller(request), at=timezone.now())
    return {"month": month_text(change.month.number), "approved": body.approved}


@router.get(
    "/rule-sets",
    auth=needs(Can.READ_RULES),
    response={200: list[dict[str, Any]]},
    summary="What counts: rule sets with their text",
)
def rule_sets(request: ApiRequest) -> Any:
    """Drafts too, marked by an empty ``issued_at``."""
    return [
        {
            "code": rules.code,
            "title": rules.title,
            "document": rules.document,
            "source": rules.source,
            "is_sample": rules.is_sample,
            "valid_from": month_text(rules.valid_from),
            "valid_to": month_text(rules.valid_to) if rules.valid_to else None,
            "computed_from": month_text(rules.computed_from),
            "issued_at": rules.issued_at,
            "content": rules.content,
        }
        for rules in RuleSet.objects.of(request.viewer.city)
    ]


class RuleTrial(Strict):
    """A rule set's content, to be tried on past months."""

    period: Line
    content: dict[str, Any]


@router.post(
    "/rule-sets/trial",
    auth=needs(Can.WRITE_RULES),
    response={200: list[dict[str, str]]},
    summary="Try a rule on past months; nothing is written",
)
def trial(request: ApiRequest, body: RuleTrial) -> Any:
    """By unit: what counted under the official set and what would count."""
    city, period = request.viewer.city, Period.parse(body.period)
    check_content(body.content)
    codes = {unit.pk: unit.code for unit in ReportingUnit.objects.of(city)}
    found = try_rules(city, official_rules(city, period.first), body.content, period)
    return [
        {"unit": codes[key], "before": yuan_text(pair.before_fen), "after": yuan_text(pair.after_fen)}
        for key, pair in sorted(found.items(), key=lambda item: codes[item[0]])
    ]
