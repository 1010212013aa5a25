"""The whole matrix: from every stage to every stage, by every role, through every door that moves; with all papers and with none."""

import pytest
from cast import Cast
from django.test import Client

from projects.gates import DOORS, STAGES, STARTS, Start, answered, expected, standing_at
from zhaoshang.people.rules import Role

pytestmark = pytest.mark.django_db


def agrees(cast: Cast, client: Client, start: Start, role: Role, *, with_papers: bool) -> None:
    client.force_login(getattr(cast, role.value))
    cells = [
        (door, stage)
        for door, (_enter, _right, told) in DOORS.items()
        for stage in STAGES
        if told or stage.rank == start.rank(stage.chain) + 1
    ]
    found = {(door, stage.code): answered(cast, client, role, door, stage) for door, stage in cells}
    wanted = {(door, stage.code): expected(start, role, door, stage, with_papers=with_papers) for door, stage in cells}
    assert found == wanted


@pytest.mark.parametrize("with_papers", [True, False], ids=["papers", "bare"])
@pytest.mark.case("B6")
def test_from_talks_the_officer_gets_no_further_than_the_next_gate(
    cast: Cast, client: Client, with_papers: bool
) -> None:
    start = Start(promotion=2)
    standing_at(cast, start, with_papers=with_papers)
    agrees(cast, client, start, Role.OFFICER, with_papers=with_papers)
    assert len(DOORS) == 9 and len(STARTS) == len(STAGES)


@pytest.mark.thorough
@pytest.mark.parametrize("with_papers", [True, False], ids=["papers", "bare"])
@pytest.mark.parametrize("start", STARTS, ids=str)
def test_every_door_answers_every_role_at_every_stage(
    cast: Cast, client: Client, start: Start, with_papers: bool
) -> None:
    project = standing_at(cast, start, with_papers=with_papers)
    for role in Role:
        agrees(cast, client, start, role, with_papers=with_papers)
    project.refresh_from_db(from_queryset=type(project).objects.of(cast.city))
    assert (project.promotion, project.construction) == tuple(
        next((one.code for one in STAGES if one.chain == chain and one.rank == start.rank(one.chain)), "")
        for chain in ("promotion", "construction")
    )
