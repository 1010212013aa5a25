"""Payments and their evidence, imports, exchange rates and arrivals from before the ledger, by the API."""

from cast import Cast
from django.core.files.base import ContentFile
from imports.sending import book, line

from doors.doings import PLAIN, Doing, at, doing, pdf, plainly

plainly(
    "api:new_rates",
    "statistician",
    {"rates": [{"currency": "USD", "on": "2023-03-06", "rate": "6.9", "source": PLAIN}]},
)


@doing("api:new_payment")
def new_payment(cast: Cast) -> Doing:
    said = {"project": cast.plant.code, "month": "2023-03", "paid_on": "2023-03-06", "amount": "1.00"}
    said |= {"source_code": "310000", "kind": "fixed_assets", "origin": "new", "payer": PLAIN, "bank_serial": PLAIN}
    return Doing("officer", at("api:new_payment"), said | {"row_key": PLAIN, "note": PLAIN, "counts_because": PLAIN})


@doing("api:decision")
def decision(cast: Cast) -> Doing:
    payment = cast.declared()
    said = {"verdict": "return", "revision": payment.revision, "reason": PLAIN}
    return Doing("verifier", at("api:decision", payment.pk), said)


@doing("api:opposite")
def opposite(cast: Cast) -> Doing:
    said = {"month": "2023-03", "amount": "1.00", "reason": PLAIN}
    return Doing("officer", at("api:opposite", cast.verified().pk), said)


@doing("api:new_evidence")
def new_evidence(cast: Cast) -> Doing:
    said = {"file": pdf()}
    return Doing("officer", at("api:new_evidence", cast.declared().pk), said, asked={"kind": "bank_receipt"})


@doing("api:earlier")
def earlier(cast: Cast) -> Doing:
    lines = [{"project": cast.plant.code, "month": "2020-03", "amount": "1.00"}]
    return Doing("statistician", at("api:earlier"), {"source": PLAIN, "lines": lines})


@doing("api:new_import")
def new_import(cast: Cast) -> Doing:
    said = {"unit": "east", "month": "2023-03", "file": ContentFile(book(line()), name="三月报表.xlsx")}
    return Doing("officer", at("api:new_import"), said)
