"""A canary in every private field that anybody types, of every noun: sought in every page, file and operation, as everybody who has no
business with it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client

from doors.crawling import crawl
from doors.hostile import infest
from doors.test_confidential import written_in
from zhaoshang.api.urls import api
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy import guards
from zhaoshang.tenancy.fields import TenantForeignKey

pytestmark = [pytest.mark.one_database, pytest.mark.thorough]
TEXTS = [f"zsx{place} 示例" for place in range(8)]
CANARY = re.compile(r"zq([0-9]{4})qz")
SECRETS = {"password", "digest", "secret", "credential", "key"}


def private() -> Iterator[tuple[Any, str]]:
    """Fields that hold what somebody typed and that say of themselves that they do not leave the building."""
    for model in apps.get_models():
        kept = getattr(getattr(model, "Privacy", None), "private", ())
        for field in model._meta.concrete_fields:
            if field.name in kept and isinstance(field, models.CharField | models.TextField):
                yield model, field.name


@pytest.fixture
def planted(cast: Cast) -> dict[str, str]:
    """Canary → ``Model.field``: in one row of each field in which something typed stands."""
    infest(cast, TEXTS)
    return plant(cast, lambda model: model.objects.of(cast.city))


@pytest.fixture
def planted_in_the_east(cast: Cast) -> dict[str, str]:
    """The same in rows of one unit alone: rows that name it, or hang on a row that does."""
    infest(cast, TEXTS)
    return plant(cast, lambda model: of_unit(model, cast.east) if unit_path(model) else model.objects.none())


def plant(cast: Cast, rows_of: Callable[[Any], Any]) -> dict[str, str]:
    """Put a canary into one of the rows for each private field; which is in which."""
    found: dict[str, str] = {}
    with guards.suspended():
        for place, (model, name) in enumerate(private()):
            if not hasattr(model.objects, "of"):
                continue
            rows = rows_of(model)
            key = rows.filter(**{f"{name}__contains": "zsx"}).order_by("pk").values_list("pk", flat=True).first()
            if key is None:
                continue
            with transaction.atomic():
                try:
                    model.objects.of(cast.city).filter(pk=key).update(**{name: f"zq{place:04}qz"})
                except IntegrityError:
                    transaction.set_rollback(True)
                    continue
            found[f"{place:04}"] = f"{model.__name__}.{name}"
    return found


def unit_path(model: Any, depth: int = 3) -> str:
    """By which reference a row of the model belongs to a reporting unit; empty where by none. The shortest."""
    own = [field for field in model._meta.concrete_fields if field.related_model is ReportingUnit]
    if own:
        return min((field.name for field in own), key=lambda name: name != "unit")
    if not depth:
        return ""
    above = [field for field in model._meta.concrete_fields if isinstance(field, TenantForeignKey)]
    ways = [f"{field.name}__{way}" for field in above if (way := unit_path(field.related_model, depth - 1))]
    return min(ways, key=lambda way: way.count("__"), default="")


def of_unit(model: Any, unit: Any) -> Any:
    return model.objects.of(unit.city_id).filter(**{unit_path(model): unit.pk})


def seen(client: Client, planted: dict[str, str]) -> dict[str, str]:
    """``Model.field`` → where one finds it: by every link and file, every list of the desk by its address and as a workbook, and every
    operation of the API that reads."""
    lists = [f"/{one.pattern}" for one in routes() if one.verb == "GET" and not one.converters and "/" in one.pattern]
    lists = [one for one in lists if one.startswith(("/desk/", "/portal/"))]
    starts = ["/", "/desk/", *lists, *(f"{one}?xlsx=1" for one in lists)]
    found: dict[str, str] = {}

    def note(address: str, content: bytes) -> None:
        for one in CANARY.findall(written_in(content)):
            found.setdefault(planted.get(one, one), address)

    for address, answer in crawl(client, starts, limit=len(starts) + 250, keep=True, of_a_kind=2).items():
        note(address, answer.content)
    for path, operations in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        if "get" in operations and "{" not in path:
            answer = client.get(path, {"q": "示例"})
            note(path, b"".join(answer) if answer.streaming else answer.content)
    return found


# Whose business it is after all, by model, or by model and field.
THEIRS: dict[str, set[str]] = {
    "nobody": set(),
    "partner": set(),
    "system": set(),
    "security": {"Hold"},
    "auditor": {"Event", "Hold"},  # who may be told of what is held and why
}


@pytest.mark.parametrize("who", THEIRS)
@pytest.mark.case("B7")
def test_whose_business_it_is_not_reads_no_private_field(
    cast: Cast, client: Client, planted: dict[str, str], who: str
) -> None:
    assert len(planted) > 100
    if who != "nobody":
        client.force_login(getattr(cast, who))
    found = seen(client, planted)
    assert {what: where for what, where in found.items() if not {what, what.partition(".")[0]} & THEIRS[who]} == {}


def test_this_search_would_find_them(cast: Cast, client: Client, planted: dict[str, str]) -> None:
    client.force_login(cast.officer)
    assert len(seen(client, planted)) > 60


# What units read of each other's rows by the rules of permission, and why.
FOR_ALL_UNITS = {
    "Destination.name": "the counts of trips tell which cities and provinces all units went to; a name of the state's list, not typed",
    "LightNote.text": "lights stand in one table for all units, each with what its unit says of it",
    "Talk.investor": "the register of first talks is there so that the second learns of the first; confidential ones name nobody",
    "Talk.title": "as the investor",
    "Transfer.reason": "offered to this very unit, which is to answer",
    "Transfer.terms": "as the reason",
}


@pytest.mark.case("B7")
def test_an_officer_of_another_unit_reads_nothing_private_but_what_is_for_all_units(
    cast: Cast, client: Client, planted_in_the_east: dict[str, str]
) -> None:
    there = set(planted_in_the_east.values())
    assert len(there) > 80 and there >= FOR_ALL_UNITS.keys()
    client.force_login(cast.other_officer)
    found = seen(client, planted_in_the_east)
    assert {what: where for what, where in found.items() if what not in FOR_ALL_UNITS} == {}
    client.force_login(cast.officer)
    assert len(seen(client, planted_in_the_east)) > 40  # whose rows they are finds them, so there was something to find
