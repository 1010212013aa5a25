"""Asking at entry, searching and paging through the list, among 10^5 projects on the database of ``DATABASE_URL``.

None: SQLite in a folder that is thrown away. Two times of each call: by the clock on the wall, whatever else the machine does, and of the
processor, for which nobody else counts: this process and, on PostgreSQL of the same machine, the server's process that answers it.

Alone: ``.venv/bin/python -m bench.lookup [projects]``, and the same behind ``tools/with_postgres.py --`` on PostgreSQL.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

PROJECTS, ASKED, SEED = 100_000, 60, 20261
AT = datetime(2026, 1, 5, tzinfo=UTC)
AIM_ENTRY_MS, AIM_SEARCH_MS = 30, 50


class Cost(NamedTuple):
    """Milliseconds of one call: median and 95th percentile, by the clock and of the processor."""

    clock: float
    clock_most: float
    processor: float
    processor_most: float


def milliseconds(work: Callable[[Any], object], things: list[Any]) -> Cost:
    """What one call each costs."""
    spent, columns = processor_seconds(), list[tuple[float, float]]()
    for one in things:
        start, clock = spent(), time.perf_counter()
        work(one)
        columns.append((time.perf_counter() - clock, spent() - start))
    found = [sorted(1000 * value for value in column) for column in zip(*columns, strict=True)]
    return Cost(*(value for some in found for value in (statistics.median(some), some[int(len(some) * 0.95)])))


def processor_seconds() -> Callable[[], float]:
    """Reads what this process and the database's own process for it have had of the processor, as far as this machine can tell."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not server.exists():
        return time.process_time
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


@contextmanager
def in_bulk() -> Iterator[None]:
    """PostgreSQL sees to guards, references and indexes for each row; for so many invented ones once at the end is quicker."""
    from django.db import connection, transaction

    from zhaoshang.demo.bulk_tables import bare
    from zhaoshang.tenancy.guards import suspended

    if connection.vendor != "postgresql":
        yield
        return
    tables = ("lookup_piece", "lookup_entry", "enterprises_enterprise", "projects_project", "projects_stageentry")
    with transaction.atomic(), suspended(), bare(tables):
        yield


def filled(projects: int) -> tuple[Any, list[Any], float]:
    """A city of invented projects, through the usual actions, some thousand at once; the projects as records; the seconds that it took."""
    from zhaoshang.demo import facts
    from zhaoshang.demo.doubles import population
    from zhaoshang.regions.actions import add_unit, load_regions
    from zhaoshang.tenancy.models import City
    from zhaoshang.tenancy.planning import tell_planner

    load_regions()
    city = City.objects.create(code="bench", name="示例市", name_en="Sample", gb_code="210200", is_sample=True)
    units = {
        unit.code: add_unit(
            city=city, by=None, at=AT, code=unit.code, name=unit.name, short_name=unit.short_name, name_en=unit.name_en,
            league_group=unit.group, position=position, valid_from=date(2020, 1, 1), valid_to=None,
        )
        for position, unit in enumerate(facts.UNITS, start=1)
    }  # fmt: skip
    made, start = population(projects, Random(SEED)), time.perf_counter()
    with in_bulk():
        for first, last in pairwise([0, *range(1_000, projects, 5_000), projects]):
            _register(city, units, made[first:last], first)
            tell_planner()
            sys.stderr.write(f"\r{last:,}")
            sys.stderr.flush()
    tell_planner()
    return city, made, time.perf_counter() - start


def _register(city: Any, units: dict[str, Any], some: list[Any], first: int) -> None:
    from zhaoshang.enterprises.actions import register_list as register_enterprises
    from zhaoshang.enterprises.models import Enterprise
    from zhaoshang.projects.actions import NewProject
    from zhaoshang.projects.actions import register_list as register_projects

    firms = [Enterprise(name=one.enterprise, is_sample=True) for one in some]
    register_enterprises(city=city, enterprises=firms, by=None, at=AT)
    rows = [
        (units[one.unit], firm, NewProject(
            code=f"B-{first + number:06d}", name=one.name, source_code=one.source_code, industry=one.industry,
            contract_fen=one.contract_fen, investor=one.investor, signed_on=one.signed_on, source="bench", is_sample=True,
        ))
        for number, (one, firm) in enumerate(zip(some, firms, strict=True))
    ]  # fmt: skip
    register_projects(city=city, rows=rows, by=None, at=AT)


def paged(city: Any) -> dict[str, Cost]:
    """Milliseconds of page 1 and of page 1,000 of the list of projects, by each of its orders; and one as so many times the other."""
    from django.test import RequestFactory

    from zhaoshang.desk.lists import PAGE, Order, page_by, page_of, sorted_by
    from zhaoshang.people.rules import Role
    from zhaoshang.projects.models import Project
    from zhaoshang.regions.access import Viewer

    rows = Project.objects.visible_to(Viewer(city, None, Role.LEADER)).select_related("unit", "enterprise")
    far, found = min(999 * PAGE, rows.count() - 2 * PAGE), dict[str, Cost]()
    for column in ("", "contract_fen", "signed_on", "landed_on", "name"):
        order = Order(column, falling=column != "name") if column else None
        place = (sorted_by(rows, order) if order else rows.order_by("-id"))[far - 1]
        held = getattr(place, column) if column else None
        told = {"after": str(place.pk), **({"at": str(held)} if held is not None else {})}
        asked = [RequestFactory().get("/", {}), RequestFactory().get("/", told)]

        def shown(request: Any, order: Any = order) -> object:
            return page_by(request, rows, order) if order else page_of(request, rows)

        shown(asked[0]), shown(asked[1])
        first, last = (milliseconds(shown, [one] * 40) for one in asked)
        name = column or "newest first"
        found |= {f"list by {name}, page 1": first, f"list by {name}, page {far // PAGE + 1:,}": last}
        found[f"list by {name}, so many times page 1"] = Cost(
            *(far / near for far, near in zip(last, first, strict=True))
        )
    return found


def measured(projects: int) -> dict[str, Cost]:
    """Milliseconds by what was asked."""
    city, made, seconds = filled(projects)
    sys.stderr.write(f": filled in {seconds:.0f} s, {seconds * 1000 / projects:.2f} ms a project\n")
    return {**asked_of(city, made), **paged(city)}


def asked_of(city: Any, made: list[Any]) -> dict[str, Cost]:
    """Milliseconds of asking at entry and of searching."""
    from zhaoshang.demo.doubles import with_doubles
    from zhaoshang.lookup.rules import initials, plain
    from zhaoshang.people.rules import Role
    from zhaoshang.projects.likeness import alike
    from zhaoshang.questions.finding import find
    from zhaoshang.regions.access import Viewer
    from zhaoshang.regions.models import ReportingUnit

    chance = Random(SEED)
    doubles = with_doubles(made, ASKED, chance)[0][len(made) :]
    unit = ReportingUnit.objects.of(city).get(code=made[0].unit)
    leader, officer = Viewer(city, None, Role.LEADER), Viewer(city, None, Role.OFFICER, frozenset({unit.pk}))
    some = chance.sample(made, ASKED)
    alike(city, made[0], date(2026, 1, 5)), find(leader, "示例")
    return {
        "asking at entry, a double": milliseconds(
            lambda one: alike(city, replace(one, key=""), date(2026, 1, 5)), doubles
        ),
        "asking at entry, any other": milliseconds(
            lambda one: alike(city, replace(one, key=""), date(2026, 1, 5)), some
        ),
        "search, three characters": milliseconds(lambda one: find(leader, one.name[2:5]), some),
        "search, a whole name": milliseconds(lambda one: find(leader, one.name), some),
        "search, a common word": milliseconds(lambda one: find(leader, one), ["示例", "项目", "装备制造", "基地"] * 5),
        "search, initials": milliseconds(lambda one: find(leader, initials(plain(one.name[2:7]))), some),
        "search, a slip": milliseconds(lambda one: find(leader, one.name[2:4] + "某" + one.name[4:8]), some),
        "search, an officer": milliseconds(lambda one: find(officer, one.name[2:5]), some),
        "search, an officer, a common word": milliseconds(lambda one: find(officer, one), ["示例", "项目", "基地"] * 5),
    }


def _size(folder: str) -> int:
    from django.db import connection

    if connection.vendor != "postgresql":
        return sum(one.stat().st_size for one in Path(folder).rglob("*.sqlite3*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def main() -> None:
    """Print a table."""
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else PROJECTS
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ZHAOSHANG_DATA": folder, "DJANGO_SETTINGS_MODULE": "zhaoshang.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, interactive=False)
        before, found, vendor = os.getloadavg()[0], measured(projects), connection.vendor
        size = _size(folder)
        connection.close()
    sys.stderr.write(f"aims: asking at entry {AIM_ENTRY_MS} ms, searching {AIM_SEARCH_MS} ms\n")
    sys.stderr.write(
        f"load average before {before:.1f}, after {os.getloadavg()[0]:.1f}; database {size / 1e6:.0f} MB\n"
    )
    lines = [f"| {projects:,} projects, {vendor}, ms | median | 95 % | processor | 95 % |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {name} | {' | '.join(f'{one:.1f}' for one in cost)} |" for name, cost in found.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
