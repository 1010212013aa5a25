"""A project brought to any stage, and every door that could move it on: for the matrix of gates."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cast import NOW, YI, Cast
from django.db import transaction
from django.test import Client

from zhaoshang.people.rules import Can, Role, may
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import GateNotMet, NotOpen, OutOfOrder, advance
from zhaoshang.projects.stages.log import STAGES as KIND
from zhaoshang.projects.stages.proofs import keep_proof
from zhaoshang.projects.stages.rules import Chain, Stage, stages_in
from zhaoshang.regions.access import NotAllowed
from zhaoshang.rulesets.rules import Part

STAGES = stages_in(Part(KIND.shipped), date(2023, 3, 1))
CODE, DAY = "9", "2023-03-01"
NONE_OF_CHAIN = {Chain.PROMOTION: 1, Chain.CONSTRUCTION: 0}  # every project is a lead


@dataclass(frozen=True)
class Start:
    """Where the project stands: the highest stage of each chain."""

    promotion: int = 1
    construction: int = 0

    def __str__(self) -> str:
        names = [one.code for one in STAGES if one.rank == self.rank(one.chain)]
        return "-".join(names)

    def rank(self, chain: Chain) -> int:
        """The rank of its stage on the chain; 0: none."""
        return int(getattr(self, chain))


LAST = {chain: max(one.rank for one in STAGES if one.chain == chain) for chain in Chain}
STARTS = [
    *(Start(rank) for rank in range(1, LAST[Chain.PROMOTION] + 1)),
    *(Start(LAST[Chain.PROMOTION], rank) for rank in range(1, LAST[Chain.CONSTRUCTION] + 1)),
]


def standing_at(cast: Cast, start: Start, *, with_papers: bool) -> Project:
    """A project of the eastern unit at ``start``; ``with_papers``: with everything that any gate asks for."""
    given: dict[str, Any] = {"investor": "示例投资", "contract_fen": YI, "site": "示例园区"} if with_papers else {}
    fields: dict[str, Any] = {"source_code": "310000", "industry": "C", "contract_fen": 0} | given
    firm, told = cast.plant.enterprise, {"by": cast.officer, "at": NOW}
    new = NewProject(code=CODE, name="示例新厂", **fields)
    project = register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, **told)
    for stage in STAGES:
        for kind in stage.evidence if with_papers else ():
            content = f"%PDF-1.4\n% sample {stage.code} {kind}\n%%EOF\n".encode()
            keep_proof(project=project, stage=stage.code, kind=kind, content=content, name="a.pdf", **told)
    for stage in STAGES:
        if NONE_OF_CHAIN[stage.chain] < stage.rank <= start.rank(stage.chain):
            passed: Any = {
                "on": date(2023, 2, 1),
                "evidence": "示例",
                "skip_reason": "示例",
                "by": cast.verifier,
                "at": NOW,
            }
            advance(project=project, stage=stage.code, **passed)
    return project


def on_page(act: str) -> Callable[..., int]:
    """The form on the project's page."""

    def enter(cast: Cast, client: Client, role: Role, stage: Stage) -> int:
        given = {"stage": stage.code, "on": DAY, "reason": "示例"}
        return client.post(f"/desk/projects/{CODE}/{act}/", given).status_code

    return enter


def on_api(act: str) -> Callable[..., int]:
    """The operation."""

    def enter(cast: Cast, client: Client, role: Role, stage: Stage) -> int:
        given = {"stage": stage.code, "on": DAY} | ({"skip_reason": "示例"} if act == "skip" else {})
        return _post(client, f"/api/projects/{CODE}/{act}", given)

    return enter


def on_board(cast: Cast, client: Client, role: Role, stage: Stage) -> int:
    """The card dragged into a column."""
    return client.post("/desk/projects/board/move/", {"project": CODE, "stage": stage.code, "on": DAY}).status_code


def ticked(cast: Cast, client: Client, role: Role, stage: Stage) -> int:
    """Ticked in the list: whatever follows on the stage's chain."""
    given = {"project": [CODE], "act": str(stage.chain), "on": DAY, "why": "示例"}
    return client.post("/desk/projects/bulk/", given).status_code


def ticked_by_api(cast: Cast, client: Client, role: Role, stage: Stage) -> int:
    """The same of the API."""
    return _post(client, "/api/bulk/moves", {"projects": [CODE], "act": str(stage.chain), "on": DAY, "why": "示例"})


def called(act: str) -> Callable[..., int]:
    """The action at a Python prompt, as whoever is named."""

    def enter(cast: Cast, client: Client, role: Role, stage: Stage) -> int:
        project = Project.objects.of(cast.city).select_related("city").get(code=CODE)
        reason = "示例" if act == "skip" else ""
        told: Any = {"evidence": "", "skip_reason": reason, "by": getattr(cast, role.value), "at": NOW}
        try:
            advance(project=project, stage=stage.code, on=date.fromisoformat(DAY), **told)
        except NotAllowed:
            return 403
        except (GateNotMet, OutOfOrder, NotOpen):
            return 409
        return 201

    return enter


def _post(client: Client, address: str, body: dict[str, Any]) -> int:
    return client.post(address, json.dumps(body), content_type="application/json").status_code


# Door → what it does, the right that it asks for, whether it is told which stage.
DOORS: dict[str, tuple[Callable[..., int], Can, bool]] = {
    "page": (on_page("advance"), Can.ADVANCE_STAGE, True),
    "page, skip": (on_page("skip"), Can.SKIP_STAGE, True),
    "board": (on_board, Can.ADVANCE_STAGE, True),
    "ticked": (ticked, Can.ADVANCE_STAGE, False),
    "api": (on_api("advance"), Can.ADVANCE_STAGE, True),
    "api, skip": (on_api("skip"), Can.SKIP_STAGE, True),
    "api, many": (ticked_by_api, Can.ADVANCE_STAGE, False),
    "prompt": (called("advance"), Can.ADVANCE_STAGE, True),
    "prompt, skip": (called("skip"), Can.SKIP_STAGE, True),
}


def answered(cast: Cast, client: Client, role: Role, door: str, stage: Stage) -> str:
    """What came of it; whatever was written is taken back."""
    enter, _right, _told = DOORS[door]
    with transaction.atomic():
        before = Project.objects.of(cast.city).get(code=CODE)
        status = enter(cast, client, role, stage)
        after = Project.objects.of(cast.city).get(code=CODE)
        moved = [chain for chain in Chain if getattr(before, chain) != getattr(after, chain)]
        transaction.set_rollback(True)
    if moved:
        return "entered" if moved == [stage.chain] and getattr(after, stage.chain) == stage.code else "astray"
    return "not allowed" if status == 403 else "refused"


def expected(start: Start, role: Role, door: str, stage: Stage, *, with_papers: bool) -> str:
    """What the gate must answer."""
    _enter, right, _told = DOORS[door]
    ahead = stage.rank - start.rank(stage.chain)
    if not may(role, right):
        return "not allowed"
    if right == Can.SKIP_STAGE:
        return "entered" if ahead > 0 else "refused"
    holds = with_papers or stage.code == "reserve"  # which asks for nothing
    return "entered" if ahead == 1 and holds else "refused"
