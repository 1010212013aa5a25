"""Getting in and out of the desk."""

import re
from typing import Any

import pytest
from cast import Cast
from django.test import Client

from zhaoshang.people.models import Event

GOOD = {"username": "officer", "password": "sample-password"}


def said(page: Any) -> str:
    """The page's refusal, without what differs by name or request."""
    match = re.search(r'role="alert">(.*?)</div>', page.content.decode(), re.S)
    assert match
    return re.sub(r"<[^>]+>", "", match[1]).strip()


def verbs(cast: Cast) -> list[str]:
    return list(Event.objects.of(cast.city).order_by("id").values_list("verb", flat=True))


def test_a_person_logs_in_lands_inside_and_the_diary_knows(cast: Cast, client: Client) -> None:
    page = client.post("/desk/login/", GOOD)
    assert (page.status_code, page["Location"]) == (302, "/desk/")
    assert verbs(cast)[-1] == "people.session.began"


@pytest.mark.parametrize(
    "address", ["//evil.example", "\\\\evil.example", "javascript:alert(1)", "https://evil.example/"]
)
def test_login_never_leads_outside(cast: Cast, client: Client, address: str) -> None:
    page = client.post("/desk/login/", GOOD | {"next": address})
    assert page["Location"] == "/desk/"


@pytest.mark.case("A4")
def test_unknown_wrong_disabled_and_locked_read_the_same(cast: Cast, client: Client) -> None:
    cast.other_officer.is_active = False
    cast.other_officer.save(update_fields=["is_active"])
    tries = [
        {"username": "nobody", "password": "x"},
        {"username": "officer", "password": "x"},
        GOOD | {"username": "other_officer"},
    ]
    pages = [client.post("/desk/login/", given) for given in tries]
    pages += [client.post("/desk/login/", {"username": "leader", "password": "x"}) for _ in range(6)]
    assert ({page.status_code for page in pages}, len({said(page) for page in pages})) == ({200}, 1)


@pytest.mark.case("A1")
def test_five_wrong_passwords_lock_the_account_for_the_right_one_too(cast: Cast, client: Client) -> None:
    for _ in range(5):
        client.post("/desk/login/", GOOD | {"password": "wrong"})
    assert client.post("/desk/login/", GOOD).status_code == 200
    last = Event.objects.of(cast.city).order_by("-id")[0]
    assert (last.verb, last.refused, last.detail) == (
        "people.session.refused",
        True,
        {"username": "officer", "locked": True},
    )


def test_writing_the_name_in_another_case_gives_no_further_tries(cast: Cast, client: Client) -> None:
    for name in ("officer", "OFFICER", "Officer", "oFFicer", "officeR"):
        client.post("/desk/login/", {"username": name, "password": "wrong"})
    assert client.post("/desk/login/", GOOD).status_code == 200


@pytest.mark.case("A6")
def test_logout_ends_the_session_and_needs_a_post(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert client.get("/desk/logout/").status_code == 405
    client.post("/desk/logout/")
    assert client.get("/desk/")["Location"].startswith("/desk/login/")


@pytest.mark.case("A6")
def test_a_new_password_ends_the_other_sessions(cast: Cast, client: Client) -> None:
    elsewhere = Client()
    for one in (client, elsewhere):
        one.force_login(cast.officer)
    given = {"present": "sample-password", "wanted": "long-enough-and-new", "again": "long-enough-and-new"}
    assert client.post("/desk/password/", given).status_code == 302
    assert (client.get("/desk/").status_code, elsewhere.get("/desk/").status_code) == (200, 302)


@pytest.mark.parametrize(
    "given",
    [
        {"present": "wrong", "wanted": "long-enough-and-new", "again": "long-enough-and-new"},
        {"present": "sample-password", "wanted": "short", "again": "short"},
        {"present": "sample-password", "wanted": "long-enough-and-new", "again": "long-enough-but-other"},
    ],
)
def test_a_password_is_not_changed_carelessly(cast: Cast, client: Client, given: dict[str, str]) -> None:
    client.force_login(cast.officer)
    page = client.post("/desk/password/", given)
    assert page.status_code == 200 and "form-errors" in page.content.decode()
    cast.officer.refresh_from_db()
    assert cast.officer.check_password("sample-password")


def test_pages_are_chinese_until_somebody_chooses_english_and_the_choice_stays(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    asked = {"HTTP_ACCEPT_LANGUAGE": "en-US"}
    assert 'lang="zh-Hans"' in client.get("/desk/password/", **asked).content.decode()  # type: ignore[arg-type]
    client.post("/desk/language/", {"language": "en", "next": "/desk/password/"})
    assert 'lang="en"' in client.get("/desk/password/").content.decode()
    cast.officer.refresh_from_db()
    assert cast.officer.language == "en"


@pytest.mark.case("D7")
def test_private_pages_are_never_cached(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert client.get("/desk/")["Cache-Control"] == "no-store"
