"""Promises of both sides: the list with what is overdue, one project's with their logs, and promised against real."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, PositiveYuan, Strict, fen
from zhaoshang.api.stages import project_seen
from zhaoshang.common.money import yuan_text
from zhaoshang.contracts.actions.promising import (
    NewPromise,
    amend_promise,
    enter_actual,
    make_promise,
    settle_promise,
)
from zhaoshang.contracts.models import Promise, PromiseEntry
from zhaoshang.contracts.queries import compared, entries_of, promises_of, promises_seen, with_met
from zhaoshang.contracts.rules.promises import Measure, Side, days_overdue
from zhaoshang.contracts.rules.promises import Status as Standing
from zhaoshang.contracts.rules.sheets import rounded
from zhaoshang.people.rules import Can

router = Router(tags=["contracts"])
PAGE = 50
_COLUMNS = (
    "number",
    "side",
    "measure",
    "text",
    "quantity",
    "due_on",
    "responsible",
    "document",
    "status",
    "settled_on",
)


def _money(fen_: int | None) -> str | None:
    return None if fen_ is None else yuan_text(fen_)


def _promise(one: Promise, today: date) -> dict[str, Any]:
    told: dict[str, Any] = {"id": str(one.pk), "amount": _money(one.amount_fen), "is_sample": one.is_sample}
    told |= {"days_overdue": days_overdue(one.status, one.due_on, today, one.is_met), "met": one.is_met}
    return {**told, **{name: getattr(one, name) for name in _COLUMNS}}


def _entry(one: PromiseEntry) -> dict[str, Any]:
    plain = ("number", "kind", "document", "day", "reason", "changes", "status", "digest", "name", "entered_at")
    return {**{name: getattr(one, name) for name in plain}, "entered_by": one.entered_by.username}


@router.get("/promises", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Promises, newest first")
def promises(
    request: ApiRequest,
    side: Literal["", "enterprise", "government"] = "",
    status: Literal["", "overdue", "met", "open", "kept", "late", "broken", "waived"] = "",
    unit: str = "",
    q: str = "",
    after: UUID | None = None,
) -> Any:
    """``status=overdue``: open ones whose day has passed and that are not met.

    ``met``: what is real has reached what was promised; they wait to be settled.
    """
    today = timezone.localdate()
    rows = promises_seen(request.viewer, {"side": side, "status": status, "unit": unit, "q": q}, today)
    found = list((rows.filter(pk__lt=after) if after else rows).order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    told = [{"project": one.project.code, "unit": one.project.unit.code, **_promise(one, today)} for one in shown]
    return {"rows": told, "next": str(shown[-1].pk) if len(found) > PAGE else None}


@router.get(
    "/projects/{code}/promises",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="A project's promises, and promised against real",
)
def project_promises(request: ApiRequest, code: str) -> Any:
    """Real investment is what the ledger has verified, cumulative; tax and output are entered with a document; null: nobody said."""
    project, today = project_seen(request, code), timezone.localdate()
    found = promises_of(project)
    logs, held = entries_of(project.city, found), compared(project, found, today)
    return {
        "promises": [{**_promise(one, today), "log": [_entry(line) for line in logs[one.pk]]} for one in found],
        "mu": rounded(held.mu, 4) if held.mu else None,
        "years": [
            {
                "year": row.year,
                "measure": str(row.measure),
                "promised": _money(row.promised_fen),
                "real": _money(row.real_fen),
                "document": entry.document if (entry := held.actuals.get((str(row.measure), row.year))) else None,
            }
            for row in held.rows
        ],
    }


class PromiseIn(Strict):
    """``measure``: investment (cumulative by its day), tax or output of the day's year, or none; then ``amount`` in yuan is needed."""

    side: Literal["enterprise", "government"]
    text: Annotated[str, Field(min_length=1, max_length=400)]
    due_on: date
    responsible: Name
    document: Name
    agreed_on: date
    measure: Literal["", "investment", "tax", "output"] = ""
    amount: PositiveYuan | None = None
    quantity: Annotated[str, Field(max_length=60)] = ""


@router.post(
    "/projects/{code}/promises",
    auth=needs(Can.PREPARE_CONTRACT),
    response={201: dict[str, Any]},
    summary="Register a promise",
)
def new_promise(request: ApiRequest, code: str, body: PromiseIn) -> Any:
    """Of either side, by the document that it stands in."""
    given = body.dict(exclude={"side", "measure", "amount"})
    amount = None if body.amount is None else fen(body.amount)
    new = NewPromise(side=Side(body.side), measure=Measure(body.measure), amount_fen=amount, **given)
    made = make_promise(project=project_seen(request, code), new=new, by=caller(request), at=timezone.now())
    return Status(201, {"id": str(made.pk), "number": made.number})


def _seen(request: ApiRequest, key: UUID) -> Promise:
    rows = with_met(Promise.objects.visible_to(request.viewer).select_related("project__city"), request.viewer.city.pk)
    return rows.get(pk=key)


class Amendment(Strict):
    """What a supplement changes; what is not given stays."""

    document: Name
    agreed_on: date
    reason: Line = ""
    text: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    amount: PositiveYuan | None = None
    quantity: Annotated[str, Field(max_length=60)] | None = None
    due_on: date | None = None
    responsible: Name | None = None


@router.post(
    "/promises/{key}/amendment",
    auth=needs(Can.PREPARE_CONTRACT),
    response={200: dict[str, Any]},
    summary="Change a promise by a supplement",
)
def amend(request: ApiRequest, key: UUID, body: Amendment) -> Any:
    """What it said before stays in its log."""
    given = body.dict(exclude={"amount"}, exclude_none=True)
    terms = given | ({} if body.amount is None else {"amount_fen": fen(body.amount)})
    amend_promise(promise=_seen(request, key), by=caller(request), at=timezone.now(), **terms)
    return _promise(_seen(request, key), timezone.localdate())


class Settlement(Strict):
    """Kept after its day is kept late, whatever is said; waiving takes the right to review contracts."""

    status: Literal["kept", "broken", "waived"]
    on: date
    reason: Line = ""


@router.post(
    "/promises/{key}/settlement",
    auth=needs(Can.PREPARE_CONTRACT, Can.REVIEW_CONTRACT),
    response={200: dict[str, Any]},
    summary="Settle a promise",
)
def settle(
    request: ApiRequest,
    key: UUID,
    said: Query[Settlement],
    file: UploadedFile | None = File(None),  # type: ignore[type-arg]  # noqa: B008
) -> Any:
    """A kept one with the file that shows it."""
    settle_promise(
        promise=_seen(request, key),
        status=Standing(said.status),
        on=said.on,
        reason=said.reason,
        content=file.read() if file else b"",
        name=(file.name or "") if file else "",
        by=caller(request),
        at=timezone.now(),
    )
    return _promise(_seen(request, key), timezone.localdate())


class ActualIn(Strict):
    """A year's tax or output in yuan, by a document."""

    year: int
    measure: Literal["tax", "output"]
    amount: PositiveYuan
    document: Annotated[str, Field(min_length=1, max_length=200)]


@router.post(
    "/projects/{code}/actuals",
    auth=needs(Can.PREPARE_CONTRACT),
    response={201: dict[str, Any]},
    summary="Enter what a year really came to",
)
def new_actual(request: ApiRequest, code: str, body: ActualIn) -> Any:
    """Entered again, it is the next revision; the earlier stays."""
    entered = enter_actual(
        project=project_seen(request, code),
        year=body.year,
        measure=Measure(body.measure),
        amount_fen=fen(body.amount),
        document=body.document,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(entered.pk), "revision": entered.revision})
