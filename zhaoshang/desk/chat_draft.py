"""A pasted chat message as the draft of a lead: the fields as the form takes them, and the passage behind each."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhaoshang.common.money import to_fen
from zhaoshang.leads.rules import FIELDS, m2_of_mu
from zhaoshang.reading.chat import Passage, read_chat
from zhaoshang.regions.models import Region

_READ_AS = {"amount_fen": "amount", "land_m2": "land_mu", "source_code": "place"}


@dataclass(frozen=True, slots=True)
class ChatDraft:
    """``fields`` by the names of :data:`leads.rules.FIELDS`; ``passages``: what each was read from, whether it is a guess."""

    fields: dict[str, Any]
    passages: dict[str, tuple[str, bool]]
    referrer: str

    def words(self) -> dict[str, dict[str, Any]]:
        """For the page, by field."""
        return {name: {"text": text, "guessed": guessed} for name, (text, guessed) in self.passages.items()}

    def kept(self, confirmed: Mapping[str, Any]) -> dict[str, Any]:
        """As it is kept with the lead: passage, guessed or not, and whether the person changed what was read."""
        return {
            name: {"passage": text, "guessed": guessed, "changed": confirmed[name] != self.fields[name]}
            for name, (text, guessed) in self.passages.items()
        }


def draft_of(text: str) -> ChatDraft:
    """Read a message; a place that is no province or city here is left out. One query where a place is told of."""
    found = read_chat(text)
    fields: dict[str, Any] = {}
    passages: dict[str, tuple[str, bool]] = {}
    for name in FIELDS:
        one = found.get(_READ_AS.get(name, name))
        fields[name] = _value(name, one)
        if one is not None and fields[name] not in (None, ""):
            passages[name] = (text[one.start : one.end], one.guessed)
    referrer = found.get("referrer")
    return ChatDraft(fields, passages, str(referrer.value)[:120] if referrer else "")


def _value(name: str, one: Passage | None) -> Any:
    if one is None:
        return None if name in ("amount_fen", "land_m2") else ""
    if isinstance(one.value, Decimal):
        return to_fen(one.value) if name == "amount_fen" else m2_of_mu(one.value)
    if name == "source_code":
        rows = Region.objects.filter(name=one.value, code__endswith="00", valid_to__isnull=True)
        return rows.order_by("code").values_list("code", flat=True).first() or ""
    return one.value[: _LONGEST[name]]


_LONGEST = {"investor": 120, "subject": 200, "industry": 1, "contact": 60, "phone": 30}
