"""The top bar's search finds what the searcher may see, and nothing else."""

import pytest
from cast import Cast
from django.test import Client
from opportunities.building import drafted


def found(client: Client, text: str) -> str:
    page = client.get("/desk/search/", {"q": text}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_a_project_is_found_by_name_code_or_enterprise(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    for text in ("工厂", cast.plant.code, "示例工厂有限"):
        assert client.get("/desk/search/", {"q": text})["Location"] == f"/desk/projects/{cast.plant.code}/"
    assert all(name in found(client, "示例") for name in ("示例工厂", "示例码头"))


def test_a_payment_is_found_by_serial_and_by_place_in_the_ledger(cast: Cast, client: Client) -> None:
    payment = cast.verified()
    client.force_login(cast.leader)
    for text in (payment.bank_serial, f"#{payment.seq}"):
        assert client.get("/desk/search/", {"q": text})["Location"] == f"/desk/payments/{payment.pk}/"


@pytest.mark.case("B2")
def test_another_unit_s_rows_are_not_found(cast: Cast, client: Client) -> None:
    payment = cast.verified(project=cast.harbour)
    client.force_login(cast.officer)
    for text in ("码头", cast.harbour.code, payment.bank_serial, f"#{payment.seq}"):
        assert "没有找到" in found(client, text), text


@pytest.mark.case("D9", "D13")
def test_signs_of_the_query_language_are_plain_signs(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    for text in ("%", "_", "'; --", "x" * 100_000, ""):
        assert "没有找到" in found(client, text)


def test_a_saved_question_is_found_by_its_title(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    client.post("/desk/questions/save/", {"asked": "about=payments&rows=unit", "title": "各区到账"})
    assert "/desk/questions/?about=payments" in found(client, "区到")
    client.force_login(cast.officer)
    assert "没有找到" in found(client, "区到")


def test_pinyin_initials_find_a_name_anywhere_in_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    assert client.get("/desk/search/", {"q": "slgc"})["Location"] == f"/desk/projects/{cast.plant.code}/"
    assert client.get("/desk/search/", {"q": "matou"}).status_code == 200
    assert cast.harbour.name in found(client, "mt")


def test_a_name_with_a_slip_is_found_nevertheless(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    assert cast.plant.name in found(client, "示列工厂有限")


def test_units_people_and_texts_are_found_by_who_may_see_them(cast: Cast, client: Client) -> None:
    from zhaoshang.bulletins.actions import check_text

    check_text(city=cast.city, text="示例通报\n到位内资1亿元", by=cast.officer, at=cast.now)
    client.force_login(cast.officer)
    assert "units" in client.get("/api/search", {"q": "东山"}).json()
    assert "people" not in client.get("/api/search", {"q": "leader"}).json()
    assert client.get("/api/search", {"q": "示例通报"}).json()["texts"]
    for who in (cast.security, cast.system):
        client.force_login(who)
        assert client.get("/api/search", {"q": "leader"}).json()["people"][0]["username"] == "leader"
        assert list(client.get("/api/search", {"q": "示例"}).json()) == ["people"]


def test_an_enterprise_without_a_project_in_one_s_units_is_not_found(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert "enterprises" not in client.get("/api/search", {"q": "码头有限"}).json()
    assert client.get("/api/search", {"q": "工厂有限"}).json()["enterprises"]


def test_pages_are_found_by_name_initials_and_english_as_far_as_the_role_opens_them(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    for text in ("付款计划", "fkjh", "payment sched"):
        found = client.get("/desk/search/", {"q": text}, follow=True)
        assert "/desk/schedules/" in found.content.decode() or found.redirect_chain[-1][0] == "/desk/schedules/"
    assert "/desk/diary/" not in client.get("/desk/search/", {"q": "工作日志"}, follow=True).content.decode()


def test_the_navigation_s_groups_fold_and_the_page_s_own_is_open(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    nav = client.get("/desk/schedules/").content.decode().split('id="nav"')[1].split("</nav>")[0]
    groups = nav.split("<details")[1:]
    here = [group for group in groups if "data-here" in group]
    assert len(groups) > 3 and len(here) == 1 and 'aria-current="page"' in here[0] and " open" in here[0]
    assert any(" open" not in group.split(">")[0] for group in groups)


def test_what_the_city_offers_is_found_by_title_in_either_language_and_by_code(cast: Cast, client: Client) -> None:
    """An officer finds the own unit's drafts and what is published; another unit's draft is nobody else's."""
    mine, theirs = drafted(cast, title="示例滨海地块"), drafted(cast, title="示例滨海厂房", unit=cast.west)
    client.force_login(cast.officer)
    for text in ("滨海", "sample parcel", mine.code):
        assert [one["code"] for one in client.get("/api/search", {"q": text}).json()["opportunities"]] == [mine.code]
    assert client.get("/desk/search/", {"q": "滨海地"})["Location"] == f"/desk/opportunities/{mine.code}/"
    client.force_login(cast.leader)
    found_by_leader = client.get("/api/search", {"q": "滨海"}).json()["opportunities"]
    assert {one["code"] for one in found_by_leader} == {mine.code, theirs.code}
