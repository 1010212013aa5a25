"""Local rules of every kind: what is in force, what was issued, a new set tried and issued."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Strict
from zhaoshang.people.rules import Can
from zhaoshang.rulebook.kinds import KINDS
from zhaoshang.rulebook.trials import trial_of
from zhaoshang.rulesets.actions import issue_set
from zhaoshang.rulesets.kinds import InForce, Kind
from zhaoshang.rulesets.models import CityRules
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import LONGEST, content_in, differences, line_of, read_text

router = Router(tags=["local rules"])
Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Code = Annotated[str, Field(pattern=r"^[-A-Za-z0-9_]{1,40}$")]


class Written(Strict):
    """What a set says, as TOML; a head in it is left aside."""

    text: Text


class Issue(Written):
    """A set as a document issues it."""

    code: Code
    title: Name
    title_en: Annotated[str, Field(max_length=120)] = ""
    document: Name
    valid_from: date


def kind_of(code: str) -> Kind[Any]:
    """A kind by its code."""
    if code not in KINDS:
        raise CityRules.DoesNotExist
    return KINDS[code]


def _told(held: InForce[Any]) -> dict[str, Any]:
    issued = held.issued
    return {
        "kind": held.kind.code,
        **held.told,
        "issued": issued is not None,
        "valid_from": issued.valid_from if issued else None,
        "issued_at": issued.issued_at if issued else None,
    }


def _content(text: str, kind: Kind[Any]) -> dict[str, Any]:
    """What a text says. Raises ``BadRules`` with the line."""
    content = content_in(read_text(text))
    try:
        kind.check(content)
    except BadRules as fault:
        raise BadRules(fault.place, fault.template, line_of(text, fault.place), **fault.params) from None
    return content


@router.get(
    "/local-rules",
    auth=needs(Can.READ_RULES),
    response={200: list[dict[str, Any]]},
    summary="All kinds, each with the set in force",
)
def local_rules(request: ApiRequest, on: date | None = None) -> Any:
    """On a day (today); ``issued`` is false where the sample of the system holds."""
    day = on or timezone.localdate()
    return [_told(kind.on(request.viewer.city, day)) for kind in KINDS.values()]


@router.get(
    "/local-rules/{kind}",
    auth=needs(Can.READ_RULES),
    response={200: dict[str, Any]},
    summary="The set of a kind in force, and those that were issued",
)
def local_kind(request: ApiRequest, kind: str, on: date | None = None, code: str = "") -> Any:
    """On a day (today), or the set with ``code``; ``sets`` are all that the city issued, the latest first."""
    found, city = kind_of(kind), request.viewer.city
    rows = found.rows(city)
    held = InForce(found, rows.get(code=code)) if code else found.on(city, on or timezone.localdate())
    sets = [_told(InForce(found, one)) for one in rows.order_by("-valid_from")]
    return {**_told(held), "content": dict(held.content), "sets": sets}


@router.post(
    "/local-rules/{kind}/try",
    auth=needs(Can.WRITE_RULES),
    response={200: dict[str, Any]},
    summary="What a set would change; nothing is written",
)
def try_local(request: ApiRequest, kind: str, body: Written) -> Any:
    """``differences`` from the set in force, key by key; ``effects`` counted by both, null where nothing can be tried."""
    found, city, today = kind_of(kind), request.viewer.city, timezone.localdate()
    content = _content(body.text, found)
    differing = differences(found.on(city, today).content, content)
    trial = trial_of(found, city, content, today)
    effects = (
        [{"what": one.what, "name": one.name, "before": one.before, "after": one.after} for one in trial.effects]
        if trial
        else None
    )
    return {
        "differences": [
            {"key": one.line.known, "before": one.before and one.before.value, "after": one.after and one.after.value}
            for one in differing
        ],
        "about": trial.about if trial else "",
        "tried": trial.tried if trial else 0,
        "effects": effects,
    }


@router.post(
    "/local-rules/{kind}",
    auth=needs(Can.WRITE_RULES),
    response={201: dict[str, str]},
    summary="Issue a set",
)
def issue_local(request: ApiRequest, kind: str, body: Issue) -> Any:
    """From a day on: tomorrow at the earliest when another is in force. What is issued never changes."""
    found, said = kind_of(kind), body.dict()
    content = _content(said.pop("text"), found)
    made = issue_set(
        kind=found, city=request.viewer.city, content=content, by=caller(request), at=timezone.now(), **said
    )
    return Status(201, {"code": made.code})
