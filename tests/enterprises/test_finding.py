"""The one box finds people, and the card that a merged one stands for; the index keeps no name that is gone."""

import pytest
from cast import NOW, Cast
from django.test import Client

from zhaoshang.enterprises.actions import Card, change_enterprise
from zhaoshang.enterprises.contacts import erase_contact
from zhaoshang.enterprises.merging import merge_enterprises
from zhaoshang.lookup.models import Piece
from zhaoshang.lookup.rules import Kind
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.questions.finding import find
from zhaoshang.regions.access import viewer_of

from .firms import CODE, card, person

pytestmark = pytest.mark.django_db


def found(cast: Cast, user: User, text: str) -> dict[str, list[str]]:
    return {
        one.group: [row.name for row in one.rows if hasattr(row, "name")]
        for one in find(viewer_of(user, cast.city), text)
    }


def test_a_person_is_found_by_name_and_initials_by_who_works_with_contacts(cast: Cast, client: Client) -> None:
    one = person(cast, cast.plant.enterprise, cast.east)
    for text in ("王示例", "wsl"):
        assert found(cast, cast.officer, text)["contacts"] == ["王示例"]
    assert "contacts" not in found(cast, cast.other_officer, "王示例") | found(cast, cast.verifier, "王示例")
    client.force_login(cast.leader)
    assert f"/desk/contacts/{one.pk}/" in client.get("/desk/search/?q=王示例").content.decode()
    assert client.get("/api/search?q=王示例").json()["contacts"][0]["name"] == "王示例"
    erase_contact(contact=one, reason="", by=cast.statistician, at=NOW)
    assert "contacts" not in found(cast, cast.leader, "王示例")


def test_a_renamed_firm_is_found_by_its_new_name_alone(cast: Cast) -> None:
    firm = card(cast, "示例旧名公司")
    before = Piece.objects.of(cast.city).filter(kind=Kind.ENTERPRISE).count()
    change_enterprise(enterprise=firm, revision=1, card=Card(name="示例新名公司"), by=cast.statistician, at=NOW)
    assert found(cast, cast.leader, "新名")["enterprises"] == ["示例新名公司"]
    assert "旧名" not in str(found(cast, cast.leader, "旧名公"))
    assert Piece.objects.of(cast.city).filter(kind=Kind.ENTERPRISE).count() == before


def test_a_merged_card_is_found_as_the_one_it_stands_for_also_by_an_officer(cast: Cast) -> None:
    kept = card(cast, "示例大集团", uscc=CODE)
    merge_enterprises(kept=kept, closed=cast.plant.enterprise, reason="示例", by=cast.statistician, at=NOW)
    for user in (cast.leader, cast.officer):
        assert found(cast, user, "示例工厂有限")["enterprises"] == ["示例大集团"]
    assert "示例大集团" not in str(found(cast, cast.other_officer, "示例工厂有限"))


def test_people_are_nobody_s_business_in_the_security_administrator_s_box(cast: Cast) -> None:
    person(cast, cast.plant.enterprise)
    assert set(found(cast, cast.security, "示例")) == {"people"}
    assert viewer_of(cast.security, cast.city).role == Role.SECURITY
