"""Load data by the million: cities with a verified account, a valid chain and its roll-ups, made alike for a city, a province, a nation.

Few rows (units, people, rules, projects) go through the usual actions, payments through ``bulk_payments``. An interrupted run leaves
whole cities on SQLite, where each is a transaction, and nothing on PostgreSQL, where the run is one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from django.db import connection, transaction

from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.models import RuleSet
from zhaoshang.capital.rules import YI_FEN
from zhaoshang.common.periods import month_number
from zhaoshang.demo import facts, names
from zhaoshang.demo.bulk_payments import Ground, write_payments
from zhaoshang.demo.bulk_tables import laid_aside
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
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import City

MONTHS = range(month_number(2022, 1), month_number(2025, 1))
FEWEST_PROJECTS, MOST_PROJECTS, PAYMENTS_A_PROJECT = 50, 500, 1_000
SHARE_SCHEDULED = 0.4
CITIES_A_PROVINCE = 14
# First two figures of GB/T 2260; the first fourteen cities are of Liaoning, whose units the demo city has.
PROVINCES = (
    21, 11, 12, 13, 14, 15, 22, 23, 31, 32, 33, 34, 35, 36, 37,
    41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65,
)  # fmt: skip
_BEGUN = after(MONTHS[0] - 1, 4)


def gb_code_of(number: int) -> str:
    """The code of the place that the load city ``number`` (from 1) stands for: fourteen to a province, the provinces in turn."""
    province, place = divmod(number - 1, CITIES_A_PROVINCE)
    return f"{PROVINCES[province % len(PROVINCES)]}{place + 1:02d}00"


def generate(cities: int, payments: int, seed: int) -> Iterator[tuple[City, int]]:
    """Make ``cities`` new cities of ``payments`` payments in all; tells of each city how many it got, as it is done."""
    load_regions()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")  # 256 MB: the indexes of a million payments fit
    first = City.objects.filter(code__startswith="load").count()
    with laid_aside():
        for place in range(1, cities + 1):
            share = payments * place // cities - payments * (place - 1) // cities
            yield _made(first + place, share, seed), share


@transaction.atomic
def _made(number: int, payments: int, seed: int) -> City:
    chance = Random(seed + number)  # noqa: S311 - load data, not secrets
    ground = prepare(number, min(max(payments // PAYMENTS_A_PROJECT, FEWEST_PROJECTS), MOST_PROJECTS), chance)
    write_payments(ground, MONTHS, payments, chance)
    return ground.city


@transaction.atomic
def prepare(number: int, projects: int, chance: Random) -> Ground:
    """City, units, people, rules, one indicator, months and projects: the usual few rows, through the usual actions."""
    city = City.objects.create(
        code=f"load{number:03d}",
        name=f"压测市{number:03d}",
        name_en=f"Load City {number:03d}",
        gb_code=gb_code_of(number),
        is_sample=True,
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
    entered = _projects(city, units, projects, chance)
    _promise(city, entered[: int(projects * SHARE_SCHEDULED)], officer)
    return Ground(city, officer, verifier, rules, entered)


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


def _projects(city: City, units: Sequence[ReportingUnit], count: int, chance: Random) -> list[Project]:
    firms = [Enterprise(name=names.enterprise(chance, "C", number), is_sample=True) for number in range(count)]
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
