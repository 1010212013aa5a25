"""Every stage, every role, both doors that move a project: generated from the definitions, tried on a signed project and undone."""

import json
from datetime import date

import pytest
from cast import Cast
from django.db import transaction
from django.test import Client

from zhaoshang.people.rules import Can, Role, may
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.projects.stages.rules import Chain, Stage, stages_in
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
