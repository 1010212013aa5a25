"""Rows of a workbook held against the account: which project, which payment stands already, and what accepting would do."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhaoshang.capital.actions import TOLD_OF_THE_MONEY, Draft, slip_fingerprint, unsaved
from zhaoshang.capital.models import Payment, ProofUse
from zhaoshang.capital.rules import KIND_LABELS, Kind, Origin, Standing
from zhaoshang.capital.wording import Wording
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import month_text
from zhaoshang.common.problems import Problem
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.intake_projects import Projects, Unknown, unknown_projects
from zhaoshang.review.intake_rows import Planned, declared_of
from zhaoshang.review.intake_words import account_problem
from zhaoshang.review.rules import Act
from zhaoshang.review.workbooks.outcome import PaymentRow
from zhaoshang.review.workbooks.payments import spans

_LENGTHS = {
    field.name: field.max_length
    for field in Payment._meta.local_fields
    if field.name in ("payer", "bank_serial", "row_key", "note", "counts_because")
}
Letters = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What accepting would do, row by row, what stands in the way, and the projects to be registered first."""

    rows: list[Planned]
    problems: list[Problem]
    unknown: list[Unknown]


def plan(
    unit: ReportingUnit,
    month: int,
    rows: Sequence[PaymentRow],
    letters: Letters,
    kind: Kind | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Plan:
    """Hold understood rows against the account. ``letters``: sheet → column key → letter. ``kind``: for rows that name none.
    ``tell`` hears how many are done."""
    matcher = _Matcher(unit, month, letters, kind)
    planned = []
    for start in range(0, len(rows), 500):
        planned += [matcher.match(row) for row in rows[start : start + 500]]
        tell(len(planned), len(rows))
    matcher.refuse_used_slips(planned)
    matcher.refuse_not_in_place(planned)
    matcher.say_what_was_assumed()
    return Plan(planned, matcher.problems, unknown_projects(matcher.homeless))


class _Standing:
    """The payments that a unit has in a month, to be found by what a row says."""

    def __init__(self, unit: ReportingUnit, month: int) -> None:
        self._live, self._returned = _Held(), _Held()
        rows = Payment.objects.of(unit.city_id).filter(unit=unit, report_month=month, reverses__isnull=True)
        for payment in rows.exclude(standing=Standing.WITHDRAWN).select_related("project").order_by("id"):
            (self._returned if payment.standing == Standing.RETURNED else self._live).add(payment)

    def live(self, row: PaymentRow, project: Project, taken: Container[UUID]) -> Payment | None:
        """The declared or verified payment that the row means."""
        return self._live.of(row, project, taken)

    def returned(self, row: PaymentRow, project: Project) -> Payment | None:
        """The returned payment that the row repeats or follows."""
        return self._returned.of(row, project, ())


class _Held:
    """Payments by row key, and by project, day and amount."""

    def __init__(self) -> None:
        self._by_key: dict[str, Payment] = {}
        self._alike: dict[tuple[UUID, date, int], list[Payment]] = defaultdict(list)

    def add(self, payment: Payment) -> None:
        if payment.row_key:
            self._by_key[payment.row_key] = payment
        self._alike[payment.project_id, payment.paid_on, payment.amount_fen].append(payment)

    def of(self, row: PaymentRow, project: Project, taken: Container[UUID]) -> Payment | None:
        """The payment that the key names; else of those with the same project, day and amount that nothing tells apart
        from the row (key, payer or serial that both have and differ) the one that agrees in most.
        """
        if keyed := self._by_key.get(row.row_key):
            return keyed
        alike = self._alike.get((project.pk, row.arrived_on, row.amount_fen), ())
        ranked = [(agreement, one) for one in alike if (agreement := _agreement(row, one)) is not None]
        free = [pair for pair in ranked if pair[1].pk not in taken]
        return max(free or ranked, key=lambda pair: pair[0])[1] if ranked else None


def _agreement(row: PaymentRow, payment: Payment) -> int | None:
    """How many of key, payer and serial are equal; None when one that both have differs."""
    pairs = [
        (row.row_key, payment.row_key),
        (row.payer, payment.payer),
        (row.bank_serial.upper(), payment.bank_serial.upper()),
    ]
    if any(one and other and one != other for one, other in pairs):
        return None
    return sum(one == other for one, other in pairs)


class _Matcher:
    """Matches row by row; problems collect in :attr:`problems`, rows of unknown projects in :attr:`homeless`."""

    def __init__(self, unit: ReportingUnit, month: int, letters: Letters, kind: Kind | None) -> None:
        self.problems: list[Problem] = []
        self.homeless: list[PaymentRow] = []
        self._unit, self._month, self._letters, self._kind = unit, month, letters, kind
        self._projects, self._standing = Projects(unit), _Standing(unit, month)
        self._taken: dict[UUID, int] = {}
        self._without_kind: dict[str, list[int]] = defaultdict(list)
        self._without_origin: dict[str, list[int]] = defaultdict(list)

    def match(self, row: PaymentRow) -> Planned:
        """The row's fate."""
        found = Planned(row)
        here = self._letters.get(row.sheet, {})
        found.project, said = self._projects.of(row, dict(here))
        if said:
            self.problems.append(said)
        if found.project is None:
            self.homeless.append(row)
        fits = self._fits(row)
        if found.project is not None and fits:
            self._settle(found, found.project)
        return found

    def _fits(self, row: PaymentRow) -> bool:
        before = len(self.problems)
        if row.month != self._month:
            self._say("month_differs", row, "month", month=month_text(row.month), wanted=month_text(self._month))
        for name, limit in _LENGTHS.items():
            if limit and len(text := getattr(row, name)) > limit:
                self._say("text_too_long", row, name, text, length=len(text), limit=limit)
        return len(self.problems) == before

    def _say(self, code: str, row: PaymentRow, column: str, value: str = "", **params: object) -> None:
        letter = self._letters.get(row.sheet, {}).get(column, "")
        self.problems.append(account_problem(code, row.sheet, row.row, letter, value, **params))

    def _settle(self, found: Planned, project: Project) -> None:
        row = found.row
        standing = self._standing.live(row, project, self._taken)
        if standing is None:
            self._follow(found, project, self._standing.returned(row, project))
            return
        if standing.project_id != project.pk:
            self._say("key_other_project", row, "row_key", row.row_key, known=payment_name(standing))
            return
        if standing.pk in self._taken:
            self._say(
                "same_payment",
                row,
                "amount",
                row.amount_text,
                other=self._taken[standing.pk],
                known=payment_name(standing),
            )
            return
        self._taken[standing.pk] = row.row
        found.standing = standing
        found.draft = self._draft(row, project, standing)
        if _says_the_same(found.draft, standing):
            found.act = Act.UNCHANGED
        elif standing.standing == Standing.VERIFIED:
            self._say("row_verified", row, "amount", row.amount_text, known=payment_name(standing))
        else:
            found.act, found.before = Act.UPDATE, declared_of(standing)

    def _follow(self, found: Planned, project: Project, returned: Payment | None) -> None:
        """A new payment; after a returned one it must say something else."""
        row = found.row
        draft = self._draft(row, project, returned)
        if returned is not None and returned.project_id == project.pk and _says_the_same(draft, returned):
            self._say("returned_before", row, "amount", row.amount_text, reason=returned.return_reason)
            found.act, found.standing = Act.RETURNED, returned
            return
        found.act, found.draft = Act.NEW, draft

    def _draft(self, row: PaymentRow, project: Project, known: Payment | None) -> Draft:
        """What the row declares; what it leaves open stays as it stands, else follows from the project."""
        return Draft(
            project=project,
            report_month=self._month,
            paid_on=row.arrived_on,
            amount_fen=row.amount_fen,
            foreign=row.foreign,
            source_code=row.place_code or (known.source_code if known else project.source_code),
            kind=row.kind or (Kind(known.kind) if known else self._assumed_kind(row)),
            origin=row.origin or (Origin(known.origin) if known else self._assumed_origin(row, project)),
            payer=row.payer or (known.payer if known else ""),
            bank_serial=row.bank_serial or (known.bank_serial if known else ""),
            row_key=row.row_key,
            note=row.note or (known.note if known else ""),
            counts_because=row.counts_because or (known.counts_because if known else ""),
            succeeds=known if known is not None and known.standing == Standing.RETURNED else None,
        )

    def _assumed_kind(self, row: PaymentRow) -> Kind:
        if self._kind is None:
            self._without_kind[row.sheet].append(row.row)
        return self._kind or Kind.OTHER

    def _assumed_origin(self, row: PaymentRow, project: Project) -> Origin:
        began: date | None = project.signed_on or project.landed_on
        if began is None:
            self._without_origin[row.sheet].append(row.row)
        return Origin.CONTINUED if began and began.year < self._month // 12 else Origin.NEW

    def refuse_used_slips(self, planned: Sequence[Planned]) -> None:
        """A slip supports one payment: neither another of the account nor another row."""
        wanted: dict[str, Planned] = {}
        for one in planned:
            if one.act not in (Act.NEW, Act.UPDATE) or one.draft is None or not (mark := slip_fingerprint(one.draft)):
                continue
            if first := wanted.get(mark):
                self._say("slip_repeated", one.row, "bank_serial", one.row.bank_serial, other=first.row.row)
                one.act = Act.BLOCKED
            wanted.setdefault(mark, one)
        changing = {one.standing.pk for one in planned if one.act == Act.UPDATE and one.standing}
        marks = list(wanted)
        for start in range(0, len(marks), 500):
            uses = ProofUse.objects.of(self._unit.city_id).filter(fingerprint__in=marks[start : start + 500])
            for use in uses.select_related("payment__project", "payment__unit"):
                if (
                    use.payment.pk not in changing
                ):  # a payment that this file changes gives its slip up, or keeps it itself
                    self._refuse_slip(wanted[use.fingerprint], use.payment)

    def _refuse_slip(self, one: Planned, holder: Payment) -> None:
        if one.standing is not None and one.standing.pk == holder.pk:
            return
        # Another unit's payment stays hidden: only the unit is named.
        own = holder.unit_id == self._unit.pk
        name = payment_name(holder) if own else holder.unit.name
        project = one.project.name if one.project else ""
        self._say("slip_in_use", one.row, "bank_serial", one.row.bank_serial, holder=name, wanted=project)
        one.act = Act.BLOCKED

    def refuse_not_in_place(self, planned: Sequence[Planned]) -> None:
        """A row that tells of a contract, a loan or a deposit names its cell; with a reason it is taken."""
        wording = Wording(self._unit.city, timezone.localdate())
        for one in planned:
            if one.act not in (Act.NEW, Act.UPDATE) or one.draft is None:
                continue
            if fault := wording.fault(unsaved(one.draft)):
                shown = getattr(one.row, fault.place, "") or one.row.note
                self._say("told_not_in_place", one.row, fault.place, shown, **fault.params)
                one.act = Act.BLOCKED

    def say_what_was_assumed(self) -> None:
        """One warning a sheet for kinds and origins that rows leave open."""
        for sheet, rows in self._without_kind.items():
            text = KIND_LABELS[Kind.OTHER]
            self.problems.append(account_problem("kind_assumed", sheet, rows[0], rows=spans(rows), kind=text))
        for sheet, rows in self._without_origin.items():
            self.problems.append(account_problem("origin_assumed", sheet, rows[0], rows=spans(rows)))


def _says_the_same(draft: Draft, payment: Payment) -> bool:
    """Whether the account holds already all that the draft declares."""
    alike = all(getattr(draft, name) == getattr(payment, name) for name in TOLD_OF_THE_MONEY)
    return alike and draft.row_key in ("", payment.row_key)


def payment_name(payment: Payment) -> str:
    """A payment as people speak of it: 示例工厂 2023-03 1000万元."""
    return f"{payment.project.name} {month_text(payment.report_month)} {in_unit(payment.amount_fen, '万元').normalize():f}万元"


def letters_of(columns: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Sheet → column key → letter, from the stored columns."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for column in columns:
        if column["key"]:
            found[column["sheet"]][column["key"]] = column["letter"]
    return found
