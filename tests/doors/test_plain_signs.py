"""% and _ are signs like others in whatever searches: what has none is not found by them, what has one is."""

from typing import Any

import pytest
from cast import Cast
from django.test import Client
from leads.told import told
from opportunities.building import offered

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.leads.models import Lead
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.projects.models import Project

pytestmark = pytest.mark.one_database
SIGNS = {"%": "示例百%分", "_": "示例下_线", "\\": "示例反\\斜"}


def named(cast: Cast, name: str) -> None:
    """One of each sort that is called so."""
    Project.objects.of(cast.city).filter(pk=cast.plant.pk).update(name=name)
    Enterprise.objects.of(cast.city).filter(pk=cast.plant.enterprise_id).update(name=name)
    Lead.objects.of(cast.city).update(investor=name)
    Opportunity.objects.of(cast.city).update(title=name)


SEARCHED = ["/desk/projects/", "/desk/leads/", "/desk/opportunities/", "/opportunities/", "/desk/enterprises/"]


@pytest.mark.parametrize("address", SEARCHED)
@pytest.mark.case("D9")
def test_signs_of_like_find_only_themselves(cast: Cast, client: Client, address: str) -> None:
    told(cast)
    offered(cast)
    client.force_login(cast.statistician)

    def found(name: str, text: str) -> bool:
        named(cast, name)
        answer: Any = client.get(address, {"q": text})
        assert answer.status_code == 200
        return name in answer.content.decode()

    seen = {(text, name): found(name, text) for text in SIGNS for name in ("示例无号", *SIGNS.values())}
    print(address, seen)
    assert all(found(name, name) for name in SIGNS.values() if "\\" not in name)
    assert [text for (text, name), there in seen.items() if there and text not in name] == []
