"""Load data by the million: cities with a verified account, a valid chain and its roll-ups, written around the models for speed.

The ledger's own actions write some hundred payments a second; a load test needs ten thousand. The database's guards stay on, and
``verify-ledger`` walks what was made like any other account. Months are written one after the other, each with its roll-ups and the
chain's head in one transaction, so that an interrupted run leaves a shorter account, never a false one.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

from zhaoshang.capital import rollup
from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.models import ChainHead, Payment, RuleSet
from zhaoshang.capital.rules import GENESIS, YI_FEN, Facts, Kind, Origin, Standing
from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import Period, month_number
from zhaoshang.demo import facts, names
from zhaoshang.demo.clock import after, due
from zhaoshang.demo.rule_sets import SOURCE, content
from zhaoshang.enterprises.actions import register_list as register_enterprises
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.actions import register_list as register_projects
from zhaoshang.projects.models import Project
from zhaoshang.projects.schedules import Schedule, set_schedules
from zhaoshang.regions.actions import add_unit, grant, load_regions, open_month
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.rules import SourceClass, source_class
from zhaoshang.tenancy.models import City

MONTHS = range(month_number(2022, 1), month_number(2025, 1))
PROJECTS, SCHEDULED = 500, 200
CHUNK = 20_000
GB_CODE = "210200"
_BEGUN = after(MONTHS[0] - 1, 4)
_KINDS = [Kind.FIXED_ASSETS, Kind.FIXED_ASSETS, Kind.EQUIPMENT, Kind.EQUITY, Kind.LAND, Kind.WORKING_CAPITAL]
_FIELDS = {field.attname: field for field in Payment._meta.concrete_fields}
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """What the roll-ups ask of a payment."""

    report_month: int
    project_id: UUID
    unit_id: UUID
    source_code: str
    source_class: SourceClass
    kind: Kind
    origin: Origin
    industry: str
    contract_fen: int
    facts: Facts
    reverses_id: None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A city made ready for payments."""

    city: City
    officer: User
    verifier: User
    rules: RuleSet
    projects: list[Project]


def generate(cities: int, payments: int, seed: int) -> Iterator[tuple[City, int]]:
    """Make ``cities`` new cities of ``payments`` payments each; tells each city and how many of its payments are written so far."""
    load_regions()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")  # 256 MB: the indexes of a million payments fit
    first = City.objects.filter(code__startswith="load").count() + 1
    for number in range(first, first + cities):
        chance = Random(seed + number)  # noqa: S311 - load data, not secrets
        ground = prepare(f"load{number:03d}", chance)
        done = 0
        for place, month in enumerate(MONTHS):
            upto = payments * (place + 1) // len(MONTHS)
            while done < upto:
                size = min(CHUNK, upto - done)
                write_payments(ground, month, size, chance)
                done += size
                yield ground.city, done


@transaction.atomic
def prepare(code: str, chance: Random) -> Ground:
    """City, units, people, rules, one indicator, months and projects: the usual few rows, through the usual actions."""
    city = City.objects.create(
        code=code, name=f"压测市{code[4:]}", name_en=f"Load City {code[4:]}", gb_code=GB_CODE, is_sample=True
    )
    units = [
        add_unit(
            city=city, by=None, at=_BEGUN, code=unit.code, name=unit.name, short_name=unit.short_name, name_en=unit.name_en,
            league_group=unit.group, position=position, valid_from=date(2020, 1, 1), valid_to=None,
        )
        for position, unit in enumerate(facts.UNITS, start=1)
    ]  # fmt: skip
    officer, verifier, statistician = (_person(city, name, role, units[0]) for name, role in _PEOPLE)
    for month in MONTHS:
        open_month(city=city, number=month, due_on=due(month), by=None, at=_BEGUN)
    drafted = draft_rules(
        city=city, code="load", title="压测规则", content={**content(2022), "evidence": {}}, source=SOURCE, is_sample=True,
        valid_from=MONTHS[0], by=statistician, at=_BEGUN,
    )  # fmt: skip
    rules = issue_rules(rules=drafted, by=statistician, at=_BEGUN)
    _define(city, rules, statistician)
    projects = _projects(city, units, chance)
    _promise(city, projects[:SCHEDULED], officer)
    return Ground(city, officer, verifier, rules, projects)


_PEOPLE = (("officer", Role.OFFICER), ("verifier", Role.VERIFIER), ("statistician", Role.STATISTICIAN))


def _person(city: City, name: str, role: Role, unit: ReportingUnit) -> User:
    user = open_account(
        city=city, username=f"{city.code}-{name}", display_name=f"压测{name}", password=None, by=None, at=_BEGUN, is_sample=True
    )  # fmt: skip
    grant(city=city, user=user, role=role, unit=unit if role == Role.OFFICER else None, by=None, at=_BEGUN)
    return user


def _define(city: City, rules: RuleSet, by: User) -> None:
    name = facts.INDICATORS[0]
    indicator = define_indicator(
        city=city, by=by, at=_BEGUN, code=name.code, name=name.name, name_en=name.name_en, unit_of_value=Unit.FEN,
        reading_class=name.reading_class, words=list(name.words), position=1,
    )  # fmt: skip
    add_version(
        indicator=indicator, by=by, at=_BEGUN, code="load", title="压测口径", title_en="Load definition", definition=rules.title,
        measure=Measure.CAPITAL, rule_set=rules, source_classes=[str(SourceClass.OUTSIDE_PROVINCE), str(SourceClass.INSIDE_PROVINCE)],
        valid_from=MONTHS[0], source=SOURCE, is_sample=True,
    )  # fmt: skip


def _projects(city: City, units: Sequence[ReportingUnit], chance: Random) -> list[Project]:
    firms = [Enterprise(name=names.enterprise(chance, "C", number), is_sample=True) for number in range(PROJECTS)]
    register_enterprises(city=city, enterprises=firms, by=None, at=_BEGUN)
    sources = list(facts.OUTSIDE_SOURCES | facts.INSIDE_SOURCES)
    rows = []
    for number, firm in enumerate(firms):
        new = NewProject(
            code=f"2021-{number + 1:04d}", name=names.project(chance, "C", number), source_code=chance.choice(sources),
            industry=chance.choice("CDGIK"), contract_fen=chance.randint(1, 300) * YI_FEN // 10, investor=f"示例投资{number}",
            signed_on=date(2021, 5, 1), landed_on=date(2021, 9, 1), source=SOURCE, is_sample=True,
        )  # fmt: skip
        rows.append((chance.choice(units), firm, new))
    return register_projects(city=city, rows=rows, by=None, at=_BEGUN)


def _promise(city: City, projects: Sequence[Project], by: User) -> None:
    """A payment schedule of twelve quarters for some of the projects."""
    quarters = MONTHS[::3]
    schedules = [
        Schedule(
            project=project,
            months=dict.fromkeys(quarters, project.contract_fen // len(quarters)),
            document=f"示例合同{project.code}",
            agreed_on=date(2021, 5, 1),
            is_sample=True,
        )
        for project in projects
    ]
    set_schedules(city=city, schedules=schedules, by=by, at=_BEGUN)


@transaction.atomic
def write_payments(ground: Ground, month: int, size: int, chance: Random) -> None:
    """``size`` verified payments of one month at the chain's end, with their roll-ups and the new head."""
    head, _ = ChainHead.objects.of(ground.city).get_or_create(city=ground.city, defaults={"digest": GENESIS})
    writer = Writer(ground, month, head.seq, head.digest)
    rows = [writer.row(chance) for _ in range(size)]
    _insert(writer.columns, rows)
    rollup.merge(ground.city, rollup.gather(cast("list[Payment]", writer.entries), [ground.rules]))
    head.seq, head.digest = writer.seq, writer.digest
    head.save(update_fields=["seq", "digest"])


class Writer:
    """Makes a month's rows: a column is held once as the database takes it and once as the chain hashes it."""

    def __init__(self, ground: Ground, month: int, seq: int, digest: str) -> None:
        self.ground, self.month, self.seq, self.digest = ground, month, seq, digest
        self.entries: list[Entry] = []
        declared, decided = after(month, 3), after(month, 6)
        same = Payment(
            city=ground.city,
            report_month=month,
            kind=Kind.OTHER,
            origin=Origin.CONTINUED,
            outside_share_bp=10_000,
            standing=Standing.VERIFIED,
            declared_by=ground.officer,
            declared_at=declared,
            decided_by=ground.verifier,
            decided_at=decided,
        )
        self.columns = [str(field.column) for field in _FIELDS.values()]
        self.stored = {
            field.attname: field.get_db_prep_save(getattr(same, field.attname), connection)
            for field in _FIELDS.values()
        }
        self.hashed = {field.attname: _hashed(getattr(same, field.attname)) for field in _FIELDS.values()}
        del self.hashed["digest"]
        first = Period(month, month).first_day()
        days = [first.replace(day=day) for day in range(1, 29)]
        self.days = [(_FIELDS["paid_on"].get_db_prep_save(day, connection), day.isoformat()) for day in days]
        self.native_keys = connection.features.has_native_uuid_field
        self.projects = [_project_columns(project) for project in ground.projects]

    def row(self, chance: Random) -> list[Any]:
        """The chain's next payment, in the order of :attr:`columns`."""
        facts_, stored, hashed = self.projects[int(chance.random() * len(self.projects))]
        kind, (day, day_text) = _KINDS[int(chance.random() * 6)], self.days[int(chance.random() * 28)]
        amount, key = 1_000_000 + int(chance.random() * YI_FEN), uuid7()
        self.seq += 1
        own = {
            "paid_on": day_text,
            "amount_fen": str(amount),
            "kind": kind.value,
            "seq": str(self.seq),
            "row_key": str(self.seq),
        }
        text = self.hashed | hashed | own | {"id": str(key), "previous_digest": self.digest}
        previous, self.digest = (
            self.digest,
            hashlib.sha256(_ENCODE({"columns": text, "evidence": []}).encode()).hexdigest(),
        )
        values = self.stored | stored
        values["id"], values["paid_on"], values["amount_fen"], values["kind"] = (
            key if self.native_keys else key.hex,
            day,
            amount,
            kind.value,
        )
        values["seq"], values["row_key"] = self.seq, str(self.seq)
        values["previous_digest"], values["digest"] = previous, self.digest
        self._remember(facts_, amount, kind, hashed)
        return list(values.values())

    def _remember(self, project: Project, amount: int, kind: Kind, hashed: dict[str, str]) -> None:
        source, origin = SourceClass(hashed["source_class"]), Origin.CONTINUED
        industry, contract = project.industry, project.contract_fen
        judged = Facts(amount, source, kind, origin, industry, contract, 10_000)
        entry = Entry(
            self.month,
            project.pk,
            project.unit_id,
            project.source_code,
            source,
            kind,
            origin,
            industry,
            contract,
            judged,
        )
        self.entries.append(entry)


def _project_columns(project: Project) -> tuple[Project, dict[str, Any], dict[str, str]]:
    """What a payment copies from its project: as stored, and as hashed."""
    told = {
        "project_id": project.pk, "unit_id": project.unit_id, "source_code": project.source_code,
        "source_class": source_class(project.source_code, GB_CODE), "industry": project.industry, "contract_fen": project.contract_fen,
        "payer": project.investor,
    }  # fmt: skip
    stored = {name: _FIELDS[name].get_db_prep_save(value, connection) for name, value in told.items()}
    return project, stored, {name: str(value) for name, value in told.items()}


def _hashed(value: Any) -> str | None:
    """A column's value as ``capital.ledger.columns_of`` and ``capital.rules.canonical`` write it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return None if value is None else str(value)


def _insert(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """COPY on PostgreSQL, one prepared statement on SQLite."""
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY capital_payment ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO capital_payment ({named}) VALUES ({marks})", rows)  # noqa: S608 - our own column names  # nosec B608
