"""Vouchers for the invented payments: sample PDFs that say across the page that they are none. Drawn in processes of their own
while the account is written, since drawing takes longer than writing. No Django here: a drawing process loads only this."""

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from zhaoshang.capital.rules import KIND_LABELS, PROOF_LABELS, Kind, Proof
from zhaoshang.ui.documents.slip import SlipKind, evidence_slip

PROCESSES = 2
# A kind of evidence without a form of its own is printed on the form nearest to it, and named in the note.
_FORMS: dict[Proof, SlipKind] = {
    Proof.BANK_RECEIPT: "bank_receipt",
    Proof.CAPITAL_VERIFICATION: "capital_verification",
    Proof.INVOICE: "invoice",
    Proof.EQUIPMENT_LIST: "equipment_list",
    Proof.LAND_RECEIPT: "land_receipt",
    Proof.SPLIT_CERTIFICATE: "capital_verification",
}


@dataclass(frozen=True, slots=True)
class Voucher:
    """What is printed on one; ``amount_fen`` in whole fen."""

    proof: Proof
    kind: Kind
    serial: str
    payer: str
    payee: str
    amount_fen: int
    paid_on: date
    project_name: str

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.serial}-{self.proof}.pdf"


def draw(voucher: Voucher) -> bytes:
    """The PDF. Raises ``KeyError`` for a kind of evidence that has no form."""
    return evidence_slip(
        _FORMS[voucher.proof],
        serial=voucher.serial,
        payer=voucher.payer,
        payee=voucher.payee,
        amount_fen=voucher.amount_fen,
        paid_on=voucher.paid_on,
        purpose=KIND_LABELS[voucher.kind],
        project_name=voucher.project_name,
        note=PROOF_LABELS[voucher.proof],
    )


class Press:
    """Draws what is ordered, in order; a context manager that leaves no process behind."""

    def __enter__(self) -> Self:
        self._pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def order(self, vouchers: Sequence[Voucher]) -> list[tuple[Voucher, "Future[bytes]"]]:
        """Each voucher with its PDF to come."""
        return [(voucher, self._pool.submit(draw, voucher)) for voucher in vouchers]
