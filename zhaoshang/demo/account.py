"""The invented account, written month by month as the bureau would have: declared with vouchers, decided by a second person, closed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from random import Random
from uuid import uuid5

from zhaoshang.capital.actions import Draft, attach, declare_many
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Facts, missing_evidence
from zhaoshang.common.periods import month_text
from zhaoshang.demo import names
from zhaoshang.demo.clock import FOUNDED, after, due
from zhaoshang.demo.plan import PlannedPayment, PlannedProject
from zhaoshang.demo.rule_sets import content
from zhaoshang.demo.slips import Press, Voucher
from zhaoshang.enterprises.actions import register_list as register_enterprises
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.people.models import User
from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.actions import register_list as register_projects
from zhaoshang.projects.models import Project
from zhaoshang.regions.actions import close_month, open_month
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.regions.rules import source_class
from zhaoshang.review.actions import decide
from zhaoshang.tenancy.models import City

POOL = 600  # firms that stand behind the projects which are only reserved


@dataclass(frozen=True, slots=True)
class Prepared:
    """A payment as it will be entered, with its vouchers being drawn."""

    draft: Draft
    vouchers: list[tuple[Voucher, "Future[bytes]"]]


@dataclass(slots=True)
class Account:
    """Writes one city's invented account."""

    city: City
    units: dict[str, ReportingUnit]
    people: dict[str, User]
    press: Press
    chance: Random
    projects: dict[PlannedProject, Project] = field(default_factory=dict)
    prepared: dict[PlannedPayment, Prepared] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=lambda: count(1))

    def register(self, planned: Sequence[PlannedProject]) -> None:
        """Enterprises and projects, as lists."""
        pool = [self._firm(number, "C") for number in range(1, POOL + 1)]
        signed = [project for project in planned if project.signed_on]
        own = {project: self._firm(POOL + number, project.industry) for number, project in enumerate(signed, start=1)}
        register_enterprises(city=self.city, enterprises=[*pool, *own.values()], by=None, at=FOUNDED)
        places = dict(Region.objects.values_list("code", "short_name"))
        rows = []
        for project, code in zip(planned, _codes(planned), strict=True):
            investor = names.investor(self.chance, places.get(project.source_code, "境外"))
            firm = own.get(project) or self.chance.choice(pool)
            rows.append((self.units[project.unit], firm, self._new(project, code, investor)))
        written = register_projects(city=self.city, rows=rows, by=None, at=FOUNDED)
        self.projects = dict(zip(planned, written, strict=True))

    def _firm(self, number: int, industry: str) -> Enterprise:
        name = names.enterprise(self.chance, industry, number)
        return Enterprise(name=name, uscc=names.code(number), region_code=self.city.gb_code, is_sample=True)

    def _new(self, project: PlannedProject, code: str, investor: str) -> NewProject:
        return NewProject(
            code=code,
            name=names.project(self.chance, project.industry, int(code.partition("-")[2])),
            source_code=project.source_code,
            industry=project.industry,
            contract_fen=project.contract_fen,
            investor=investor,
            outside_share_bp=project.outside_share_bp,
            reserved_on=project.reserved_on,
            signed_on=project.signed_on,
            landed_on=project.landed_on,
            source="示例台账〔2022〕1号",
            is_sample=True,
        )

    def draft(self, planned: PlannedPayment) -> Draft:
        """The payment as the unit's officer would enter it."""
        project = self.projects[planned.project]
        number = next(self.serials)
        return Draft(
            project=project,
            report_month=planned.month,
            paid_on=planned.paid_on,
            amount_fen=planned.amount_fen,
            source_code=planned.project.source_code,
            kind=planned.kind,
            origin=planned.origin,
            payer=project.investor,
            bank_serial=f"SAMPLE-{month_text(planned.month).replace('-', '')}-{number:05d}",
            row_key=f"{number:05d}",
        )

    def prepare(self, planned: Iterable[PlannedPayment]) -> None:
        """Order every voucher that the payments need."""
        for payment in planned:
            draft = self.draft(payment)
            self.prepared[payment] = Prepared(draft, self.press.order(list(self._vouchers(draft))))

    def _vouchers(self, draft: Draft) -> Iterator[Voucher]:
        """One for each group of evidence that the year's rules ask for."""
        project, year = draft.project, draft.report_month // 12
        facts = Facts(
            amount_fen=draft.amount_fen,
            source_class=source_class(draft.source_code, self.city.gb_code),
            kind=draft.kind,
            origin=draft.origin,
            industry=project.industry,
            contract_fen=project.contract_fen,
            outside_share_bp=project.outside_share_bp,
        )
        for group in missing_evidence(content(year), facts, ()):
            yield Voucher(
                proof=group[0],
                kind=draft.kind,
                serial=draft.bank_serial,
                payer=draft.payer,
                payee=project.enterprise.name,
                amount_fen=draft.amount_fen,
                paid_on=draft.paid_on,
                project_name=project.name,
            )

    def month(self, month: int, planned: Sequence[PlannedPayment], *, close: bool) -> None:
        """A month from its opening to its close."""
        statistician = self.people["tongji"]
        open_month(city=self.city, number=month, due_on=due(month), by=statistician, at=after(month - 1, 1))
        for payment in self.declared(month, planned):
            self.verified(payment)
        if close:
            close_month(city=self.city, number=month, by=statistician, at=after(month, 10, 17))

    def declared(self, month: int, planned: Sequence[PlannedPayment]) -> list[Payment]:
        """Each unit's payments as one list of its officer, each with its vouchers."""
        self.prepare([payment for payment in planned if payment not in self.prepared])
        by_unit: dict[str, list[Prepared]] = defaultdict(list)
        for one in planned:
            by_unit[one.project.unit].append(self.prepared.pop(one))
        payments = []
        for unit, rows in by_unit.items():
            by, at = self.people[unit], after(month, 3, 10)
            batch = uuid5(self.city.pk, f"{unit} {month} {rows[0].draft.row_key}")
            written = declare_many(city=self.city, drafts=[row.draft for row in rows], by=by, at=at, batch=batch)
            for payment, row in zip(written, rows, strict=True):
                payment.city, payment.unit = self.city, self.units[unit]  # at hand: no query for each
                self.support(payment, row)
            payments += written
        return payments

    def support(self, payment: Payment, prepared: Prepared) -> None:
        """Attach the vouchers."""
        by, at = payment.declared_by, after(payment.report_month, 3, 11)
        for voucher, pdf in prepared.vouchers:
            file = store(city=self.city, content=pdf.result(), name=voucher.name, by=by, at=at)
            attach(payment=payment, file=file, kind=voucher.proof, by=by, at=at)
            payment.revision += 1

    def verified(self, payment: Payment) -> Payment:
        """The second person's decision; two verifiers take turns by unit."""
        by = self.people["shenhe" if payment.unit.position % 2 else "shenhe2"]
        return decide(
            payment=payment, verdict="verify", revision=payment.revision, by=by, at=after(payment.report_month, 6, 15)
        )


def _codes(planned: Sequence[PlannedProject]) -> Iterator[str]:
    """``2022-0001``: by the year in which a project was first reserved."""
    numbers: dict[int, Iterator[int]] = defaultdict(lambda: count(1))
    for project in planned:
        yield f"{project.reserved_on.year}-{next(numbers[project.reserved_on.year]):04d}"
