"""What the pages of enterprises, central SOEs and origins may ask of the database, however much there is."""

from datetime import date
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.enterprises.groups import set_parent
from zhaoshang.enterprises.models import Enterprise, Roster, RosterEntry
from zhaoshang.enterprises.notes import note_risk
from zhaoshang.enterprises.rosters import NewRoster, add_roster, complete_roster, link_entry
from zhaoshang.enterprises.rules import Level
from zhaoshang.regions.origins import NewArea, draw_area

from .firms import card, fresh, met, person

pytestmark = pytest.mark.django_db
PAGES = {
    "desk:enterprise_list": "/desk/enterprises/",
    "desk:enterprise": "/desk/enterprises/{key}/",
    "desk:soe_list": "/desk/soe/",
    "desk:soe": "/desk/soe/{key}/",
    "desk:origin_list": "/desk/origins/?period=2023Q1",
    "desk:origin": "/desk/origins/delta/?period=2023Q1",
}


def more(cast: Cast, top: Enterprise, number: int) -> None:
    """A subsidiary with a person, a note and a meeting; a name with a card on the list; a project's worth of all of it on the top."""
    low = card(cast, f"示例下级公司{number}", region_code="310000")
    set_parent(enterprise=low, parent=fresh(top), by=cast.statistician, at=NOW)
    for firm in (low, top):
        person(cast, firm)
        met(cast, firm, cast.east)
        said: dict[str, Any] = {
            "level": Level.HINT,
            "text": "示例",
            "source": "示例",
            "noted_on": date(2023, 4, 1),
            "unit": None,
        }
        note_risk(enterprise=firm, by=cast.statistician, at=NOW, **said)
    roster = Roster.objects.of(cast.city).select_related("city").get()
    complete_roster(roster=roster, names=[f"示例央企{number}"], by=cast.statistician, at=NOW)
    entry = RosterEntry.objects.of(cast.city).get(name=f"示例央企{number}")
    linked = link_entry(entry=entry, enterprise=None, by=cast.statistician, at=NOW)
    met(cast, fresh(linked.enterprise), cast.west)
    new = NewArea(
        code=f"more-{number}",
        name="示例",
        name_en="Sample",
        source="示例",
        valid_from=date(2020, 1, 1),
        parts=["320000"],
    )
    draw_area(city=cast.city, new=new, by=cast.statistician, at=NOW)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_the_same_for_few_and_for_many(cast: Cast, client: Client, name: str) -> None:
    dictionary(cast)
    cast.verified()
    top = cast.plant.enterprise
    new = NewRoster(title="示例名录", source="示例", dated=date(2023, 1, 1), published=50)
    roster = add_roster(city=cast.city, new=new, by=cast.statistician, at=NOW)
    complete_roster(roster=roster, names=["示例央企"], by=cast.statistician, at=NOW)
    delta = NewArea(
        code="delta", name="示例", name_en="Sample", source="示例", valid_from=date(2020, 1, 1), parts=["310000"]
    )
    draw_area(city=cast.city, new=delta, by=cast.statistician, at=NOW)
    client.force_login(cast.statistician)
    address = PAGES[name].format(key=top.pk)
    client.get(address)
    more(cast, top, 1)
    few = queries_of(client, address)
    for number in range(2, 6):
        more(cast, top, number)
    assert (few, queries_of(client, address)) == (QUERY_COUNTS[name], QUERY_COUNTS[name])
