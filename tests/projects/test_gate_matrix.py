"""Every stage, every role, every door: generated from the definitions, tried on a signed project and undone.

Page and API move a project, through its gate; from every other stage and through every way of moving: ``test_gates_everywhere.py``. The
doors that take files (a changed list of projects, an import by API or command) know no stage: a file that names one moves nothing.
Whoever is past all doors, at a shell or in SQL, is refused by the database.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cast import Cast
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client

from projects.files import in_a_changed_list, in_a_command, in_an_import
from zhaoshang.people.rules import Can, Role, may
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.projects.stages.rules import COUNTED, Chain, Stage, stages_in
from zhaoshang.rulesets.rules import Part

pytestmark = pytest.mark.django_db
STAGES = stages_in(Part(STAGES.shipped), date(2023, 3, 1))
SIGNED = {Chain.PROMOTION: 3, Chain.CONSTRUCTION: 0}
FREE = {"reserve"}  # asks for nothing


def expected(role: Role, act: str, stage: Stage) -> str:
    """What the gate must answer: the stage entered, refused by right, or by the gate."""
    if not may(role, Can.SKIP_STAGE if act == "skip" else Can.ADVANCE_STAGE):
        return "not allowed"
    ahead = stage.rank - SIGNED[stage.chain]
    if act == "skip":
        return "entered" if ahead > 0 else "refused"
    return "entered" if ahead == 1 and stage.code in FREE else "refused"


def tried(cast: Cast, client: Client, door: str, act: str, stage: Stage) -> str:
    """The same move by a door; what it wrote is taken back."""
    given = {"stage": stage.code, "on": "2023-03-01"}
    with transaction.atomic():
        if door == "page":
            body = given | {"reason": "示例"}
            status = client.post(f"/desk/projects/{cast.plant.code}/{act}/", body).status_code
        else:
            text = json.dumps(given | ({"skip_reason": "示例"} if act == "skip" else {}))
            address = f"/api/projects/{cast.plant.code}/{act}"
            status = client.post(address, text, content_type="application/json").status_code
        now = Project.objects.of(cast.city).get(pk=cast.plant.pk)
        entered = getattr(now, stage.chain) == stage.code and stage.rank > SIGNED[stage.chain]
        transaction.set_rollback(True)
    return "not allowed" if status == 403 else "entered" if entered else "refused"


@pytest.mark.parametrize("door", ["page", "api"])
@pytest.mark.parametrize("role", list(Role))
def test_the_gate_answers_every_role_at_every_stage(cast: Cast, client: Client, role: Role, door: str) -> None:
    client.force_login(getattr(cast, role.value))
    found = {(act, one.code): tried(cast, client, door, act, one) for act in ("advance", "skip") for one in STAGES}
    assert found == {(act, one.code): expected(role, act, one) for act in ("advance", "skip") for one in STAGES}


FILES: dict[str, tuple[Callable[..., str], Can]] = {
    "changed list": (in_a_changed_list, Can.ADVANCE_STAGE),
    "import": (in_an_import, Can.DECLARE),
    "command": (in_a_command, Can.DECLARE),
}


@pytest.mark.parametrize("door", FILES)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.case("B6")
def test_a_file_that_names_a_stage_moves_nothing(
    cast: Cast, client: Client, role: Role, door: str, tmp_path: Path
) -> None:
    client.force_login(getattr(cast, role.value))
    enter, right = FILES[door]
    for stage in STAGES:
        with transaction.atomic():
            said = {str(stage.chain): stage.code, "day": "2023-03-01"}
            told = enter(cast, client, cast.plant.code, role, said, tmp_path)
            now = Project.objects.of(cast.city).get(pk=cast.plant.pk)
            assert told == ("tried" if may(role, right) else "not allowed")
            assert (now.promotion, now.construction, now.landed_on) == ("signed", "", None)
            transaction.set_rollback(True)


def by_update(cast: Cast, stage: Stage) -> None:
    Project.objects.of(cast.city).filter(pk=cast.plant.pk).update(**{str(stage.chain): stage.code})


def by_save(cast: Cast, stage: Stage) -> None:
    project = Project.objects.of(cast.city).get(pk=cast.plant.pk)
    setattr(project, stage.chain, stage.code)
    project.save()


def by_bulk_update(cast: Cast, stage: Stage) -> None:
    project = Project.objects.of(cast.city).get(pk=cast.plant.pk)
    setattr(project, stage.chain, stage.code)
    Project.objects.of(cast.city).bulk_update([project], [str(stage.chain)])


def by_sql(cast: Cast, stage: Stage) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE projects_project SET {stage.chain} = %s WHERE code = %s", [stage.code, cast.plant.code])


def by_day(cast: Cast, stage: Stage) -> None:
    """The day that figures count, for a stage that has one."""
    if column := COUNTED.get(stage.code):
        Project.objects.of(cast.city).filter(pk=cast.plant.pk).update(**{column: date(2023, 3, 1)})
    else:
        by_sql(cast, stage)


@pytest.mark.parametrize("shell", [by_update, by_save, by_bulk_update, by_sql, by_day], ids=lambda one: one.__name__)
@pytest.mark.parametrize("stage", STAGES, ids=lambda one: one.code)
def test_at_a_shell_the_database_refuses_every_other_stage(
    cast: Cast, stage: Stage, shell: Callable[[Cast, Stage], None]
) -> None:
    if stage.code == "signed" and shell is not by_day:
        shell(cast, stage)  # it stands there
        return
    with pytest.raises((IntegrityError, OperationalError)), transaction.atomic():
        shell(cast, stage)
