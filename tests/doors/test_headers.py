"""Every answer of every door carries the headers that keep it safe, whatever kind of answer it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.test import Client

from zhaoshang.capital.models import Evidence

pytestmark = pytest.mark.one_database

Ask = Callable[[Cast, Client], Any]


def _file(cast: Cast, client: Client) -> Any:
    evidence = Evidence.objects.of(cast.city).get(payment_id=cast.declared().pk)
    return client.get(f"/desk/evidence/{evidence.pk}/")


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
    "without token": lambda cast, client: Client(enforce_csrf_checks=True).post("/desk/login/"),
}
PRIVATE = ["page", "file", "download", "api", "forbidden", "absent"]


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
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


@pytest.mark.parametrize("kind", PRIVATE)
@pytest.mark.case("D2", "D7")
def test_what_a_person_sees_is_kept_by_no_cache(cast: Cast, officer: Client, kind: str) -> None:
    assert "no-store" in ANSWERS[kind](cast, officer).headers["Cache-Control"]


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
