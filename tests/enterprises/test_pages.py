"""The card and the book of central SOEs through the front: who sees what, what is hidden, what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client
from duplicates.alike import FIRST

from zhaoshang.common.sheets import open_workbook
from zhaoshang.desk.waiting import SOURCES
from zhaoshang.enterprises.merging import merge_enterprises
from zhaoshang.enterprises.models import Contact, Enterprise, Touch
from zhaoshang.enterprises.notes import note_risk
from zhaoshang.enterprises.rosters import NewRoster, add_roster, complete_roster
from zhaoshang.enterprises.rules import Level
from zhaoshang.enterprises.touches import set_touch_rule
from zhaoshang.people.models import Event, User
from zhaoshang.projects.actions import register_project
from zhaoshang.regions.access import viewer_of

from .firms import CODE, card, fresh, met, person

pytestmark = pytest.mark.django_db


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(client: Client, address: str, **more: Any) -> str:
    page = client.get(address, **more)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def at(firm: Enterprise, rest: str = "") -> str:
    return f"/desk/enterprises/{firm.pk}/{rest}"


def test_a_card_says_whether_its_code_is_right_and_shows_its_projects(cast: Cast, client: Client) -> None:
    page = text(as_(client, cast.leader), at(cast.plant.enterprise))
    assert "代码未登记" in page and cast.plant.name in page
    assert "校验位正确" in text(client, at(card(cast, "示例甲公司", uscc=CODE)))


def test_a_card_leaves_as_a_file_with_its_projects_and_without_its_people(cast: Cast, client: Client) -> None:
    contact = person(cast, cast.plant.enterprise)
    content = as_(client, cast.leader).get(at(cast.plant.enterprise) + "?xlsx=1").content
    rows = [[cell.text for cell in row.cells.values()] for row in open_workbook(content, "a.xlsx").sheets[0].rows]
    said = " ".join(text for row in rows for text in row)
    assert cast.plant.code in said and cast.plant.name in said
    assert contact.name not in said and contact.phone not in said


def test_an_officer_makes_a_card_of_the_own_unit_and_another_unit_does_not_see_it(cast: Cast, client: Client) -> None:
    said = {"name": "示例甲公司", "uscc": CODE, "ownership": "private", "industry": "C", "region_code": "310000"}
    answer = as_(client, cast.officer).post("/desk/enterprises/new/", said)
    made = Enterprise.objects.of(cast.city).get(name="示例甲公司")
    assert (answer.status_code, made.unit_id) == (302, cast.east.pk)
    assert as_(client, cast.other_officer).get(at(made)).status_code == 404


def test_a_code_that_another_district_has_is_told_before_saving(cast: Cast, client: Client) -> None:
    card(cast, "示例甲公司", cast.west, uscc=CODE)
    answer = as_(client, cast.officer).post("/desk/enterprises/new/", {"name": "示例乙公司", "uscc": CODE})
    assert answer.status_code == 422
    assert "示例甲公司" in answer.content.decode() and cast.west.name in answer.content.decode()


def test_a_wrong_check_character_is_named(cast: Cast, client: Client) -> None:
    answer = as_(client, cast.officer).post("/desk/enterprises/new/", {"name": "示例", "uscc": f"{CODE[:-1]}4"})
    assert "校验位不符" in answer.content.decode()


def test_what_was_changed_stays_on_the_card_and_an_older_page_cannot_overwrite(cast: Cast, client: Client) -> None:
    firm = card(cast, "示例甲公司")
    as_(client, cast.statistician)
    client.post(at(firm, "edit/"), {"name": "示例甲集团公司", "revision": 1})
    assert "示例甲公司 → 示例甲集团公司" in text(client, at(firm))
    assert client.post(at(firm, "edit/"), {"name": "示例乙", "revision": 1}).status_code == 422
    assert fresh(firm).name == "示例甲集团公司"


def test_an_officer_cannot_change_the_card_of_a_central_soe(cast: Cast, client: Client) -> None:
    firm = card(cast, "示例央企集团", ownership="central")
    as_(client, cast.officer)
    assert (client.get(at(firm)).status_code, client.get(at(firm, "edit/")).status_code) == (200, 403)


@pytest.mark.case("I5")
def test_numbers_are_hidden_until_somebody_asks_and_the_asking_is_in_the_diary(cast: Cast, client: Client) -> None:
    firm = cast.plant.enterprise
    one = person(cast, firm)
    page = text(as_(client, cast.verifier), at(firm))
    assert "84000123" not in page and "wang@" not in page and "王示例" not in page
    assert client.post(f"/desk/contacts/{one.pk}/show/").status_code == 403
    page = text(as_(client, cast.officer), at(firm))
    assert "王示例" in page and "84000123" not in page
    shown = client.post(f"/desk/contacts/{one.pk}/show/")
    assert "0411-84000123" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    line = Event.objects.of(cast.city).get(verb="enterprises.contact.shown")
    assert (line.by, line.about_id) == (cast.officer, str(firm.pk))


@pytest.mark.case("B7")
def test_who_does_not_work_with_contacts_reads_neither_post_nor_source(cast: Cast, client: Client) -> None:
    one = person(cast, cast.plant.enterprise, cast.east, post="示例职务乙", source="示例来源乙")
    for who, reads in ((cast.verifier, False), (cast.leader, True), (cast.officer, True)):
        client.force_login(who)
        page = client.get(f"/desk/contacts/{one.pk}/").content.decode()
        assert [text in page for text in ("示例职务乙", "示例来源乙")] == [reads] * 2
        assert ("示例职务乙" in client.get(f"/desk/enterprises/{cast.plant.enterprise_id}/").content.decode()) is reads


@pytest.mark.case("I7")
def test_an_erased_person_is_gone_everywhere_for_ever(cast: Cast, client: Client) -> None:
    one = person(cast, cast.plant.enterprise, cast.east)
    as_(client, cast.officer)
    client.post(f"/desk/contacts/{one.pk}/edit/", {"name": "王二示例", "phone": "1", "source": "示例"})
    client.post(f"/desk/contacts/{one.pk}/erase/", {"reason": "示例"})
    held = Contact.objects.of(cast.city).get(pk=one.pk)
    assert (held.name, held.post, held.phone, held.mail) == ("", "", "", "")
    assert client.get(f"/desk/contacts/{one.pk}/").status_code == 404
    found = text(client, "/desk/search/?q=王二示").split("<main")[1]
    assert "王二示例" not in text(client, at(cast.plant.enterprise)) + found
    diary = " ".join(f"{one.about_text} {one.detail}" for one in Event.objects.of(cast.city))
    assert "王" not in diary and "84000123" not in diary


def test_another_unit_s_person_is_not_seen_nor_written(cast: Cast, client: Client) -> None:
    shared = card(cast, "示例央企集团", ownership="central")
    theirs, bureau = person(cast, shared, cast.west, name="李示例"), person(cast, shared, name="赵示例")
    page = text(as_(client, cast.officer), at(shared))
    assert "赵示例" in page and "李示例" not in page
    assert client.post(f"/desk/contacts/{theirs.pk}/show/").status_code == 404
    client.post(f"/desk/contacts/{bureau.pk}/erase/", {"reason": "示例"})
    assert Contact.objects.of(cast.city).get(pk=bureau.pk).name == "赵示例"


def test_a_note_of_risk_is_closed_by_who_wrote_it_or_by_the_bureau_and_then_by_nobody(
    cast: Cast, client: Client
) -> None:
    shared = card(cast, "示例央企集团", ownership="central")
    said: dict[str, Any] = {"level": Level.GRAVE, "text": "示例风险", "source": "示例", "noted_on": date(2023, 4, 1)}
    note = note_risk(enterprise=shared, unit=cast.west, by=cast.other_officer, at=NOW, **said)
    address, closing = f"/desk/risks/{note.pk}/reply/", {"kind": "closed", "text": "示例：已查清"}
    assert "示例风险" in text(as_(client, cast.officer), at(shared))
    assert client.post(address, closing).status_code == 422
    assert client.post(address, {"kind": "answered", "text": "示例答复"}).status_code == 302
    assert as_(client, cast.other_officer).post(address, closing).status_code == 302
    assert as_(client, cast.statistician).post(address, closing).status_code == 422
    assert "示例答复" in text(client, at(shared)) and "已了结" in text(client, at(shared))


def test_a_meeting_is_seen_by_all_units_and_read_by_the_own_one(cast: Cast, client: Client) -> None:
    shared = card(cast, "示例央企集团", ownership="central")
    touch = met(cast, shared, cast.west)
    page = text(as_(client, cast.officer), f"/desk/soe/{shared.pk}/")
    assert cast.west.name in page and "2023-04-01" in page and "示例谈话内容" not in page
    assert client.get(f"/desk/touches/{touch.pk}/").status_code == 404
    assert "示例谈话内容" in text(as_(client, cast.other_officer), f"/desk/soe/{shared.pk}/")
    assert "示例谈话内容" in text(as_(client, cast.leader), f"/desk/touches/{touch.pk}/")


def test_who_goes_is_warned_when_another_unit_met_them_within_the_days_of_the_rule(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_given: date(2023, 4, 3))
    shared = card(cast, "示例央企集团", ownership="central")
    met(cast, shared, cast.west, date(2023, 3, 30))
    as_(client, cast.officer)
    assert "天前见过" not in text(client, f"/desk/soe/{shared.pk}/")
    set_touch_rule(city=cast.city, days=5, valid_from=date(2023, 4, 1), source="示例", by=cast.statistician, at=NOW)
    told = f"{cast.west.name} 4 天前见过示例央企集团（2023-03-30）"
    assert told in text(client, f"/desk/soe/{shared.pk}/") and told in text(client, at(shared, "meetings/new/"))
    assert "天前见过" not in text(as_(client, cast.other_officer), f"/desk/soe/{shared.pk}/")


def test_the_same_meeting_from_another_room_is_logged_once(cast: Cast) -> None:
    firm = cast.plant.enterprise
    assert met(cast, firm, cast.east, key="outreach:1") == met(cast, firm, cast.east, key="outreach:1")
    assert Touch.objects.of(cast.city).count() == 1


def test_everything_of_a_merged_card_shows_on_the_other_and_the_merged_one_leads_there(
    cast: Cast, client: Client
) -> None:
    closed, kept = cast.plant.enterprise, card(cast, "示例工厂集团", uscc=CODE)
    person(cast, closed)
    met(cast, closed, cast.east)
    merge_enterprises(kept=kept, closed=closed, reason="示例", by=cast.statistician, at=NOW)
    page = text(as_(client, cast.officer), at(kept))
    assert all(said in page for said in (cast.plant.name, "王示例", "示例谈话内容"))
    assert at(kept) in text(client, at(closed))
    assert closed.name not in text(client, "/desk/enterprises/?q=示例工厂有限").split("</form>")[-1]


def test_merging_and_parting_on_the_pages(cast: Cast, client: Client) -> None:
    kept, closed = card(cast, "示例甲公司", uscc=CODE), card(cast, "示例甲（大连）公司")
    as_(client, cast.statistician)
    assert "示例甲（大连）公司" in text(client, at(kept, "merge/"))
    client.post(at(kept, "merge/"), {"other": str(closed.pk), "reason": "示例"})
    page = text(client, at(kept))
    assert "并入本卡：示例甲（大连）公司" in page
    part = next(piece.split('"')[0] for piece in page.split('action="') if piece.startswith("/desk/mergers/"))
    client.post(part, {"reason": "示例：看错了"})
    assert "并入本卡" not in text(client, at(kept))
    assert client.post(at(kept, "merge/"), {"other": "x", "reason": "示例"}).status_code == 404


def test_the_likest_card_comes_first_and_one_with_a_code_is_merged_into_from_its_own_page(
    cast: Cast, client: Client
) -> None:
    this, coded, akin = (
        card(cast, "示例丙轴承公司"),
        card(cast, "示例丙轴承厂", uscc=CODE),
        card(cast, "示例丙丁戊公司"),
    )
    page = as_(client, cast.statistician).get(at(this, "merge/") + "?q=示例丙轴承")
    told = page.content.decode()
    assert told.index(coded.name) < told.index(akin.name)
    assert at(coded, "merge/") in told and f'value="{coded.pk}"' not in told and f'value="{akin.pk}"' in told


def test_a_list_says_how_many_names_it_has_of_those_published_and_a_name_becomes_a_card(
    cast: Cast, client: Client
) -> None:
    new = NewRoster(title="示例名录", source="示例来源", dated=date(2023, 1, 1), published=3)
    roster = add_roster(city=cast.city, new=new, by=cast.statistician, at=NOW)
    complete_roster(roster=roster, names=["示例央企甲", "示例央企乙"], by=cast.statistician, at=NOW)
    page = text(as_(client, cast.statistician), "/desk/soe/")
    assert "公布 3 户，已录入 2 户" in page
    link = next(piece.split('"')[0] for piece in page.split('href="') if piece.startswith("/desk/soe/names/"))
    client.post(link)
    firm = Enterprise.objects.of(cast.city).get(name="示例央企甲")
    assert firm.ownership == "central" and f"/desk/soe/{firm.pk}/" in text(as_(client, cast.officer), "/desk/soe/")


def test_the_book_opens_at_a_list_that_has_names_whatever_is_newer_and_empty(cast: Cast, client: Client) -> None:
    for day, title in ((date(2022, 1, 1), "示例旧名录"), (date(2023, 1, 1), "示例新名录")):
        new = NewRoster(title=title, source="示例来源", dated=day, published=2)
        roster = add_roster(city=cast.city, new=new, by=cast.statistician, at=NOW)
        if title == "示例旧名录":
            complete_roster(roster=roster, names=["示例央企甲"], by=cast.statistician, at=NOW)
    as_(client, cast.statistician)
    assert "示例央企甲" in text(client, "/desk/soe/") and "示例央企甲" not in text(client, "/desk/soe/?on=2023-01-01")


def test_a_project_whose_firm_s_code_another_district_has_is_asked_about_before_saving(
    cast: Cast, client: Client
) -> None:
    firm = card(cast, "示例甲公司", uscc=CODE)
    other = replace(FIRST, code="2023-0777", name="示例风电场")
    register_project(city=cast.city, unit=cast.west, enterprise=firm, new=other, by=None, at=NOW)
    said = {
        "name": "示例码头仓库", "unit": "east", "enterprise": "示例乙公司", "uscc": CODE, "source_code": "440000", "industry": "G",
        "contract": "88", "contract_unit": "亿元", "share": "100",
    }  # fmt: skip
    answer = as_(client, cast.officer).post("/desk/projects/new/", said)
    assert answer.status_code == 422 and "可能已经登记过" in answer.content.decode()
    assert client.post("/desk/projects/new/", {**said, "nevertheless": "示例：另一个项目"}).status_code == 302


def test_a_promised_next_step_waits_for_the_unit_that_promised_it_until_it_meets_them_again(cast: Cast) -> None:
    firm, today = cast.plant.enterprise, date(2023, 4, 3)
    met(cast, firm, cast.east, date(2023, 3, 20), next_step="示例：送资料", next_on=date(2023, 4, 5))

    def waiting(user: User) -> list[tuple[str, date | None]]:
        return [(one.text, one.due_on) for source in SOURCES for one in source(viewer_of(user, cast.city), today)]

    promised = (f"{firm.name}：示例：送资料", date(2023, 4, 5))
    assert promised in waiting(cast.officer)
    assert all(promised not in waiting(user) for user in (cast.other_officer, cast.statistician, cast.leader))
    met(cast, firm, cast.east, date(2023, 4, 1))
    assert promised not in waiting(cast.officer)
