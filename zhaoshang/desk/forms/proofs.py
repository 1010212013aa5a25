"""Files that come with a payment's form: taken in by their content at once, and kept when the form has to come back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Evidence, EvidenceFile, Payment
from zhaoshang.capital.rules import PROOF_LABELS, Proof
from zhaoshang.common.files import KINDS, Refused
from zhaoshang.desk.refusals import say
from zhaoshang.regions.access import Viewer

SLOTS, MOST_SLOTS = 2, 6
LARGEST_BYTES = max(kind.most_bytes for kind in KINDS)
ACCEPTED = ",".join(f".{name}" for kind in KINDS for name in kind.names)
_KEPT = signing.Signer(salt="desk.payment.file")


@dataclass(slots=True)
class Slot:
    """One place for a file: what it is, the file that was taken in, and what was wrong with the one offered."""

    number: int
    proof: Proof
    file: EvidenceFile | None = None
    error: str = ""

    @property
    def token(self) -> str:
        """Names the kept file to the next attempt; signed, so that nobody names another's."""
        return _KEPT.sign(str(self.file.pk)) if self.file else ""


def proof_choices() -> list[tuple[str, str]]:
    """Kinds of evidence in words."""
    return [(str(proof), _(text)) for proof, text in PROOF_LABELS.items()]


def empty_slots() -> list[Slot]:
    """What a new form shows."""
    return [Slot(number, Proof.BANK_RECEIPT if number == 1 else Proof.OTHER) for number in range(1, SLOTS + 1)]


def slots_of(payment: Payment) -> list[Slot]:
    """The files of a returned payment, offered again."""
    held = Evidence.objects.of(payment.city_id).filter(payment=payment).select_related("file")[:MOST_SLOTS]
    slots = [Slot(number, Proof(one.kind), one.file) for number, one in enumerate(held, start=1)]
    return slots + empty_slots()[len(slots) :]


def taken_in(request: Any, viewer: Viewer, at: datetime) -> list[Slot]:
    """The slots as posted: new files are checked and stored, kept ones are found again."""
    slots = []
    for number in range(1, MOST_SLOTS + 1):
        if f"proof_{number}" in request.POST:
            proof = request.POST[f"proof_{number}"]
            slot = Slot(number, Proof(proof) if proof in set(Proof) else Proof.OTHER)
            _fill(slot, request, viewer, at)
            slots.append(slot)
    return slots or empty_slots()


def _fill(slot: Slot, request: HttpRequest, viewer: Viewer, at: datetime) -> None:
    upload = request.FILES.get(f"file_{slot.number}")
    if upload is None:
        slot.file = _kept(viewer, request.POST.get(f"kept_{slot.number}", ""))
        return
    assert viewer.user is not None
    try:
        content = upload.read(LARGEST_BYTES + 1)
        slot.file = store(city=viewer.city, content=content, name=upload.name or "", by=viewer.user, at=at)
    except Refused as refusal:
        slot.error = say(refusal, viewer)


def _kept(viewer: Viewer, token: str) -> EvidenceFile | None:
    try:
        key = _KEPT.unsign(token)
    except signing.BadSignature:
        return None
    return EvidenceFile.objects.of(viewer.city).filter(pk=key).first()
