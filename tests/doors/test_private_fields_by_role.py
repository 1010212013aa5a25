"""Within the bureau, whose roles see all units: a canary in every private field that is typed, sought by each role in every list, page,
file and operation that reads, held against a table that says by which right a field is read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from django.apps import apps
from django.test import Client

from doors.crawling import crawl
from doors.hostile import infest
from doors.test_confidential import written_in
from doors.test_every_private_field import CANARY, TEXTS, plant, private
from zhaoshang.api.urls import api
from zhaoshang.people.rules import CAPABILITIES, Can, Role
from zhaoshang.tenancy.fields import TenantForeignKey

pytestmark = [pytest.mark.one_database, pytest.mark.thorough]
BUREAU = (Role.OFFICER, Role.VERIFIER, Role.STATISTICIAN, Role.LEADER)
NOBODY: tuple[Can, ...] = ()
# By which rights what a room keeps is read, where nothing below says otherwise: one of them suffices.
OF_A_ROOM: dict[str, tuple[Can, ...]] = {
    "assessments": (Can.READ_FIGURES,),
    "bulletins": (Can.CHECK_TEXTS,),
    "capital": (Can.READ_PAYMENTS,),
    "contracts": (Can.READ_PAYMENTS,),
    "duties": (Can.READ_PAYMENTS,),
    "enterprises": (Can.READ_PAYMENTS,),
    "leads": (Can.READ_LEADS,),
    "matchmaking": (Can.READ_PAYMENTS,),
    "opportunities": (Can.READ_OPPORTUNITIES,),
    "outreach": (Can.READ_PAYMENTS,),
    "partners": (Can.READ_PARTNERS,),
    "plans": (Can.READ_FIGURES,),
    "projects": (Can.READ_PAYMENTS,),
    "questions": (Can.READ_PAYMENTS,),
    "regions": (Can.READ_FIGURES,),
    "review": (Can.READ_PAYMENTS,),
    "talks": (Can.READ_PAYMENTS,),
    # Of these rooms nothing is read but by the rights below.
    "jobs": NOBODY,
    "lookup": NOBODY,
    "machines": NOBODY,
    "people": NOBODY,
    "publishing": NOBODY,
    "rulesets": (Can.READ_RULES,),
    "searches": NOBODY,
}
# What asks for more, by model, or by model and field; `NOBODY`: by looking nobody reads it, whatever they may.
NARROWER: dict[str, tuple[Can, ...]] = {
    "Announcement": (Can.WRITE_SITE, Can.PUBLISH_SITE),
    "ArticleVersion": (Can.WRITE_SITE, Can.PUBLISH_SITE),
    "BureauEntry": (Can.RECONCILE,),
    "ChangeSheet": (Can.ADVANCE_STAGE,),
    "ColumnMemory": (Can.DECLARE,),
    "ConfidentialProject": (Can.READ_CONFIDENTIAL, Can.HIDE_PROJECT),
    "Contact": (Can.SEE_CONTACTS,),
    "Contact.mail": NOBODY,  # masked in every list: each look is asked for and written down
    "Contact.phone": NOBODY,
    "DifferenceNote": (Can.RECONCILE,),
    "EnteredInput": (Can.ASSESS,),
    "Event": (Can.READ_DIARY,),
    "Guest.phone": NOBODY,
    "Hold": (Can.SEE_HOLDS,),
    "Lead.phone": NOBODY,
    "PublicRequest": (Can.ANSWER_PUBLIC,),
    "Subscription": (Can.GRANT,),
    "Workbook": (Can.DECLARE,),
}
# Each person reads of their own, and nobody of another's: by which reference a row is whose.
OWN = {"Token": "user"}
# Pages of rows that no list leads to within two of a kind, by model.
PAGES: dict[str, tuple[str, ...]] = {
    "Activity": ("activities/{code}", "activities/{code}/guests"),
    "ArticleVersion": ("articles/{pk}",),
    "Campaign": ("campaigns/{code}",),
    "Clock": ("clocks/{pk}",),
    "Contact": ("contacts/{pk}",),
    "ContractText": ("contract-texts/{pk}",),
    "Demand": ("demands/{pk}",),
    "Dispute": ("talk-disputes/{pk}",),
    "Enterprise": ("enterprises/{pk}", "enterprises/{pk}/edit", "soe/{pk}"),
    "Finding": ("findings/{pk}",),
    "Lead": ("leads/{pk}",),
    "Light": ("lights/{pk}",),
    "Matter": ("problems/{pk}", "orders/{pk}"),
    "Meeting": ("meetings/{pk}",),
    "Objection": ("objections/{pk}",),
    "Opportunity": ("opportunities/{code}",),
    "Pair": ("pairs/{pk}",),
    "Payment": ("payments/{pk}",),
    "Project": ("projects/{code}", "projects/{code}/story", "projects/{code}/contract", "projects/{code}/promises"),
    "PublicRequest": ("public-requests/{number}",),
    "Talk": ("talks/{pk}",),
    "TextCheck": ("texts/{pk}",),
    "Touch": ("touches/{pk}",),
    "Transfer": ("transfers/{pk}",),
    "Trip": ("trips/{code}",),
    "Visit": ("visits/{pk}",),
    "WorkItem": ("plan-items/{pk}",),
}


def room(model: Any) -> str:
    return str(model.__module__.split(".")[1])


def rights(model: str, field: str, of_a_room: str) -> tuple[Can, ...]:
    """By which the field is read: its own, its model's, its room's."""
    narrower = NARROWER.get(f"{model}.{field}", NARROWER.get(model))
    return OF_A_ROOM[of_a_room] if narrower is None else narrower


def classes() -> dict[str, tuple[Can, ...]]:
    """``Model.field`` → its rights, of everything private."""
    return {f"{model.__name__}.{name}": rights(model.__name__, name, room(model)) for model, name in private()}


@pytest.fixture
def planted(cast: Cast) -> dict[str, str]:
    infest(cast, TEXTS)
    return plant(cast, lambda model: model.objects.of(cast.city))


def rows_with_canaries(cast: Cast, planted: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """``Model.field`` and the row in which its canary is."""
    for place, (model, name) in enumerate(private()):
        if field := planted.get(f"{place:04}"):
            yield field, model.objects.of(cast.city).get(**{name: f"zq{place:04}qz"})


def pages_of(row: Any) -> Iterator[str]:
    """Its own pages, and those of what it hangs on."""
    above = [getattr(row, one.name) for one in row._meta.concrete_fields if isinstance(one, TenantForeignKey)]
    for one in [row, *(held for held in above if held is not None)]:
        for page in PAGES.get(type(one).__name__, ()):
            told = {"pk": one.pk, "code": getattr(one, "code", ""), "number": getattr(one, "number", "")}
            yield f"/desk/{page.format(**told)}/"


class Walk:
    """One person's way through all doors, and what was found where."""

    def __init__(self, client: Client, planted: dict[str, str]) -> None:
        self.client, self.planted = client, planted
        self.found: dict[str, str] = {}
        self.asked = 0

    def note(self, address: str, content: bytes) -> None:
        self.asked += 1
        for one in CANARY.findall(written_in(content)):
            self.found.setdefault(self.planted.get(one, one), address)

    def desk(self, rows: list[str]) -> None:
        """Every list, as page and workbook, the pages of the rows, and what these lead to."""
        lists = [f"/{one.pattern}" for one in routes() if one.verb == "GET" and not one.converters]
        lists = [one for one in lists if one.startswith(("/desk/", "/portal/"))]
        starts = ["/desk/", *lists, *(f"{one}?xlsx=1" for one in lists), *dict.fromkeys(rows)]
        for address, answer in crawl(self.client, starts, len(starts) + 250, keep=True, of_a_kind=2).items():
            self.note(address, answer.content)

    def operations(self) -> None:
        """All of the API that read; those that name a row with what the list above them tells of its rows."""
        reads = [path for path, told in api.get_openapi_schema(path_prefix="/api/")["paths"].items() if "get" in told]
        named: dict[str, list[str]] = {}
        for path in sorted(reads, key=lambda one: one.count("{")):
            above = path.partition("/{")[0]
            addresses = [re.sub(r"\{\w+\}", one, path) for one in named.get(above, [])] if "{" in path else [path]
            for address in addresses if path.count("{") < 2 else ():
                answer = self.client.get(address, {"q": "示例"} if address == path else {})
                content = b"".join(answer) if answer.streaming else answer.content
                self.note(address, content)
                if address == path and answer.headers.get("Content-Type", "").startswith("application/json"):
                    named[path] = keys_in(answer.json())


def keys_in(told: Any) -> list[str]:
    """What the first rows of a list call themselves."""
    rows = told.get("rows", []) if isinstance(told, dict) else told
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [str(row[key]) for row in rows[:12] for key in ("id", "code", "number") if row.get(key)]


def test_every_private_field_has_its_rights_in_the_table() -> None:
    """No name in the table that is none, and no room without a line."""
    fields = classes()
    models = {one.partition(".")[0] for one in fields}
    assert [one for one in NARROWER if one not in models and one not in fields] == []
    assert {room(model) for model, _ in private()} <= OF_A_ROOM.keys()
    assert set(PAGES) <= {model.__name__ for model in apps.get_models()}


@pytest.mark.parametrize("role", BUREAU)
@pytest.mark.case("B7")
def test_no_role_of_the_bureau_reads_a_field_beyond_its_rights(
    cast: Cast, client: Client, planted: dict[str, str], role: Role
) -> None:
    needed, person, rows = classes(), getattr(cast, role.value), dict(rows_with_canaries(cast, planted))
    own = {field for field, row in rows.items() if getattr(row, OWN.get(type(row).__name__, ""), None) == person}
    client.force_login(person)
    walk = Walk(client, planted)
    walk.desk([page for row in rows.values() for page in pages_of(row)])
    walk.operations()
    allowed = own | {field for field in planted.values() if set(needed[field]) & CAPABILITIES[role]}
    print(f"{role}: {walk.asked} answers, {len(walk.found)} of {len(planted)} fields read, {len(allowed)} allowed")
    print("not found:", *sorted(allowed - walk.found.keys()))
    assert {field: where for field, where in walk.found.items() if field not in allowed} == {}
    assert len(walk.found) > len(allowed) * 2 / 3  # what it may read it does find: there was something to find
