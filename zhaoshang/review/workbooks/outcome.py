"""What comes out of understanding a workbook: plain values that a page, a command and an importer can all use."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.rules import Kind, Origin, Proof
from zhaoshang.common.problems import Problem

PlaceLookup = Callable[[str], str | None]
Conversion = Callable[[str, int, date], "tuple[Foreign, int] | None"]
"""From a currency, its smallest parts and the day to the foreign original and its fen; None without a rate."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person and the caller have settled beforehand.

    ``memory`` maps bare headings to column keys, as :attr:`Reading.memory` gave them; ``mapping`` maps column letters
    to keys (empty: not to be read) and goes before everything. ``amount_unit`` settles a unit that the file leaves
    open, and goes before what it says. ``headers`` names the rows of a sheet's heading (``""``: of every sheet). ``month`` is the
    reporting month (month number), ``usual_fen`` the median payment of the period before.
    """

    today: date
    memory: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheets: Sequence[str] = ()
    headers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    amount_unit: str | None = None
    month: int | None = None
    district: str | None = None
    usual_fen: int | None = None
    place_code: PlaceLookup | None = None
    district_code: PlaceLookup | None = None
    converted: Conversion | None = None


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How one column of a sheet was understood. ``key`` is empty when it is not read; ``confidence`` is 0-100."""

    sheet: str
    letter: str
    heading: str
    key: str
    confidence: int
    reason: str
    reason_word: str
    samples: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A 合计 or 小计 row: what it states and what its rows add up to, both in fen."""

    sheet: str
    row: int
    label: str
    stated_fen: int
    summed_fen: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is no payment, and what it was taken for.

    One of ``note``, ``section``, ``header``, ``numbering``, ``of_which``, ``total`` (one without an amount), ``no_payment`` (a project
    without day and amount), ``empty``.
    """

    sheet: str
    row: int
    taken_for: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet that was read, or could be: where its header is and how many rows follow it."""

    name: str
    hidden: bool
    read: bool
    header_first: int
    header_last: int
    amount_unit: str | None
    unit_stated_in: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment as the district declares it. Texts are trimmed; what the row leaves open is empty or ``None``.

    ``place_code`` and ``district_code`` are the caller's lookups' answers. ``month`` is a month number.
    """

    sheet: str
    row: int
    hidden: bool
    project_code: str
    project_name: str
    enterprise_name: str
    uscc: str
    district_text: str
    district_code: str | None
    month: int
    arrived_on: date
    amount_fen: int
    amount_text: str
    place_text: str
    place_code: str | None
    kind: Kind | None
    origin: Origin | None
    evidence: tuple[Proof, ...]
    evidence_text: str
    bank_serial: str
    payer: str
    row_key: str
    note: str
    foreign: Foreign | None = None
    counts_because: str = ""

    @property
    def identity(self) -> str:
        """Digest of what makes it this payment: its key in its month, or project, day, amount, payer and serial.

        The same file again, renamed or reordered, gives the same identities.
        """
        project = self.project_code or self.project_name or self.enterprise_name
        if self.row_key:
            return _digest("key", project, self.month, self.row_key)
        return _digest("row", project, self.arrived_on.isoformat(), self.amount_fen, self.payer, self.bank_serial)

    @property
    def fingerprint(self) -> str:
        """Digest of everything it declares. Same identity and another fingerprint: the row was changed since."""
        return _digest(
            *(self.project_code, self.project_name, self.enterprise_name, self.uscc, self.district_text, self.month),
            *(
                self.arrived_on.isoformat(),
                self.amount_fen,
                self.place_text,
                self.kind,
                self.origin,
                list(self.evidence),
            ),
            *(self.bank_serial, self.payer, self.row_key, self.note),
            *(self.foreign.to_json() if self.foreign else ()),
            *((self.counts_because,) if self.counts_because else ()),
        )


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _digest(*parts: object) -> str:
    return hashlib.sha256(_written(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole answer. ``rows`` holds the rows without a fatal problem of their own."""

    sheets: tuple[SheetReading, ...]
    columns: tuple[ColumnReading, ...]
    rows: tuple[PaymentRow, ...]
    problems: tuple[Problem, ...]
    totals: tuple[TotalRow, ...]
    ignored: tuple[IgnoredRow, ...]
    memory: Mapping[str, str]

    @property
    def acceptable(self) -> bool:
        """Whether the file may be accepted as a whole: rows, and no fatal problem anywhere."""
        return bool(self.rows) and not any(problem.fatal for problem in self.problems)

    @property
    def sum_fen(self) -> int:
        """The rows added up, in fen."""
        return sum(row.amount_fen for row in self.rows)

    @property
    def amount_unit(self) -> str | None:
        """The one unit of the sheets read; ``None`` when it is open or differs between them."""
        units = {sheet.amount_unit for sheet in self.sheets if sheet.read}
        return units.pop() if len(units) == 1 else None

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a person has to confirm before accepting."""
        return tuple(problem for problem in self.problems if not problem.fatal)
