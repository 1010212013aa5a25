"""One small cast in every test: two cities' worth of people who do the work, two districts, one project each, rules and months.

2023-01 … 2023-03 and 2022-01 … 2022-12 are open. All names are invented.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import connection

from zhaoshang.capital.actions import Draft, attach, declare
from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Payment, RuleSet
from zhaoshang.capital.rules import Kind, Origin, Proof
from zhaoshang.capital.verification import verify
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.enterprises.actions import register_enterprise
from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.regions.actions import grant, load_regions, open_month
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

NOW = datetime(2023, 4, 3, 9, 0, tzinfo=UTC)
YI = 10_000_000_000
_SERIAL = count(1)

RULES = {
    "rules": [
        {
            "no": "1",
            "kind": "source",
            "counts": ["outside_province", "inside_province"],
            "text": "省外和省内市外资金计入",
        },
        {"no": "2", "kind": "industry", "excluded": ["K"], "text": "房地产业不计入"},
        {"no": "3", "kind": "payment_kind", "percent": {"working_capital": 30}, "text": "流动资金按百分之三十计入"},
        {"no": "4", "kind": "pro_rata", "text": "合资项目按外来股比计入"},
    ],
    "evidence": {"fixed_assets": [["bank_receipt", "progress_sheet"]], "land": [["land_receipt"]]},
}


@dataclass
class Cast:
    """Everybody and everything that tests speak of."""

    city: City
    east: ReportingUnit
    west: ReportingUnit
    officer: User
    other_officer: User
    verifier: User
    statistician: User
    second_statistician: User
    leader: User
    system: User
    security: User
    auditor: User
    partner: User
    plant: Project
    harbour: Project
    rules: RuleSet

    def draft(self, **changes: Any) -> Draft:
        """A payment of 1 亿元 from Shanghai into the plant, March 2023, with a slip of its own."""
        wanted: dict[str, Any] = {
            "project": self.plant,
            "report_month": parse_month("2023-03"),
            "paid_on": date(2023, 3, 6),
            "amount_fen": YI,
            "source_code": "310000",
            "kind": Kind.FIXED_ASSETS,
            "origin": Origin.NEW,
            "payer": "上海示例甲公司",
            "bank_serial": f"SAMPLE-{next(_SERIAL)}",
        }
        return Draft(**wanted | changes)

    @property
    def now(self) -> datetime:
        """The day on which everything in tests happens."""
        return NOW

    def declared(self, with_evidence: bool = True, by: User | None = None, **changes: Any) -> Payment:
        """The draft, declared by the officer (or ``by``), with a receipt."""
        payment = declare(draft=self.draft(**changes), by=by or self.officer, at=NOW)
        if with_evidence:
            pdf = b"%PDF-1.4\n% sample " + str(next(_SERIAL)).encode() + b"\n%%EOF\n"
            kind = Proof.LAND_RECEIPT if payment.kind == Kind.LAND else Proof.BANK_RECEIPT
            attach(
                payment=payment,
                file=store(city=self.city, content=pdf, name="slip.pdf", by=self.officer, at=NOW),
                kind=kind,
                by=self.officer,
                at=NOW,
            )
        return Payment.objects.of(self.city).select_related("project", "unit", "city").get(pk=payment.pk)

    def verified(self, **changes: Any) -> Payment:
        """A declared payment that the verifier has confirmed."""
        payment = self.declared(**changes)
        return verify(payment=payment, revision=payment.revision, by=self.verifier, at=NOW)


def _person(city: City, username: str, role: Role, unit: ReportingUnit | None = None) -> User:
    user = open_account(
        city=city,
        username=username,
        display_name=f"示例{username}",
        password="sample-password",
        by=None,
        at=NOW,
        is_sample=True,
    )
    grant(city=city, user=user, role=role, unit=unit, by=None, at=NOW)
    return user


def _unit(city: City, code: str, name: str, position: int) -> ReportingUnit:
    return ReportingUnit.objects.create(  # type: ignore[no-any-return]
        city=city,
        code=code,
        name=name,
        short_name=name[:2],
        name_en=code.title(),
        position=position,
        valid_from=date(2020, 1, 1),
    )


def _project(city: City, unit: ReportingUnit, code: str, name: str) -> Project:
    firm = register_enterprise(city=city, name=f"{name}有限公司", by=None, at=NOW, is_sample=True)
    new = NewProject(
        code=code,
        name=name,
        source_code="310000",
        industry="C",
        contract_fen=5 * YI,
        signed_on=date(2023, 1, 10),
        source="示例合同",
        is_sample=True,
    )
    return register_project(city=city, unit=unit, enterprise=firm, new=new, by=None, at=NOW)


def assemble(code: str = "dalian") -> Cast:
    """Make the cast in the database."""
    load_regions()
    city = City.objects.create(code=code, name="示例市", name_en="Sample City", gb_code="210200", is_sample=True)
    for number in [*Period.parse("2022").months, *Period.parse("2023Q1").months]:
        open_month(city=city, number=number, due_on=date(2023, 4, 5), by=None, at=NOW)
    east, west = _unit(city, "east", "东山区", 1), _unit(city, "west", "西海区", 2)
    suffix = "" if code == "dalian" else f"_{code}"
    people = {
        name: _person(city, f"{name}{suffix}", role, unit)
        for name, role, unit in [
            ("officer", Role.OFFICER, east),
            ("other_officer", Role.OFFICER, west),
            ("verifier", Role.VERIFIER, None),
            ("statistician", Role.STATISTICIAN, None),
            ("second_statistician", Role.STATISTICIAN, None),
            ("leader", Role.LEADER, None),
            ("system", Role.SYSTEM, None),
            ("security", Role.SECURITY, None),
            ("auditor", Role.AUDITOR, None),
            ("partner", Role.PARTNER, None),
        ]
    }
    drafted = draft_rules(
        city=city,
        code="sample-2022",
        title="示例规则",
        content=RULES,
        source="示例",
        valid_from=parse_month("2022-01"),
        is_sample=True,
        by=people["statistician"],
        at=NOW,
    )
    rules = issue_rules(rules=drafted, by=people["statistician"], at=NOW)
    plant, harbour = _project(city, east, "2023-0001", "示例工厂"), _project(city, west, "2023-0002", "示例码头")
    return Cast(city=city, east=east, west=west, plant=plant, harbour=harbour, rules=rules, **people)


class Troupe:
    """The cast, thought out once and then written down again by the same statements: every second test begins with it."""

    def __init__(self) -> None:
        self._writes: list[tuple[str, Any, bool]] = []
        self._kept = b""

    def assemble(self) -> Cast:
        """The cast in this test's transaction, with the ids of the first time."""
        if not self._kept:
            with connection.execute_wrapper(self._watch):
                self._kept = pickle.dumps(assemble())
        else:
            with connection.cursor() as cursor:
                for sql, params, many in self._writes:
                    (cursor.cursor.executemany if many else cursor.cursor.execute)(sql, params)
        cast: Cast = pickle.loads(self._kept)
        return cast

    def _watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self._writes.append((sql, params, many))
        return execute(sql, params, many, context)
