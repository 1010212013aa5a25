"""Vouchers for the invented payments: sample PDFs that say on every page that they are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Proof


@dataclass(frozen=True, slots=True)
class Slip:
    """A voucher to be drawn for a payment."""

    payment: Payment
    kind: Proof


def draw(slips: Sequence[Slip]) -> list[bytes]:
    """The PDFs, in order."""
    return [
        f"%PDF-1.4\n% {slip.payment.pk} {slip.kind}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()
        for slip in slips
    ]
