"""Words that tell money which is not in place: a contract, registered capital, a loan, a deposit. Which they are is a local rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import official_rules, ruling
from zhaoshang.common.problems import N_, Refused
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.rulesets.rules import Part
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Told:
    """One sort of money that is not in place: the words for it, those beside which they mean something else, and what to do."""

    code: str
    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    advice: str

    def word_in(self, text: str) -> str | None:
        """The word that the text has."""
        if any(word in text for word in self.unless):
            return None
        return next((word for word in self.words if word in text), None)


def told_in(part: Part) -> tuple[Told, ...]:
    """Raises ``BadRules``."""
    part.text("source")
    return tuple(
        Told(row.text("code"), row.text("name"), row.words("words", least=1), row.words("unless"), row.text("advice"))
        for row in part.coded("told")
    )


WORDING = Kind(
    code="wording",
    name=N_("未到位资金字样表"),
    about=N_("哪些字样说明钱没有到位：备注、流水号、凭证号或凭证文件名里有的，写明计入理由才受理。"),
    reads=told_in,
    sample=Path(__file__).parent / "samples" / "wording.toml",
    labels={"words": N_("字样"), "unless": N_("同时有这些字样的除外"), "advice": N_("该怎么办")},
)

# Where a declaration says what the money is, with the words for the place.
PLACES = {"note": N_("备注"), "bank_serial": N_("银行流水号"), "row_key": N_("凭证号")}
FILE_NAME = N_("凭证文件名")


class NotInPlace(Refused):
    """A declaration under a kind that counts speaks of money that is not in place. ``place``: the column, empty for a file's name."""

    def __init__(self, place: str, word: str, told: Told) -> None:
        super().__init__(
            "told_not_in_place",
            N_("{where}中有“{word}”（{name}）：{advice}确已到位的，写明“计入理由”后可以申报，由审核人一并核对。"),
            where=PLACES.get(place, FILE_NAME),
            word=word,
            name=told.name,
            advice=told.advice,
        )
        self.place = place


class Wording:
    """The words in force on a day, held against declarations. One query, and one for each month in which a word is found."""

    def __init__(self, city: City, day: date) -> None:
        self._city, self._day = city, day
        self._told: Sequence[Told] | None = None

    def fault(self, payment: Payment) -> NotInPlace | None:
        """Why the payment cannot be declared as it stands; None when nothing tells against it, or a reason is given."""
        if payment.counts_because.strip():
            return None
        return self._fault(payment, ((place, getattr(payment, place)) for place in PLACES))

    def fault_of_file(self, payment: Payment, name: str) -> NotInPlace | None:
        """The same of the name of a file that is to support it."""
        return None if payment.counts_because.strip() else self._fault(payment, [("", name)])

    def _fault(self, payment: Payment, texts: Iterable[tuple[str, str]]) -> NotInPlace | None:
        found = [
            (place, told, word) for place, text in texts if text for told in self.told if (word := told.word_in(text))
        ]
        if not found or not self._counts(payment):
            return None
        place, told, word = found[0]
        return NotInPlace(place, word, told)

    @property
    def told(self) -> Sequence[Told]:
        """The sorts of the set in force."""
        if self._told is None:
            self._told = WORDING.on(self._city, self._day).read
        return self._told

    def _counts(self, payment: Payment) -> bool:
        """Whether anything of it counts by its month's rules; where there are none yet, it may."""
        rules = official_rules(self._city, payment.report_month)
        return rules is None or bool(ruling(rules, payment).counted_fen)


def refuse_not_in_place(city: City, payments: Iterable[Payment], day: date) -> None:
    """Raises :class:`NotInPlace` for the first that cannot be declared as it stands."""
    wording = Wording(city, day)
    for payment in payments:
        if fault := wording.fault(payment):
            raise fault


def words_of(payment: Payment, file_names: Iterable[str], day: date) -> list[dict[str, Any]]:
    """The words that tell against a payment, wherever they stand: for whoever verifies it."""
    told = WORDING.on(payment.city, day).read
    texts = [
        *((PLACES[place], getattr(payment, place)) for place in PLACES),
        *((FILE_NAME, name) for name in file_names),
    ]
    return [
        {"where": where, "word": word, "name": one.name}
        for where, text in texts
        for one in told
        if (word := one.word_in(text))
    ]
