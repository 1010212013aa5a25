"""Every answer of every door carries the headers that keep it safe, whatever kind of answer it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from api.asking import key_of
from cast import Cast
from django.db import OperationalError
from django.test import Client

from zhaoshang.capital.models import Evidence

pytestmark = pytest.mark.one_database

Ask = Callable[[Cast, Client], Any]


def _file(cast: Cast, client: Client) -> Any:
    evidence = Evidence.objects.of(cast.city).get(payment_id=cast.declared().pk)
    return client.get(f"/desk/evidence/{evidence.pk}/")


def _stale(client: Client, who: Any) -> Client:
    client.force_login(who)
    session = client.session
    session["proved"] = 0
    session.save()
    return client


def _broken() -> Any:
    """The database is away."""
    visitor = Client(raise_request_exception=False)
    with mock.patch("zhaoshang.desk.middleware.city_of_installation", side_effect=OperationalError("gone")):
        return visitor.get("/desk/login/")


ANSWERS: dict[str, Ask] = {
    "page": lambda cast, client: client.get("/desk/payments/"),
    "file": _file,
    "download": lambda cast, client: client.get("/desk/imports/template.xlsx"),
    "redirect": lambda cast, client: Client().get("/desk/payments/"),
    "public": lambda cast, client: Client().get("/"),
    "login": lambda cast, client: Client().get("/desk/login/"),
    "api": lambda cast, client: client.get("/api/payments"),
    "api refused": lambda cast, client: Client().get("/api/payments"),
    "forbidden": lambda cast, client: client.get("/desk/people/"),
    "absent": lambda cast, client: client.get("/desk/nothing/"),
    "absent of the api": lambda cast, client: client.get("/api/nothing"),
    "other verb": lambda cast, client: client.delete("/desk/payments/"),
    "faulty": lambda cast, client: client.get("/desk/payments/?q=%00"),
    "too large": lambda cast, client: client.post("/desk/payments/new/", {"note": "x" * 6_000_000}),
    "braked": lambda cast, client: [Client().post("/desk/login/", {"username": "x"}) for _ in range(16)][-1],
    "asked again": lambda cast, client: _stale(client, cast.verifier).post("/desk/queue/decide/"),
    "static": lambda cast, client: Client().get("/static/a.svg"),
    "broken": lambda cast, client: _broken(),
    "without token": lambda cast, client: Client(enforce_csrf_checks=True).post("/desk/login/"),
}


def observatory(answer: Any) -> int:
    """The score that Mozilla's HTTP Observatory would give (its published modifiers, 2025), where ours is neither perfect nor absent: 0."""
    headers, cookies = answer.headers, answer.cookies.values()
    policy = {
        words[0]: words[1:] for part in headers.get("Content-Security-Policy", "").split(";") if (words := part.split())
    }
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    safe = not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & {*scripts, *policy.get("style-src", [])}
    whole = all(one["secure"] and one["httponly"] and one["samesite"] for one in cookies)
    score = 100
    score += (10 if policy.get("default-src") == ["'none'"] else 5) if safe else -20
    score += (
        0
        if int(headers.get("Strict-Transport-Security", "max-age=0").split("=")[1].split(";")[0]) >= 15_768_000
        else -20
    )
    score += 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
    score += (
        5 if policy.get("frame-ancestors") == ["'none'"] else 0 if headers.get("X-Frame-Options") == "DENY" else -20
    )
    score += 5 if headers.get("Referrer-Policy") in ("same-origin", "no-referrer") else 0
    score += (5 if cookies and whole else 0) if whole else -20
    return score - 50 * ("*" in headers.get("Access-Control-Allow-Origin", ""))


PRIVATE = ["page", "file", "download", "api", "forbidden", "absent"]


@pytest.fixture
def officer(cast: Cast, client: Client, settings: Any, tmp_path: Path) -> Client:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    client.force_login(cast.officer)
    return client


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.case("D2")
def test_every_answer_says_what_a_browser_may_do_with_it(cast: Cast, officer: Client, kind: str) -> None:
    headers = ANSWERS[kind](cast, officer).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers and "X-Powered-By" not in headers


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.case("D2")
def test_the_observatory_gives_every_kind_of_answer_a_hundred(
    cast: Cast, officer: Client, settings: Any, kind: str
) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("SERVER_NAME", "testserver")  # every request of the test came by TLS
    assert observatory(ANSWERS[kind](cast, officer)) >= 100


@pytest.mark.parametrize("kind", PRIVATE)
@pytest.mark.case("D2", "D7")
def test_what_a_person_sees_is_kept_by_no_cache(cast: Cast, officer: Client, kind: str) -> None:
    assert "no-store" in ANSWERS[kind](cast, officer).headers["Cache-Control"]


@pytest.mark.case("D7")
@pytest.mark.parametrize("path", ["/api/me", "/api/payments", "/api/absent", "/desk/login/", "/api/payments/x.css"])
def test_nor_what_a_program_with_a_key_sees_nor_any_answer_of_these_doors(cast: Cast, path: str) -> None:
    bearer = {"authorization": f"Bearer {key_of(cast, cast.officer)}"}
    assert "no-store" in Client().get(path, headers=bearer).headers["Cache-Control"]
    assert "no-store" in Client().get(path).headers["Cache-Control"]


@pytest.mark.case("D2")
def test_static_files_are_never_taken_for_something_else(db: None, settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.js").write_text("1", encoding="utf-8")
    answer = Client().get("/static/a.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


ELSEWHERE = ["/static/../zhaoshang/config/settings.py", "/static/%2e%2e/pyproject.toml", "/.git/config"]
ELSEWHERE += [
    "/zhaoshang.sqlite3",
    "/var/secret_key",
    "/desk/payments/x.css",
    "/desk/payments/;.js",
    "/static/..%5cREADME.md",
    "/static/%252e%252e/pyproject.toml",
    "/zhaoshang.sqlite3.bak",
    "/settings.py.bak",
    "/.env",
]


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.case("D6", "D7")
def test_only_addresses_lead_anywhere(cast: Cast, officer: Client, settings: Any, tmp_path: Path, path: str) -> None:
    settings.STATIC_ROOT = tmp_path
    assert officer.get(path).status_code == 404


@pytest.mark.case("D2")
def test_behind_tls_cookies_and_transport_are_bound_to_it() -> None:
    """The settings are read once a process, so another process reads them."""
    import os
    import subprocess
    import sys

    asked = "SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_NAME CSRF_COOKIE_NAME"
    script = f"from django.conf import settings; print([getattr(settings, n) for n in {asked.split()!r}])"
    surroundings = {**os.environ, "ZHAOSHANG_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "zhaoshang.config.settings"}
    told = subprocess.run([sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[31536000, True, True, '__Host-session', '__Host-csrf']"


@pytest.mark.case("D2")
def test_behind_tls_every_answer_asks_for_it(cast: Cast, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    for path in ("/", "/desk/login/", "/api/payments", "/desk/nothing/"):
        assert "max-age=31536000" in Client().get(path, secure=True).headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "a b", "localhost@evil.example"]
)
@pytest.mark.parametrize("path", ["/", "/desk/login/", "/api/payments", "/desk/payments/"])
@pytest.mark.case("D3")
def test_another_host_s_name_is_refused(cast: Cast, officer: Client, host: str, path: str) -> None:
    assert officer.get(path, headers={"host": host}).status_code == 400


@pytest.mark.case("D3")
def test_a_forwarded_host_is_not_believed(cast: Cast, officer: Client) -> None:
    answer = officer.get("/desk/payments/", headers={"x-forwarded-host": "evil.example"})
    assert answer.status_code == 200 and b"evil.example" not in answer.content
