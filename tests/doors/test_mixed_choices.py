"""A choice that holds another unit's, or what is not there, is refused whole: by every door that does one thing to many."""

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from architecture.rooms import ROOT
from cast import NOW, Cast
from desk_projects.test_board import lead
from django.test import Client
from matchmaking.meeting import entry, group, held
from opportunities.building import offered
from outreach import going

from doors.test_refusals import checksums
from zhaoshang.opportunities.actions import begin_edition
from zhaoshang.outreach.models import Member
from zhaoshang.plans.actions import add_campaign

pytestmark = pytest.mark.one_database
THEIRS, NOWHERE = "2023-0002", "9-9"
# The fields by which the desk's forms choose many rows; those of the right choose none of a unit's.
CHOOSING = {
    ("bulk", "project"), ("queue", "chosen"), ("campaign_tags", "project"), ("edition_writing", "entry"), ("duties", "project"),
    ("trips", "absent"), ("matchmaking", "pair"),
}  # fmt: skip
OTHERWISE = {("bulletins", "waive"), ("match_plan", "slot")}


@dataclass(frozen=True)
class Door:
    """Who asks where; ``mine``: what is the caller's; ``others``: what is not, or is not there."""

    who: str
    address: str
    field: str
    given: dict[str, Any]
    mine: list[str]
    others: list[str]

    def ask(self, client: Client, chosen: list[str]) -> Any:
        """By the desk's form, or by the API's body."""
        given = self.given | {self.field: chosen}
        if self.address.startswith("/api/"):
            return client.post(self.address, json.dumps(given), content_type="application/json")
        return client.post(self.address, given, follow=True)


def _projects(address: str, field: str, **given: Any) -> Callable[[Cast], Door]:
    def made(cast: Cast) -> Door:
        lead(cast, "9-1", "示例甲")
        return Door("officer", address, field, given, ["9-1", "2023-0001"], [THEIRS, NOWHERE])

    return made


def _campaign(address: str, field: str, **given: Any) -> Callable[[Cast], Door]:
    def made(cast: Cast) -> Door:
        told: dict[str, Any] = {"year": 2023, "name": "示例行动", "industry": "C", "document": "示例"}
        days = {"starts_on": NOW.date().replace(month=1, day=1), "ends_on": NOW.date().replace(month=12)}
        add_campaign(city=cast.city, code="one", by=cast.statistician, at=NOW, **told, **days)
        return _projects(address, field, **given)(cast)

    return made


def _queue(cast: Cast) -> Door:
    mine = [f"{one.pk}:{one.revision}" for one in (cast.declared(), cast.declared())]
    others = ["00000000-0000-7000-8000-000000000000:1", "x"]
    return Door("verifier", "/desk/queue/decide/", "chosen", {"verdict": "verify"}, mine, others)


def _edition(address: str, field: str, **given: Any) -> Callable[[Cast], Door]:
    def made(cast: Cast) -> Door:
        said = {"title": "示例清单", "title_en": "Sample", "issuer": "示例", "dated": NOW.date()}
        edition = begin_edition(city=cast.city, by=cast.statistician, at=NOW, **said)
        at = address.format(edition.number)
        return Door("statistician", at, field, given, [offered(cast).code, offered(cast).code], ["none"])

    return made


def _matching(cast: Cast) -> Door:
    activity, firm = held(cast, unit=cast.east, by=cast.officer), group(cast)
    own, other = entry(cast, unit=cast.east), entry(cast, unit=cast.west, steward=cast.other_officer)
    third = entry(cast, unit=cast.east, title="示例三")
    address = f"/desk/activities/{activity.code}/matching/propose/"
    drafted = f"{firm.pk}/none"
    return Door(
        "officer", address, "pair", {}, [f"{firm.pk}/{own.code}", f"{firm.pk}/{third.code}"],
        [drafted, f"{other.pk}/{own.code}"],
    )  # fmt: skip


def _delegation(address: str, **given: Any) -> Callable[[Cast], Door]:
    def made(cast: Cast) -> Door:
        trip = going.approved(cast, going.HEAD, unit=cast.east, by=cast.officer)
        theirs = going.approved(cast, going.HEAD, code="2023-002", unit=cast.west, by=cast.other_officer)
        keys = {one: [str(key) for key in _members(cast, one)] for one in (trip, theirs)}
        return Door("officer", address.format(trip.code), "absent", given, keys[trip], keys[theirs])

    return made


def _members(cast: Cast, trip: Any) -> list[Any]:
    return list(Member.objects.of(cast.city).filter(trip=trip).values_list("pk", flat=True))


MOVE = {"act": "paused", "why": "示例"}
HAND = {"handler": "officer", "leader_name": "示例领导"}
PLAN = {"document": "示例1号", "agreed_on": "2023-01-10", "month": "2023-06"}
DOORS: dict[str, Callable[[Cast], Door]] = {
    "desk moves": _projects("/desk/projects/bulk/", "project", **MOVE),
    "desk hands over": _projects("/desk/projects/bulk/assign/", "project", assign_reason="示例", **HAND),
    "desk schedules": _projects("/desk/projects/bulk/schedule/", "project", **PLAN),
    "desk reassigns": _projects("/desk/duties/reassign/", "project", reason="示例", **HAND),
    "desk tags": _campaign("/desk/campaigns/tag/", "project", into="one"),
    "desk decides": _queue,
    "desk chooses": _edition("/desk/editions/{}/lists/land/", "entry", act="add"),
    "desk matches": _matching,
    "desk reports a trip": _delegation("/desk/trips/{}/report/", report="示例"),
    "api moves": _projects("/api/bulk/moves", "projects", **MOVE),
    "api hands over": _projects("/api/bulk/assignments", "projects", reason="示例", **HAND),
    "api schedules": _projects("/api/bulk/schedules", "projects", **PLAN),
    "api reassigns": _projects("/api/reassignments", "projects", reason="示例", **HAND),
    "api tags": _campaign("/api/campaigns/one/projects", "projects"),
    "api chooses": _edition("/api/editions/{}/entries", "entries", into="land"),
    "api reports a trip": _delegation("/api/trips/{}/report", text="示例"),
}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.case("B3")
def test_a_choice_that_holds_another_units_is_refused_whole(cast: Cast, client: Client, name: str) -> None:
    door = DOORS[name](cast)
    client.force_login(getattr(cast, door.who))
    before = checksums()
    for other in door.others:
        answer = door.ask(client, [*door.mine, other])
        told = answer.json()["message"] if name.startswith("api") else answer.content.decode()
        assert "一个也没有办" in told and other.partition(":")[0] in told, told[:3000]
        assert answer.status_code == (404 if name.startswith("api") else 200)
        assert checksums() == before
    assert "一个也没有办" not in door.ask(client, door.mine).content.decode() and checksums() != before


@pytest.mark.case("B3")
def test_hidden_and_absent_are_told_in_the_same_words(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    said = [
        client.post("/api/bulk/moves", json.dumps(MOVE | {"projects": [code]}), content_type="application/json").content
        for code in (THEIRS, NOWHERE)
    ]
    assert said[0].replace(THEIRS.encode(), NOWHERE.encode()) == said[1]


def test_no_form_of_the_desk_chooses_many_rows_without_being_tried_here() -> None:
    found = set()
    for path in (ROOT / "zhaoshang/desk/views").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "getlist":
                found |= {(path.stem, one.value) for one in node.args if isinstance(one, ast.Constant)}
    assert found == CHOOSING | OTHERWISE
