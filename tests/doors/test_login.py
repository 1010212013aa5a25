"""The login: it leads nowhere else, locks after five wrong passwords, and says the same whoever tries."""

import re
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axes.models import AccessAttempt
from cast import Cast
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from zhaoshang.cli import main
from zhaoshang.common.hops import networks
from zhaoshang.people.models import Event, User

LOGIN = "/desk/login/"
OUTSIDE = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
]
OUTSIDE += [
    "http:evil.example",
    "\t//evil.example",
    "https:///evil.example",
    "//evil.example\\@localhost",
    "data:text/html,x",
]


def enter(client: Client, username: str, password: str = "sample-password", **more: str) -> tuple[int, str]:
    """Try to log in: status, and the page without what was typed and what changes each time."""
    page = client.post(LOGIN, {"username": username, "password": password, **more})
    shown = page.content.decode().replace(username, "…")
    start = shown.find("<form")
    shown = shown[start : shown.find("</form>", start)]
    return page.status_code, re.sub(r'value="\w{64}"|name="once" value="[^"]*"', "", shown)


@pytest.mark.parametrize("address", OUTSIDE)
@pytest.mark.case("D4")
def test_after_login_one_stays_inside(cast: Cast, client: Client, address: str) -> None:
    answer = client.post(LOGIN, {"username": "officer", "password": "sample-password", "next": address})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_after_login_one_comes_to_the_page_that_was_asked_for(cast: Cast, client: Client) -> None:
    asked = client.get("/desk/payments/?unit=east")
    assert asked["Location"] == "/desk/login/?next=/desk/payments/%3Funit%3Deast"
    answer = client.post(
        LOGIN, {"username": "officer", "password": "sample-password", "next": "/desk/payments/?unit=east"}
    )
    assert answer["Location"] == "/desk/payments/?unit=east"


@pytest.mark.case("D4")
@pytest.mark.parametrize(
    "address", ["%2F%2Fevil.example", "%5C%5Cevil.example", "/%2F/evil.example", "/desk/%0d%0aLocation:x"]
)
def test_encoded_addresses_stay_inside_too(cast: Cast, client: Client, address: str) -> None:
    answer = client.post(LOGIN, {"username": "officer", "password": "sample-password", "next": address})
    assert urlsplit(urljoin(f"https://here.example{LOGIN}", answer["Location"])).netloc == "here.example"


@pytest.mark.case("D4", "D13")
@pytest.mark.parametrize("address", ["示例", "示\r\n例", "desk:home", "?", "x/y", f"/{'长' * 9_000}"])
def test_what_is_no_address_leads_to_the_start(cast: Cast, client: Client, address: str) -> None:
    said = {"username": "officer", "password": "sample-password", "next": address}
    assert client.post(LOGIN, said)["Location"] == "/desk/"
    assert client.post("/desk/language/", {"language": "en", "next": address})["Location"] == "/desk/"


@pytest.mark.case("D4")
def test_language_leads_nowhere_else_either(cast: Cast, client: Client) -> None:
    answer = client.post("/desk/language/", {"language": "en", "next": "//evil.example"})
    assert answer["Location"] == "/desk/"


@pytest.mark.case("D13")
def test_a_name_of_a_hundred_kilobytes_is_a_wrong_name(cast: Cast) -> None:
    assert enter(Client(), "长" * 34_134)[0] == 200


@pytest.mark.case("A1")
def test_five_wrong_passwords_lock_the_account_and_the_right_one_is_refused_in_the_same_words(
    cast: Cast, client: Client
) -> None:
    first = enter(client, "officer", "wrong")
    tries = [enter(Client(REMOTE_ADDR=f"10.0.0.{n}"), "officer", "wrong") for n in range(5)]
    assert enter(client, "officer") == tries[-1] == first
    assert client.get("/desk/payments/").status_code == 302


def test_the_owner_s_other_colleagues_are_not_locked_out(cast: Cast, client: Client) -> None:
    for _ in range(6):
        enter(client, "officer", "wrong")
    assert enter(client, "verifier")[0] == 302


@pytest.mark.case("A4")
def test_unknown_disabled_and_wrong_read_the_same(cast: Cast, client: Client) -> None:
    cast.auditor.is_active = False
    cast.auditor.save()
    assert enter(client, "nobody") == enter(client, "auditor") == enter(client, "officer", "wrong")


@pytest.mark.case("A2")
def test_an_address_that_tries_many_accounts_is_braked_for_all_of_them_and_others_are_not(
    cast: Cast, client: Client
) -> None:
    tries = [client.post(LOGIN, {"username": f"nobody-{n}", "password": "wrong"}) for n in range(500)]
    assert [answer.status_code for answer in tries] == [200] * 15 + [429] * 485
    assert int(tries[-1]["Retry-After"]) <= 720
    assert enter(client, "officer")[0] == 429
    forged = {
        "HTTP_X_FORWARDED_FOR": "198.51.100.7",
        "HTTP_X_REAL_IP": "198.51.100.7",
        "HTTP_FORWARDED": "for=198.51.100.7",
    }
    assert enter(Client(**forged), "officer")[0] == 429  # type: ignore[arg-type]
    assert enter(Client(REMOTE_ADDR="192.0.2.9"), "officer")[0] == 302
    assert Event.objects.of(cast.city).filter(verb="people.session.braked").count() == 1


@pytest.mark.case("A2")
def test_who_logs_in_rightly_all_day_is_never_braked(cast: Cast) -> None:
    assert {enter(Client(), "officer")[0] for _ in range(20)} == {302}


@pytest.mark.case("A2")
def test_behind_our_own_proxy_each_visitor_is_counted_apart(cast: Cast, settings: Any) -> None:
    settings.TRUSTED_PROXIES = networks("127.0.0.1")
    for n in range(16):
        status = enter(Client(HTTP_X_FORWARDED_FOR=f"10.9.9.{n}, 198.51.100.7"), f"nobody-{n}")[0]
    assert status == 429
    assert enter(Client(HTTP_X_FORWARDED_FOR="198.51.100.8"), "officer")[0] == 302


@pytest.mark.case("A4")
def test_whoever_is_refused_costs_one_hash_of_a_password(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
    past = timezone.now() - timedelta(days=1)
    User.objects.filter(pk=cast.leader.pk).update(password_is_temporary=True, password_until=past)
    for _ in range(5):
        enter(Client(REMOTE_ADDR="10.0.0.1"), "verifier", "wrong")
    tries = {
        "real": ("officer", "wrong"),
        "unknown": ("nobody", "wrong"),
        "disabled": ("auditor", "sample-password"),
        "locked": ("verifier", "sample-password"),
        "old one-time password": ("leader", "sample-password"),
    }
    cost = {}
    for kind, (username, password) in tries.items():
        made.clear()
        assert enter(Client(), username, password)[0] == 200
        cost[kind] = len(made)
    assert cost == dict.fromkeys(tries, 1)


@pytest.mark.case("A5", "A6")
def test_a_session_gets_a_new_name_at_login_and_ends_at_logout(cast: Cast, client: Client) -> None:
    client.get(LOGIN)
    client.cookies["zhaoshang_session"] = "planted-by-somebody"
    enter(client, "officer")
    held = client.cookies["zhaoshang_session"].value
    assert held != "planted-by-somebody"
    for name, status in ((held, 200), ("planted-by-somebody", 302)):
        other = Client()
        other.cookies["zhaoshang_session"] = name
        assert other.get("/desk/payments/").status_code == status
    client.post("/desk/logout/")
    client.cookies["zhaoshang_session"] = held
    assert client.get("/desk/payments/").status_code == 302


@pytest.mark.case("A1")
def test_a_locked_account_is_opened_again_by_the_security_administrator(cast: Cast, client: Client) -> None:
    for _ in range(5):
        enter(client, "officer", "wrong")
    for who, status, entered in ((cast.leader, 403, 200), (cast.security, 302, 302)):
        client.force_login(who)
        assert client.post(f"/desk/people/{cast.officer.pk}/unlock/").status_code == status
        assert enter(Client(), "officer")[0] == entered


def a_while_later(**time: int) -> None:
    """Whatever was wrong so far was that long ago."""
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(**time))


def locked() -> None:
    """Ten wrong passwords from ten addresses."""
    for n in range(10):
        enter(Client(REMOTE_ADDR=f"10.0.1.{n}"), "officer", "wrong")


@pytest.fixture
def real(cast: Cast, settings: Any, tmp_path: Path) -> Path:
    """The cast's city is no sample; nobody has to have a second factor. The file of its policy."""
    cast.city.is_sample = False
    cast.city.save()
    settings.CITY, settings.SAFETY_FILE = cast.city.code, str(tmp_path / "own.toml")
    shipped = files("zhaoshang.people").joinpath("samples/safety.toml").read_text("utf-8")
    (tmp_path / "own.toml").write_text(re.sub(r"\nroles = .*", "\nroles = []", shipped), "utf-8")
    return tmp_path / "own.toml"


@pytest.mark.case("A1")
def test_a_lock_does_not_end_by_itself_nor_by_a_new_password_of_the_system_administrator(
    cast: Cast, client: Client, real: Path
) -> None:
    locked()
    a_while_later(days=300)
    assert enter(Client(), "officer") == enter(Client(), "nobody")
    client.force_login(cast.system)
    page = client.post(f"/desk/people/{cast.officer.pk}/reset/").content.decode()
    password = re.search(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", page)
    assert password and enter(Client(), "officer", password[0])[0] == 200
    client.force_login(cast.security)
    client.post(f"/desk/people/{cast.officer.pk}/unlock/")
    assert enter(Client(), "officer", password[0])[0] == 302


@pytest.mark.case("A1")
def test_the_server_itself_opens_the_last_security_administrator_s_lock_and_the_diary_tells(
    cast: Cast, real: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        enter(Client(), "Security", "wrong")
    assert enter(Client(), "security")[0] == 200
    assert main(["unlock", "SECURITY"]) == 0 and main(["unlock", "security"]) == 0
    assert main(["unlock", "nobody"]) == 1
    assert enter(Client(), "security")[0] == 302
    lines = Event.objects.of(cast.city).filter(verb="people.account.unlocked")
    assert [(one.by_id, one.about_id) for one in lines] == [(None, str(cast.security.pk))]


@pytest.mark.parametrize("how", ["a sample city", "a policy that says so"])
def test_a_lock_ends_after_its_minutes_where_nobody_has_to_open_it(cast: Cast, real: Path, how: str) -> None:
    if how == "a sample city":
        cast.city.is_sample = True
        cast.city.save()
    else:
        real.write_text(real.read_text("utf-8").replace("until_opened = true", "until_opened = false"), "utf-8")
    locked()
    a_while_later(minutes=14)
    assert enter(Client(), "officer")[0] == 200 and "要等 15 分钟" in enter(Client(), "nobody")[1]
    a_while_later(minutes=16)
    assert enter(Client(), "officer")[0] == 302


def test_who_gets_in_has_no_wrong_ones_behind_them(cast: Cast) -> None:
    for _ in range(3):
        for _ in range(4):
            enter(Client(), "officer", "wrong")
        assert enter(Client(), "officer")[0] == 302


@pytest.mark.case("A10")
def test_a_session_ends_after_twelve_hours(cast: Cast, client: Client) -> None:
    enter(client, "officer")
    assert client.cookies["zhaoshang_session"]["max-age"] == 12 * 3600
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/desk/payments/").status_code == 302
