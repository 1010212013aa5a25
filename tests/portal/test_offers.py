"""What is on offer, for the public: only what is listed, only what is public, found by conditions that stand in the address."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from opportunities.building import CONTACT, FIELDS, drafted, offered

from zhaoshang.leads.models import Lead
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind

pytestmark = pytest.mark.one_database
LISTS = ("opportunities", "opportunity_map", "offer_file")


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(f"portal:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def listed(client: Client, **query: Any) -> set[str]:
    """The codes that every list shows, which must be the same."""
    found = [set(re.findall(r"DK-[\w-]+|MH-[\w-]+|GQ-[\w-]+", page(client, "opportunities", **query)))]
    found.append({one["code"] for one in json.loads(page(client, "offer_file", "json", **query))["entries"]})
    found.append(set(re.findall(r"/opportunities/([A-Z]{2}-[\w-]+)/", page(client, "opportunity_map", **query))))
    assert found[0] == found[1] == found[2]
    return found[0]


def test_what_is_sold_expired_withdrawn_or_a_draft_is_in_no_list_and_leaves_a_page_that_says_so(
    client: Client, cast: Cast
) -> None:
    here, sold, old, withdrawn, draft = (
        offered(cast),
        offered(cast, title="已卖", summary="旧简介"),
        offered(cast),
        offered(cast),
        drafted(cast),
    )
    actions.take(entry=sold, project=None, text="示例〔2023〕1号", by=cast.officer, at=NOW)
    actions.close_entry(entry=withdrawn, reason="示例", by=cast.officer, at=NOW)
    Opportunity.objects.of(cast.city).filter(pk=old.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert listed(client) == {here.code}
    for gone in (sold, old, withdrawn):
        told = page(client, "opportunity", gone.code, status=410)
        assert ("旧简介" in told, "已卖" in told, "0411-0000" in told) == (False, False, False)
        assert page(client, "opportunity_compare", code=gone.code).count(gone.summary) == 0
        assert client.get(reverse("portal:enquire_about", args=[gone.code])).status_code == 404
    page(client, "opportunity", draft.code, status=404)


@pytest.mark.case("B7")
def test_a_private_field_never_appears_on_any_channel(client: Client, cast: Cast) -> None:
    secret = {"contact_person": "绝密联系人", "condition_note": "绝密现状"}
    entry = offered(cast, fields=FIELDS[Kind.PARCEL] | CONTACT | secret)
    shown = [
        page(client, "opportunity", entry.code),
        page(client, "opportunities"),
        page(client, "opportunity_compare", code=entry.code),
        page(client, "offer_file", "json"),
        page(client, "offer_file", "csv"),
    ]
    assert [text for text in shown if "绝密" in text or cast.officer.display_name in text] == []
    assert "示例服务中心" in shown[0]
    assert "0411-0000" in shown[0]


@pytest.mark.case("C3")
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "\t=", "\n="])
def test_no_text_leaves_in_the_csv_as_a_formula(client: Client, cast: Cast, sign: str) -> None:
    offered(cast, summary=f"{sign}1+1 示例")
    rows = csv.reader(io.StringIO(page(client, "offer_file", "csv")))
    (cell,) = [cell for row in rows for cell in row if "1+1 示例" in cell]
    assert cell.startswith("'")


def test_conditions_in_the_address_narrow_the_list_and_can_be_dropped(client: Client, cast: Cast) -> None:
    parcel = offered(cast, fields=FIELDS[Kind.PARCEL] | CONTACT | {"starting_price": "500"})
    planned = offered(cast, Kind.PLANNED, industry="I")
    joint = offered(cast, Kind.SOE, unit=None, steward=cast.statistician)
    assert listed(client, kind="parcel") == {parcel.code}
    assert listed(client, industry="I") == {planned.code}
    assert listed(client, way="joint") == {joint.code}
    assert listed(client, unit="city") == {joint.code}
    assert listed(client, area_from="9,600") == {parcel.code}
    assert listed(client, area_to="9599") == set()
    assert listed(client, price_to="500") == {parcel.code}
    assert listed(client, price_from="500.01") == set()
    assert listed(client, amount_from="1", q="Sample planned") == {planned.code}
    assert listed(client, sort="price") == listed(client, sort="-amount") == {parcel.code, planned.code, joint.code}
    shown = page(client, "opportunities", kind="parcel", area_from="100")
    assert 'href="?kind=parcel"' in shown
    assert "面积 ≥ 100 平方米" in shown


def test_a_condition_that_cannot_be_read_is_named_and_left_out(client: Client, cast: Cast) -> None:
    entry = offered(cast)
    shown = page(client, "opportunities", area_from="many", kind="moon", page="9" * 4, sort="x")
    assert ("“many”读不出数" in shown, "没有“moon”这一项" in shown, entry.code in shown) == (True, True, True)
    assert "没有符合条件的条目" in page(client, "opportunities", q="没有的")


def test_a_long_list_is_turned_page_by_page(client: Client, cast: Cast) -> None:
    for _ in range(25):
        offered(cast)
    first, second = page(client, "opportunities", sort="area"), page(client, "opportunities", sort="area", page="2")
    assert (first.count('class="offer"'), second.count('class="offer"')) == (24, 1)
    assert "共 25 个条目" in first


def test_entries_stand_side_by_side_and_differences_are_marked(client: Client, cast: Cast) -> None:
    codes = [offered(cast, title=f"示例{place}").code for place in range(5)]
    shown = page(client, "opportunity_compare", code=codes).partition("<main")[2]
    assert [code in shown for code in codes] == [True] * 4 + [False]
    assert "一次最多比较 4 个" in shown
    assert "不同" not in re.sub(r".*<table", "", page(client, "opportunity_compare", code=codes[:1]), flags=re.DOTALL)


def test_the_english_page_speaks_english_and_keeps_its_language(client: Client, cast: Cast) -> None:
    entry = offered(cast)
    shown = page(client, "opportunities", lang="en")
    assert "Sample parcel" in shown
    assert f"/opportunities/{entry.code}/?lang=en" in shown
    assert "Planned use" in page(client, "opportunity", entry.code, lang="en")


def test_a_question_becomes_one_lead_however_often_it_is_sent(client: Client, cast: Cast) -> None:
    entry = offered(cast)
    address = reverse("portal:enquire_about", args=[entry.code])
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())
    assert key
    said = {"key": key[1], "investor": "示例装备公司", "text": "可否分期供地？", "agreed": "on"}
    answers = [client.post(address, said) for _ in range(2)]
    lead = Lead.objects.of(cast.city).get()
    assert (lead.origin_label, lead.came_by) == (f"{entry.code} {entry.title}", "portal")
    assert all(lead.receipt in answer.content.decode() and not answer.cookies for answer in answers)
    assert client.get(reverse("portal:receipt", args=[lead.receipt])).status_code == 200
    assert client.post(address, said | {"agreed": ""}).status_code == 422
    client.force_login(cast.statistician)
    assert entry.code in client.get(reverse("desk:lead_list")).content.decode()


@pytest.mark.parametrize("name", ["opportunities", "opportunity_map", "opportunity", "opportunity_compare"])
def test_pages_of_offers_ask_no_more_than_they_may(client: Client, cast: Cast, name: str) -> None:
    entries = [offered(cast) for _ in range(3)]
    address = reverse(f"portal:{name}", args=[entries[0].code] if name == "opportunity" else [])
    query = "?code=" + "&code=".join(one.code for one in entries) if name == "opportunity_compare" else ""
    client.get(address + query)
    assert queries_of(client, address + query) == QUERY_COUNTS[f"portal:{name}"]


def test_a_wish_finds_what_is_listed_with_reasons_and_nothing_private(client: Client, cast: Cast) -> None:
    here, sold = offered(cast), offered(cast)
    actions.take(entry=sold, project=None, text="示例", by=cast.officer, at=NOW)
    shown = page(client, "match", industry="C", land="10", budget="1", unit="nowhere")
    assert (here.code in shown, sold.code in shown) == (True, False)
    assert ("行业相符" in shown, "面积够用" in shown, "在别的地区" in shown) == (True, True, True)
    assert "“much”读不出数" in page(client, "match", land="much")
