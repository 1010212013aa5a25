"""The three holes of the strongest public peer, tried through every door: won at the first stage, created at the last stage, the
value changed after signing by anyone who may edit."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.test import Client

from projects.files import in_a_changed_list, in_a_command, in_an_import
from zhaoshang.common.ids import uuid7
from zhaoshang.people.rules import Role
from zhaoshang.projects.actions import BornLanded, NewProject, register_project
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.actions import OutOfOrder, advance
from zhaoshang.projects.stages.correcting import RestedOn, amend_project
from zhaoshang.regions.access import NotAllowed
from zhaoshang.review.intake_projects import Registration, Unknown, register_from_sheet

pytestmark = pytest.mark.django_db
Door = Callable[[Cast, Client], object]
LAND = {"stage": "landed", "on": "2023-03-01"}
CREATED = {"name": "示例新厂", "unit": "east", "enterprise": "示例新厂公司", "source_code": "310000", "industry": "C"}
JSON: Any = {"content_type": "application/json"}
# What an action refuses, and what the database does.
REFUSED = (OutOfOrder, BornLanded, RestedOn, NotAllowed, IntegrityError, OperationalError)


def lead(cast: Cast) -> Project:
    """A project at the first stage."""
    new = NewProject(code="9", name="示例线索", source_code="310000", industry="C", contract_fen=YI)
    return register_project(city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=None, at=NOW)


def shell_wins(cast: Cast, client: Client) -> object:
    """Somebody at a Python prompt writes the column."""
    return Project.objects.of(cast.city).filter(code="9").update(promotion="landed", landed_on=date(2023, 3, 1))


def shell_writes_the_log(cast: Cast, client: Client) -> object:
    """Or the log itself, past the stages between."""
    said: dict[str, Any] = {"kind": "advanced", "chain": "promotion", "stage": "landed", "rank": 5, "evidence": "x"}
    project = Project.objects.of(cast.city).get(code="9")
    return StageEntry.objects.create(
        city=cast.city, project=project, number=1, day=date(2023, 3, 1), entered_at=NOW, **said
    )


def in_sql(sql: str, *values: object) -> object:
    """Past Django."""
    with connection.cursor() as cursor:
        return cursor.execute(sql, list(values))


def in_file(enter: Callable[..., str], code: str, said: dict[str, str], **more: str) -> Door:
    """A file that says it, by the officer."""

    def knock(cast: Cast, client: Client) -> object:
        with TemporaryDirectory() as folder:
            return enter(cast, client, code, Role.OFFICER, said, Path(folder), **more)

    return knock


WINS: dict[str, Door] = {
    "page": lambda cast, client: client.post("/desk/projects/9/advance/", LAND),
    "board": lambda cast, client: client.post("/desk/projects/board/move/", {"project": "9", **LAND}),
    "bulk": lambda cast, client: client.post("/desk/projects/bulk/", {"project": ["9"], "act": "promotion", **LAND}),
    "api": lambda cast, client: client.post("/api/projects/9/advance", LAND, **JSON),
    "action": lambda cast, client: advance(
        project=Project.objects.of(cast.city).get(code="9"), stage="landed", on=date(2023, 3, 1), evidence="x",
        by=cast.officer, at=NOW,
    ),
    "api, many": lambda cast, client: client.post(
        "/api/bulk/moves", {"projects": ["9"], "act": "promotion", "on": "2023-03-01"}, **JSON
    ),
    "changed list": in_file(in_a_changed_list, "9", {"promotion": "landed", "day": "2023-03-01"}),
    "import": in_file(in_an_import, "9", {"promotion": "landed", "day": "2023-03-01"}, name="示例线索"),
    "command": in_file(in_a_command, "9", {"promotion": "landed", "day": "2023-03-01"}, name="示例线索"),
    "shell": shell_wins,
    "log": shell_writes_the_log,
    "sql": lambda cast, client: in_sql(
        "UPDATE projects_project SET promotion = 'landed', landed_on = '2023-03-01' WHERE code = '9'"
    ),
}  # fmt: skip


def shell_creates(cast: Cast, client: Client) -> object:
    """A row that is born at the end of its chain."""
    return Project.objects.create(
        city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, code="8", name="示例新厂", source_code="310000", industry="C",
        contract_fen=YI, promotion="landed", landed_on=date(2023, 3, 1),
    )  # fmt: skip


def sql_creates(cast: Cast, client: Client) -> object:
    """The plant once more, born landed."""
    columns = [field.column for field in Project._meta.concrete_fields]
    other = {"id": f"'{uuid7() if connection.features.has_native_uuid_field else uuid7().hex}'", "code": "'8'"}
    other |= {"promotion": "'landed'", "landed_on": "'2023-03-01'", "signed_on": "NULL"}
    wanted = ", ".join(other.get(column, column) for column in columns)
    return in_sql(
        f"INSERT INTO projects_project ({', '.join(columns)}) SELECT {wanted} FROM projects_project WHERE code = %s",
        cast.plant.code,
    )


def action_creates(cast: Cast, client: Client) -> object:
    """The registration itself."""
    new = NewProject(
        code="8",
        name="示例新厂",
        source_code="310000",
        industry="C",
        contract_fen=YI,
        landed_on=date(2023, 3, 1),
        source="x",
    )
    return register_project(
        city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=cast.officer, at=NOW
    )


def sheet_creates(cast: Cast, client: Client) -> object:
    """A workbook's unknown project, confirmed."""
    wanted = [Registration(Unknown("示例新厂", source_code="310000"), "C")]
    return register_from_sheet(unit=cast.east, wanted=wanted, year=2023, by=cast.officer, at=NOW)


FORM = CREATED | {
    "contract": "1",
    "contract_unit": "万元",
    "share": "100",
    "promotion": "landed",
    "landed_on": "2023-03-01",
}
CREATES: dict[str, Door] = {
    "page": lambda cast, client: client.post("/desk/projects/new/", FORM),
    "api": lambda cast, client: client.post(
        "/api/projects", CREATED | {"contract": "100", "landed_on": "2023-03-01"}, **JSON
    ),
    "import": sheet_creates,
    "import with a stage": in_file(in_an_import, "8", {"promotion": "landed", "day": "2023-03-01"}, name="示例新厂"),
    "command": in_file(in_a_command, "8", {"promotion": "landed", "day": "2023-03-01"}, name="示例新厂"),
    "action": action_creates,
    "shell": shell_creates,
    "sql": sql_creates,
}


def form_changes(cast: Cast, client: Client) -> object:
    """The page on which a project is filled in."""
    given = {"contract_fen": "9", "outside_share_bp": "100", "industry": "C", "source_code": "310000"}
    return client.post(f"/desk/projects/{cast.plant.code}/amend/", given)


CORRECTION = {"field": "contract_fen", "old": 5 * YI, "new": 6 * YI, "reason": "示例"}
CHANGES: dict[str, Door] = {
    "page": form_changes,
    "api": lambda cast, client: client.post(f"/api/projects/{cast.plant.code}/corrections", CORRECTION, **JSON),
    "action": lambda cast, client: amend_project(project=cast.plant, contract_fen=6 * YI, by=cast.officer, at=NOW),
    "changed list": in_file(in_a_changed_list, "2023-0001", {"contract": "60000"}),
    "import": in_file(in_an_import, "2023-0001", {"contract": "60000"}),
    "command": in_file(in_a_command, "2023-0001", {"contract": "60000"}),
    "sql": lambda cast, client: in_sql("UPDATE projects_project SET contract_fen = 1 WHERE code = '2023-0001'"),
    "shell": lambda cast, client: Project.objects.of(cast.city).filter(code=cast.plant.code).update(contract_fen=1),
}


def tried(door: Door, cast: Cast, client: Client) -> None:
    """Knock; a door may answer or refuse by an exception, and what is asserted is what stands afterwards."""
    try:
        with transaction.atomic():
            door(cast, client)
    except REFUSED:
        return


@pytest.mark.parametrize("door", WINS)
def test_no_door_wins_a_project_at_its_first_stage(cast: Cast, client: Client, door: str) -> None:
    lead(cast)
    client.force_login(cast.officer)
    tried(WINS[door], cast, client)
    held = Project.objects.of(cast.city).get(code="9")
    assert (held.promotion, held.landed_on) == ("lead", None)


@pytest.mark.parametrize("door", CREATES)
def test_no_door_creates_a_project_at_its_last_stage(cast: Cast, client: Client, door: str) -> None:
    client.force_login(cast.officer)
    tried(CREATES[door], cast, client)
    rows = Project.objects.of(cast.city)
    assert not rows.filter(Q(promotion="landed") | Q(landed_on__isnull=False)).exists()
    assert not rows.exclude(code__in=(cast.plant.code, cast.harbour.code)).exclude(promotion="lead").exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.STATISTICIAN])
@pytest.mark.parametrize("door", CHANGES)
def test_no_door_changes_the_value_after_signing(cast: Cast, client: Client, door: str, role: Role) -> None:
    """The statistician corrects it with a reason, which stays in the log: ``test_stage_pages``."""
    client.force_login(getattr(cast, role.value))
    tried(CHANGES[door], cast, client)
    assert Project.objects.of(cast.city).get(code=cast.plant.code).contract_fen == 5 * YI
