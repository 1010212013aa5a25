"""Every address that writes, called so that it does: one line of the diary whatever was typed."""

from typing import Any

import pytest
from architecture.routes import routes
from cast import NOW, Cast
from django.test import Client
from faults.test_every_write_path import READS

from doors.doings import DOINGS, PLAIN, do
from doors.test_every_line import BREAKS, LONG, Acts

pytestmark = [pytest.mark.one_database, pytest.mark.thorough]
WRITES = {route.name: route for route in routes() if route.verb not in READS}


@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.case("F23")
def test_what_is_done_is_one_line_whatever_was_typed(name: str, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    acts, route, asked = Acts(cast), WRITES[name], DOINGS[name](cast)
    client = Client(raise_request_exception=False)
    if asked.by:
        client.force_login(getattr(cast, asked.by))
    left = {
        typed: acts.look(f"{name} {typed[:3]!r}", name, lambda typed=typed: do(client, route, asked, typed))  # type: ignore[misc]
        for typed in (PLAIN, BREAKS, LONG)
    }
    assert acts.wrong == [] and left[PLAIN] and set(left.values()) <= {0, left[PLAIN]}
