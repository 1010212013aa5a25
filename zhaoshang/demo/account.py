"""The invented account, written month by month as the bureau would have: declared with vouchers, decided by a second person, closed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from uuid import uuid5

from zhaoshang.capital.actions import Draft, attach, declare_many
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import missing_evidence
from zhaoshang.common.periods import month_text
from zhaoshang.demo import names
from zhaoshang.demo.clock import FOUNDED, after, due
from zhaoshang.demo.plan import PlannedPayment, PlannedProject
from zhaoshang.demo.rule_sets import content
from zhaoshang.demo.slips import Slip, draw
from zhaoshang.enterprises.actions import register_list as register_enterprises
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.people.models import User
from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.actions import register_list as register_projects
from zhaoshang.projects.models import Project
from zhaoshang.regions.actions import close_month, open_month
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.review.actions import decide
from zhaoshang.tenancy.models import City

POOL = 600  # firms that stand behind the projects which are only reserved


class Account:
    """Writes one city's invented account."""

    def __init__(self, city: City, units: dict[str, ReportingUnit], people: dict[str, User], seed: int) -> None:
        self.city, self.units, self.people = city, units, people
        self.chance = Random(seed)  # noqa: S311 - invented names, not secrets
        self.places = dict(Region.objects.values_list("code", "short_name"))
        self.projects: dict[PlannedProject, Project] = {}
        self.serials = count(1)

    def register(self, planned: Sequence[PlannedProject]) -> None:
        """Enterprises and projects, as lists."""
        pool = [self._firm(number, "C") for number in range(1, POOL + 1)]
        own = {
            project: self._firm(POOL + number, project.industry)
            for number, project in enumerate((p for p in planned if p.signed_on), start=1)
        }
        register_enterprises(city=self.city, enterprises=[*pool, *own.values()], by=None, at=FOUNDED)
        rows = []
        for project, code in zip(planned, _codes(planned), strict=True):
            new = self._new(project, code)
            rows.append((self.units[project.unit], own.get(project) or self.chance.choice(pool), new))
        written = register_projects(city=self.city, rows=rows, by=None, at=FOUNDED)
        self.projects = dict(zip(planned, written, strict=True))

    def _firm(self, number: int, industry: str) -> Enterprise:
        return Enterprise(
            name=names.enterprise(self.chance, industry, number), region_code=self.city.gb_code, is_sample=True
        )

    def _new(self, project: PlannedProject, code: str) -> NewProject:
        return NewProject(
            code=code,
            name=names.project(self.chance, project.industry, int(code.partition("-")[2])),
            source_code=project.source_code,
            industry=project.industry,
            contract_fen=project.contract_fen,
            investor=names.investor(self.chance, self.places.get(project.source_code, "境外")),
            outside_share_bp=project.outside_share_bp,
            reserved_on=project.reserved_on,
            signed_on=project.signed_on,
            landed_on=project.landed_on,
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

    def month(self, month: int, planned: Sequence[PlannedPayment], *, close: bool) -> list[Payment]:
        """A month from its opening to its close; returns its verified payments."""
        open_month(city=self.city, number=month, due_on=due(month), by=self.people["tongji"], at=after(month - 1, 1))
        verified = []
        for payment in self.declared(month, planned):
            verified.append(self.verified(payment, month))
        if close:
            close_month(city=self.city, number=month, by=self.people["tongji"], at=after(month, 10, 17))
        return verified

    def declared(self, month: int, planned: Sequence[PlannedPayment]) -> list[Payment]:
        """Each unit's payments as one list of its officer, then their vouchers."""
        by_unit: dict[str, list[PlannedPayment]] = defaultdict(list)
        for payment in planned:
            by_unit[payment.project.unit].append(payment)
        payments = []
        for unit, rows in by_unit.items():
            by, at = self.people[unit], after(month, 3, 10)
            batch = uuid5(self.city.pk, f"{unit} {month}")
            payments += declare_many(
                city=self.city, drafts=[self.draft(row) for row in rows], by=by, at=at, batch=batch
            )
        self.support(payments, month)
        return payments

    def support(self, payments: Sequence[Payment], month: int) -> None:
        """Attach every voucher that the year's rules ask for."""
        needed = [
            Slip(payment, groups[0])
            for payment in payments
            for groups in missing_evidence(content(month // 12), payment.facts, ())
        ]
        for slip, pdf in zip(needed, draw(needed), strict=True):
            by, at = slip.payment.declared_by, after(month, 3, 11)
            file = store(city=self.city, content=pdf, name=f"{slip.payment.bank_serial}-{slip.kind}.pdf", by=by, at=at)
            attach(payment=slip.payment, file=file, kind=slip.kind, by=by, at=at)
            slip.payment.revision += 1

    def verified(self, payment: Payment, month: int) -> Payment:
        """The second person's decision; two verifiers take turns by unit."""
        by = self.people["shenhe" if payment.unit.position % 2 else "shenhe2"]
        return decide(payment=payment, verdict="verify", revision=payment.revision, by=by, at=after(month, 6, 15))


def _codes(planned: Sequence[PlannedProject]) -> Iterator[str]:
    """``2022-0001``: by the year in which a project was first reserved."""
    numbers: dict[int, Iterator[int]] = defaultdict(lambda: count(1))
    for project in planned:
        yield f"{project.reserved_on.year}-{next(numbers[project.reserved_on.year]):04d}"
