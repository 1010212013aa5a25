"""Single sign-on against a real provider in its own process: linked accounts alone, and only who it is on the provider's word."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cast import Cast
from django.test import Client

from doors.test_second_factor import CODE, LOGIN, OWN, PASSWORD, code, enrol
from zhaoshang.people.models import Event, Link, User
from zhaoshang.people.provider import Provider
from zhaoshang.tenancy.models import City

BEGIN, BACK, OUT = "/desk/login/sso/", "/desk/login/sso/back/", "/desk/logout/"
HERE = "http://localhost:8000"
SERVE = Path(__file__).parents[1] / "provider" / "serve.py"
SECRET, THERE = "the-client's own secret: ä/+&=", "password-at-the-provider"


@dataclass(frozen=True)
class Running:
    """The provider, as the tests speak with it."""

    issuer: str

    @property
    def root(self) -> str:
        return self.issuer.removesuffix("/o")

    def change(self, **wanted: Any) -> None:
        """Another ``key``, or other claims ``said``."""
        assert requests.post(f"{self.root}/test/change/", data=json.dumps(wanted), timeout=10).ok

    def logged_in(self, address: str, who: str, browser: requests.Session | None = None) -> str:
        """Where the provider sends ``who`` back to, once they have logged in there."""
        browser = browser or requests.Session()
        browser.trust_env = False
        answer = browser.get(address, allow_redirects=False, timeout=10)
        answer = browser.post(
            f"{self.root}{answer.headers['Location']}",
            data={"username": who, "password": THERE},
            allow_redirects=False,
            timeout=10,
        )
        answer = browser.get(f"{self.root}{answer.headers['Location']}", allow_redirects=False, timeout=10)
        return answer.headers["Location"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("provider")
    with subprocess.Popen([sys.executable, str(SERVE), str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Running(process.stdout.readline().strip())
        process.kill()


@pytest.fixture
def provider(running: Running, settings: Any, cast: Cast) -> Running:
    """Configured here, with nothing special said there; the officer's and the verifier's accounts are linked."""
    settings.SSO = Provider(running.issuer, "zhaoshang", SECRET, label="示例统一认证", claim="account")
    running.change(said={})
    for person in (cast.officer, cast.verifier):
        link(cast, person)
    return running


def link(cast: Cast, person: User, subject: str = "") -> Any:
    admin = Client()
    admin.force_login(cast.security)
    path = f"/desk/people/{person.pk}/link/"
    return admin.post(path, {"subject": subject or f"staff-{person.username}"}, follow=True)


def sign_on(provider: Running, client: Client, who: str = "officer", wanted: str = "/desk/payments/") -> Any:
    """From our login page to the provider's and back; our answer."""
    there = client.get(BEGIN, {"next": wanted})["Location"]
    back = provider.logged_in(there, who)
    assert back.startswith(f"http://localhost:8000{BACK}?")
    return client.get(back.removeprefix("http://localhost:8000"))


def told(client: Client) -> str:
    """The login page."""
    return client.get(LOGIN).content.decode()


def test_a_linked_person_comes_in_and_to_the_page_they_wanted(cast: Cast, provider: Running) -> None:
    client = Client()
    assert "用示例统一认证登录" in told(client)
    there = parse_qs(urlsplit(client.get(BEGIN)["Location"]).query)
    assert there["code_challenge_method"] == ["S256"] and len(there["code_challenge"][0]) == 43
    assert there["redirect_uri"] == [f"http://localhost:8000{BACK}"]
    assert sign_on(provider, client)["Location"] == "/desk/payments/"
    assert client.get("/desk/payments/").status_code == 200
    line = Event.objects.of(cast.city).get(verb="people.session.began")
    assert (line.by, line.detail) == (cast.officer, {"sso": True, "factor": False})


@pytest.mark.case("D4")
def test_after_single_sign_on_one_stays_inside(provider: Running) -> None:
    assert sign_on(provider, Client(), wanted="//evil.example")["Location"] == "/desk/"


def test_who_is_not_linked_is_told_what_to_say_and_gets_no_account(cast: Cast, provider: Running) -> None:
    before, client = User.objects.count(), Client()
    assert sign_on(provider, client, "stranger")["Location"] == LOGIN
    page = told(client)
    assert "没有关联本系统的账号" in page and "staff-stranger" in page
    assert User.objects.count() == before and client.get("/desk/").status_code == 302
    line = Event.objects.of(cast.city).get(verb="people.session.sso_refused")
    assert (line.detail["why"], line.detail["subject"]) == ("unknown", "staff-stranger")


def test_an_answer_opens_once_and_only_where_it_was_asked(provider: Running) -> None:
    client, thief = Client(), Client()
    back = provider.logged_in(client.get(BEGIN)["Location"], "officer").removeprefix("http://localhost:8000")
    assert thief.get(back)["Location"] == LOGIN
    thief.get(BEGIN)
    assert thief.get(back)["Location"] == LOGIN and "没有成功" in told(thief)
    assert client.get(back)["Location"] == "/desk/"
    again = Client()
    again.get(BEGIN)
    assert again.get(back)["Location"] == client.get(back)["Location"] == LOGIN


def test_disabled_and_locked_accounts_stay_out(cast: Cast, provider: Running) -> None:
    for _turn in range(5):
        Client(REMOTE_ADDR="10.0.0.9").post(LOGIN, {"username": "officer", "password": "wrong"})
    User.objects.filter(pk=cast.verifier.pk).update(is_active=False)
    for who in ("officer", "verifier"):
        client = Client()
        assert sign_on(provider, client, who)["Location"] == LOGIN
        assert "已停用或暂时锁定" in told(client)


@pytest.mark.case("A8")
def test_the_second_factor_is_asked_all_the_same(provider: Running, cast: Cast) -> None:
    own = Client()
    own.force_login(User.objects.get(pk=cast.officer.pk))
    secret, _ = enrol(own)
    client = Client()
    assert sign_on(provider, client)["Location"] == f"{CODE}?next=%2Fdesk%2Fpayments%2F"
    assert client.get("/desk/payments/").status_code == 302
    assert client.post(CODE, {"code": code(secret), "next": "/desk/payments/"})["Location"] == "/desk/payments/"


@pytest.mark.case("A8")
def test_a_privileged_role_needs_one_unless_the_provider_says_that_it_asked(
    provider: Running, cast: Cast, settings: Any
) -> None:
    City.objects.filter(pk=cast.city.pk).update(is_sample=False)

    def queue() -> Any:
        client = Client()
        sign_on(provider, client, "verifier")
        return client.get("/desk/queue/")

    assert queue()["Location"] == OWN
    provider.change(said={"amr": ["pwd", "mfa"]})
    assert queue()["Location"] == OWN, "what nobody configured is not believed"
    settings.SSO = replace(settings.SSO, factors=frozenset({("amr", "mfa"), ("acr", "gold")}))
    assert queue().status_code == 200
    provider.change(said={"acr": "gold"})
    assert queue().status_code == 200
    provider.change(said={"amr": ["pwd"], "acr": "silver"})
    assert queue()["Location"] == OWN
    client = Client()
    client.post(LOGIN, {"username": "verifier", "password": PASSWORD})
    assert client.get("/desk/queue/")["Location"] == OWN, "the password alone is not helped by it"


def test_the_provider_changes_its_key(provider: Running) -> None:
    assert sign_on(provider, Client())["Location"] == "/desk/payments/"
    provider.change(key=True)
    assert sign_on(provider, Client())["Location"] == "/desk/payments/"


def test_only_the_security_administrator_links_and_unlinking_ends_the_sessions(cast: Cast, provider: Running) -> None:
    client = Client()
    sign_on(provider, client)
    assert client.get("/desk/payments/").status_code == 200
    for person, status in ((cast.leader, 403), (cast.auditor, 403), (cast.security, 302)):
        admin = Client()
        admin.force_login(person)
        assert admin.post(f"/desk/people/{cast.leader.pk}/link/", {"subject": "x"}).status_code == status
        assert admin.post(f"/desk/people/{cast.officer.pk}/unlink/").status_code == status
    assert client.get("/desk/payments/").status_code == 302 and sign_on(provider, client)["Location"] == LOGIN
    verbs = Event.objects.of(cast.city).filter(verb__startswith="people.link.").values_list("verb", flat=True)
    assert sorted(verbs) == ["people.link.made"] * 3 + ["people.link.taken_off"]


def test_one_identity_is_one_account_s_and_nobody_links_their_own(cast: Cast, provider: Running) -> None:
    assert "没有关联" in link(cast, cast.leader, "staff-officer").content.decode()
    assert "没有关联" in link(cast, cast.officer, "another").content.decode()
    link(cast, cast.security, "staff-stranger")
    assert sorted(Link.objects.of(cast.city).values_list("subject", flat=True)) == ["staff-officer", "staff-verifier"]


def test_who_came_by_it_is_logged_out_there_too_and_comes_back_to_our_configured_address(provider: Running) -> None:
    client, browser = Client(), requests.Session()
    back = provider.logged_in(client.get(BEGIN)["Location"], "officer", browser)
    client.get(back.removeprefix("http://localhost:8000"))
    assert browser.get(client.get(BEGIN)["Location"], allow_redirects=False).headers["Location"].startswith(HERE + BACK)
    answer = client.post(OUT, headers={"host": "127.0.0.1:8000"})
    there = answer["Refresh"].removeprefix("0;url=")
    assert there.startswith(f"{provider.issuer}/logout/?") and there.replace("&", "&amp;") in answer.content.decode()
    assert client.get("/desk/payments/").status_code == 302
    assert browser.get(there, allow_redirects=False).headers["Location"] == f"{HERE}{LOGIN}"
    again = browser.get(Client().get(BEGIN)["Location"], allow_redirects=False)
    assert again.headers["Location"].startswith("/login/"), "the provider knows them no longer"


def test_others_log_out_here_alone(provider: Running, cast: Cast, settings: Any) -> None:
    client = Client()
    client.post(LOGIN, {"username": "officer", "password": PASSWORD})
    assert client.post(OUT)["Location"] == LOGIN
    settings.SSO = replace(settings.SSO, ends_there=False)
    sign_on(provider, client)
    assert client.post(OUT)["Location"] == LOGIN
    settings.SSO = replace(settings.SSO, ends_there=True, issuer="http://localhost:1/o")
    sign_on_again = client.session
    sign_on_again["id_token"] = "x"
    sign_on_again.save()
    assert client.post(OUT)["Location"] == LOGIN, "a provider that is away keeps nobody in"


def test_without_a_provider_there_is_no_button_and_no_address(cast: Cast, client: Client) -> None:
    assert "单点登录" not in told(client)
    assert client.get(BEGIN).status_code == client.get(BACK).status_code == 404
