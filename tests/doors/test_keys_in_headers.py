"""A key or an address in a header opens nothing of another unit, and tells nothing of it."""

import json
from typing import Any

import pytest
from architecture.addresses import MISSING, OWNED
from cast import Cast
from django.test import Client

pytestmark = pytest.mark.one_database


@pytest.mark.case("B2")
@pytest.mark.parametrize(
    "name", ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path", "X-Forwarded-Prefix", "X-Accel-Redirect"]
)
def test_an_address_in_a_header_is_looked_up_nowhere(cast: Cast, client: Client, name: str) -> None:
    theirs = OWNED["payments"](cast, False)
    client.force_login(cast.officer)
    for path in (f"/desk/payments/{theirs}/", f"/api/payments/{theirs}"):
        answer = client.get("/desk/payments/", headers={name: path})
        assert answer.status_code == 200 and theirs not in answer.content.decode() and not answer.has_header(name)
        assert client.get(f"/desk/payments/{MISSING}/", headers={name: path}).status_code == 404


@pytest.mark.case("B2")
@pytest.mark.parametrize(
    "name", ["If-Match", "If-None-Match", "Idempotency-Key", "X-HTTP-Method-Override", "X-City", "X-Unit"]
)
def test_a_key_in_a_header_tells_nothing_of_another_units_row(cast: Cast, client: Client, name: str) -> None:
    """Another unit's row and one that never was are answered in the same words whatever the header holds."""
    theirs = OWNED["payments"](cast, False)
    other = Client()
    other.force_login(cast.other_officer)
    tag = other.get(f"/api/payments/{theirs}").headers.get("ETag", '"1"')
    client.force_login(cast.officer)
    for value in (tag, theirs, cast.west.code, "*"):
        said = [asked(client, key, {name: value}) for key in (theirs, MISSING)]
        assert said[0] == said[1] and said[0][0] == 404


def asked(client: Client, key: str, headers: dict[str, str]) -> tuple[int, Any]:
    """Both doors, reading and writing: the statuses, and what the API says."""
    page = client.get(f"/desk/payments/{key}/", headers=headers).status_code
    read = client.get(f"/api/payments/{key}", headers=headers)
    body = json.dumps({"reason": "x"})
    written = client.post(f"/api/payments/{key}/withdraw", body, content_type="application/json", headers=headers)
    return page, (read.status_code, read.json(), written.status_code, json.loads(written.content or b"{}"))
