"""Reporting units on the desk: added, mapped, ended; each with its line in the diary."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client

from zhaoshang.people.models import Event
from zhaoshang.regions.actions import map_unit
from zhaoshang.regions.models import ReportingUnit, UnitRegion

NEW = {"name": "示例湾新区", "short_name": "示例湾", "name_en": "Sample Bay", "code": "sample-bay", "position": 3}
NEW |= {"valid_from": "2023-01-01"}


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.statistician)
    return client


def verbs(cast: Cast) -> list[str]:
    return list(
        Event.objects.of(cast.city)
        .filter(verb__startswith="regions.unit")
        .order_by("id")
        .values_list("verb", flat=True)
    )


def part(cast: Cast) -> UnitRegion:
    return map_unit(unit=cast.east, by=None, at=NOW, region_code="210202", source="示例", valid_from=date(2020, 1, 1))


def test_a_unit_is_added_and_mapped_with_the_inference_marked(cast: Cast, desk: Client) -> None:
    added = desk.post("/desk/units/new/", NEW)
    assert added["Location"] == "/desk/units/sample-bay/map/"
    given = {"region_code": "210281", "inferred": "on", "source": "示例推断", "valid_from": "2023-01-01"}
    page = desk.post("/desk/units/sample-bay/map/", given, follow=True).content.decode()
    assert all(said in page for said in ("示例湾新区", "210281", "推断"))
    assert verbs(cast) == ["regions.unit.added", "regions.unit.mapped"]


def test_a_code_that_is_in_use_is_refused_and_nothing_written(cast: Cast, desk: Client) -> None:
    page = desk.post("/desk/units/new/", NEW | {"code": "east"})
    assert (page.status_code, "已有别的地区在用" in page.content.decode(), verbs(cast)) == (422, True, [])


@pytest.mark.parametrize(
    "changed", [{"code": "Ganjingzi"}, {"short_name": "长" * 13}, {"valid_from": ""}, {"position": 0}]
)
def test_a_unit_that_lacks_something_is_refused(cast: Cast, desk: Client, changed: dict[str, Any]) -> None:
    assert desk.post("/desk/units/new/", NEW | changed).status_code == 422


def test_a_unit_ends_with_its_parts_of_the_map_and_its_account_stays(cast: Cast, desk: Client) -> None:
    payment = cast.verified()
    part(cast)
    desk.post("/desk/units/east/end/", {"last_day": "2023-12-31"})
    unit = ReportingUnit.objects.of(cast.city).get(code="east")
    assert (unit.valid_to, part_end(cast)) == (date(2023, 12, 31), date(2023, 12, 31))
    assert payment.unit_id == unit.pk
    assert verbs(cast)[-1] == "regions.unit.ended"


def part_end(cast: Cast) -> date | None:
    return UnitRegion.objects.of(cast.city).get(unit=cast.east).valid_to  # type: ignore[no-any-return]


def test_one_part_of_the_map_ends_alone(cast: Cast, desk: Client) -> None:
    desk.post(f"/desk/units/parts/{part(cast).pk}/end/", {"last_day": "2022-06-30"})
    assert (part_end(cast), verbs(cast)[-1]) == (date(2022, 6, 30), "regions.unit.unmapped")


def test_nothing_ends_before_it_began(cast: Cast, desk: Client) -> None:
    for address in ("/desk/units/east/end/", f"/desk/units/parts/{part(cast).pk}/end/"):
        page = desk.post(address, {"last_day": "2019-01-01"})
        assert (page.status_code, "早于起始日" in page.content.decode()) == (422, True)


def test_only_who_writes_rules_changes_units(cast: Cast, desk: Client) -> None:
    desk.force_login(cast.officer)
    assert [desk.post(f"/desk/units/{end}/", NEW).status_code for end in ("new", "east/end", "east/map")] == [403] * 3
