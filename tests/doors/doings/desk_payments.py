"""Payments and their evidence, the queue of the verifiers, workbooks of payments, months."""

from cast import Cast
from desk_payments.asking import entry
from django.core.files.base import ContentFile
from django.test import Client
from imports.sending import MONTH, book, latest, line, press, upload

from doors.doings import PLAIN, Doing, doing
from zhaoshang.capital.actions import withdraw
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.review.models import Workbook

PDF = b"%PDF-1.4\n% slip\n%%EOF\n"


def _slip() -> dict[str, object]:
    return {"proof_1": "bank_receipt", "file_1": ContentFile(PDF, name="a.pdf")}


def _at(payment: Payment, act: str) -> str:
    return f"/desk/payments/{payment.pk}/{act}/"


@doing("desk:payment_new")
def payment_new(cast: Cast) -> Doing:
    said = dict.fromkeys(("payer", "bank_serial", "note"), PLAIN)
    return Doing("officer", "/desk/payments/new/", entry(cast, **said) | _slip())


@doing("desk:payment_resubmit")
def payment_resubmit(cast: Cast) -> Doing:
    payment = cast.declared()
    withdraw(payments=[payment], reason="示例", by=cast.officer, at=cast.now)
    return Doing("officer", _at(payment, "again"), entry(cast, payer=PLAIN, note=PLAIN) | _slip())


@doing("desk:payment_amend")
def payment_amend(cast: Cast) -> Doing:
    payment = cast.declared()
    return Doing("officer", _at(payment, "amend"), entry(cast, payer=PLAIN, note=PLAIN, revision=payment.revision))


@doing("desk:payment_withdraw")
def payment_withdraw(cast: Cast) -> Doing:
    return Doing("officer", _at(cast.declared(), "withdraw"), {"reason": PLAIN})


@doing("desk:payment_opposite")
def payment_opposite(cast: Cast) -> Doing:
    sent = {"amount": "1", "unit": "万元", "report_month": str(MONTH), "reason": PLAIN}
    return Doing("officer", _at(cast.verified(), "opposite"), sent)


@doing("desk:payment_decide")
def payment_decide(cast: Cast) -> Doing:
    payment = cast.declared()
    sent = {"verdict": "return", "revision": str(payment.revision), "reason": PLAIN}
    return Doing("verifier", _at(payment, "decide"), sent)


@doing("desk:queue_decide")
def queue_decide(cast: Cast) -> Doing:
    payment = cast.declared()
    sent = {"verdict": "return", "chosen": [f"{payment.pk}:{payment.revision}"], "reason": PLAIN}
    return Doing("verifier", "/desk/queue/decide/", sent)


@doing("desk:evidence_attach")
def evidence_attach(cast: Cast) -> Doing:
    return Doing("officer", _at(cast.declared(), "evidence"), _slip())


@doing("desk:evidence_detach")
def evidence_detach(cast: Cast) -> Doing:
    held = Evidence.objects.of(cast.city).get(payment=cast.declared())
    return Doing("officer", f"/desk/evidence/{held.pk}/detach/")


def _sent(cast: Cast, *rows: tuple[object, ...]) -> Workbook:
    upload(Client(), cast, book(*rows or (line(),)))
    return latest(cast)


@doing("desk:import_list")
def import_list(cast: Cast) -> Doing:
    file = ContentFile(book(line()), name="a.xlsx")
    return Doing("officer", "/desk/imports/", {"unit": "east", "month": str(MONTH), "file": file})


@doing("desk:import_remap")
def import_remap(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/imports/{_sent(cast).pk}/remap/", {"amount_unit": "亿元", "column-C": "amount"})


@doing("desk:import_register")
def import_register(cast: Cast) -> Doing:
    sent = {"new-0": "1", "industry-0": "C", "contract-0": "8000", "nevertheless": PLAIN}
    return Doing("officer", f"/desk/imports/{_sent(cast, line(project='示例新园区项目')).pk}/register/", sent)


@doing("desk:import_accept")
def import_accept(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/imports/{_sent(cast).pk}/accept/")


@doing("desk:import_drop")
def import_drop(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/imports/{_sent(cast).pk}/drop/")


@doing("desk:import_undo")
def import_undo(cast: Cast) -> Doing:
    workbook, client = _sent(cast), Client()
    client.force_login(cast.officer)
    press(client, workbook, "accept")
    return Doing("officer", f"/desk/imports/{workbook.pk}/undo/", {"reason": PLAIN})
