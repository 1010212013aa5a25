"""The public site deployed alone: its pages and forms are there, no address of the desk or of the API is, and no login is known."""

import re
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from django.test import Client
from django.urls import Resolver404, resolve
from opportunities.building import offered

from zhaoshang.command import ground, serving
from zhaoshang.command.parts import Stop
from zhaoshang.config.settings import LOGIN_MIDDLEWARE

pytestmark = pytest.mark.one_database
SOME = {"uuid": "0190a0a0-0000-7000-8000-000000000000", "int": "1"}


def _some(pattern: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SOME.get(found[1] or "", "some"), pattern)


@pytest.fixture
def others(db: None) -> list[str]:
    """An address of every page that is not the public's, before the site stands alone."""
    return [_some(one.pattern) for one in routes() if one.pattern.startswith(("desk/", "api/"))]


@pytest.fixture
def alone(settings: Any, others: list[str]) -> list[str]:
    settings.PORTAL_ALONE = True
    settings.ROOT_URLCONF = "zhaoshang.config.portal_urls"
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one not in LOGIN_MIDDLEWARE]
    return others


def test_no_address_of_the_desk_or_the_api_is_known(cast: Cast, alone: list[str], client: Client) -> None:
    found = []
    for path in alone:
        try:
            found.append((path, resolve(path)))
        except Resolver404:
            continue
    assert (len(alone) > 300, found) == (True, [])
    client.force_login(cast.statistician)
    assert [client.get(path).status_code for path in ("/desk/", "/desk/login/", "/api/docs", "/api/openapi.json")] == [
        404
    ] * 4


def test_the_public_reads_and_asks_as_ever_and_is_led_to_no_desk(cast: Cast, alone: list[str], client: Client) -> None:
    entry = offered(cast)
    for path in ("/", "/opportunities/", f"/opportunities/{entry.code}/", "/editions/", "/articles/", "/nothing/"):
        answer = client.get(path)
        assert (answer.status_code, "/desk/" in answer.content.decode()) == (404 if path == "/nothing/" else 200, False)
    asked = client.post("/ask/", {"asked": "correction", "text": "示例", "agreed": "on"})
    assert asked.status_code == 200 and "/ask/" in asked.content.decode()


def test_its_server_runs_no_jobs_and_changes_no_tables(alone: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one.name for one in serving.children("127.0.0.1", 8000, 2)] == ["网页服务"]
    monkeypatch.setattr(ground.MigrationExecutor, "migration_plan", lambda _self, _targets: [object()])
    with pytest.raises(Stop, match="不改表结构"):
        ground.bring_up_to_date(refused=serving.why_no_tables)
