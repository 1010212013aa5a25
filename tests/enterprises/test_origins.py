"""Regions of origin: what came from where, by documents that say so."""

from datetime import date

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.regions.models import OriginArea
from zhaoshang.regions.origins import AreaTaken, BadArea, NewArea, areas_on, draw_area, end_area, inside, shipped

from .firms import card, met

pytestmark = pytest.mark.django_db


def drawn(
    cast: Cast, code: str = "delta", parts: tuple[str, ...] = ("310000", "320500"), since: str = "2020-01-01"
) -> OriginArea:
    new = NewArea(
        code=code,
        name="示例三角",
        name_en="Sample Delta",
        source="示例纲要",
        valid_from=date.fromisoformat(since),
        parts=parts,
    )
    return draw_area(city=cast.city, new=new, by=cast.statistician, at=NOW)


def test_money_of_a_region_is_what_came_from_its_places_and_opens_to_the_payments(cast: Cast, client: Client) -> None:
    dictionary(cast)
    cast.verified(amount_fen=2 * YI)
    cast.verified(amount_fen=YI, source_code="440000")
    drawn(cast)
    client.force_login(cast.leader)
    page = client.get("/desk/origins/delta/?period=2023Q1").content.decode()
    assert "2.00" in page and cast.plant.name in page
    behind = client.get("/desk/figures/capital_in_place/city/2023Q1/?part=source:310000,320500").content.decode()
    assert "20,000.00" in behind and "10,000.00" not in behind
    assert client.get("/desk/figures/capital_in_place/city/2023Q1/?part=source:31,x").status_code == 200


def test_a_place_known_only_as_a_province_lies_in_none_of_its_cities(cast: Cast) -> None:
    [(_area, parts)] = [(drawn(cast), areas_on(cast.city, date(2023, 1, 1))[0][1])]
    assert [inside(code, parts) for code in ("310115", "320500", "320000", "320100", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_region_is_ended_and_drawn_anew_and_each_period_has_its_own(cast: Cast) -> None:
    first = drawn(cast)
    with pytest.raises(AreaTaken):
        drawn(cast, since="2023-01-01")
    end_area(area=first, valid_to=date(2022, 12, 31), by=cast.statistician, at=NOW)
    second = drawn(cast, parts=("310000", "320000"), since="2023-01-01")
    assert [areas_on(cast.city, day)[0][0] for day in (date(2022, 6, 1), date(2023, 6, 1))] == [first, second]
    with pytest.raises(BadArea):
        end_area(area=first, valid_to=date(2023, 1, 1), by=cast.statistician, at=NOW)


def test_a_region_needs_its_document_and_real_places(cast: Cast, client: Client) -> None:
    with pytest.raises(BadArea):
        drawn(cast, parts=("31",))
    client.force_login(cast.statistician)
    said = {"code": "delta", "name": "示例", "name_en": "Sample", "source": "示例", "valid_from": "2020-01-01"}
    assert "不是省或市" in client.post("/desk/origins/new/", {**said, "parts": "310000 990000"}).content.decode()
    assert client.post("/desk/origins/new/", {**said, "parts": "310000, 330100"}).status_code == 302
    client.post("/desk/origins/delta/end/", {"valid_to": "2022-12-31"})
    assert OriginArea.objects.of(cast.city).get().valid_to == date(2022, 12, 31)


def test_the_page_of_a_region_shows_its_firms_and_what_is_next_with_them(cast: Cast, client: Client) -> None:
    drawn(cast)
    firm: Enterprise = card(cast, "示例上海公司", cast.east, region_code="310115")
    met(cast, firm, cast.east, next_step="示例再访", next_on=date(2099, 1, 1))
    client.force_login(cast.officer)
    page = client.get("/desk/origins/delta/?period=2023Q1").content.decode()
    assert "示例上海公司" in page and "示例谈话内容" in page
    assert page.index("示例再访") < page.index("示例谈话内容")
    client.force_login(cast.other_officer)
    assert "示例上海公司" not in client.get("/desk/origins/delta/?period=2023Q1").content.decode()


def test_the_shipped_regions_can_be_drawn(cast: Cast) -> None:
    for new in shipped():
        draw_area(city=cast.city, new=new, by=cast.statistician, at=NOW, is_sample=True)
    assert len(areas_on(cast.city, date(2023, 3, 31))) == 4
