"""The API asked by what it says of itself: whatever its description allows never breaks it, and it answers as described."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from architecture.routes import routes
from cast import Cast
from dictionary import dictionary
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from zhaoshang.config.wsgi import application
from zhaoshang.people.actions import issue_token
from zhaoshang.people.rules import Role

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Of each operation, as one role that may; `make test-rest` asks as every role by turns, `make test-long` far more and as all.
EXAMPLES_OF_AN_OPERATION = int(os.environ.get("ZHAOSHANG_EXAMPLES", "2"))
SEED = int(os.environ.get("ZHAOSHANG_SEED", "20230331"))
EVERY_ROLE = EXAMPLES_OF_AN_OPERATION > 2
MAY = {
    (route.verb, "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.pattern)): sorted(route.roles) for route in routes()
}


@pytest.fixture
def served() -> Iterator[None]:
    """The application as the server calls it, but within the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def keys(served: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[Role, str]:
    """A writing key of every role, in a city that has something of everything."""
    monkeypatch.setattr("zhaoshang.api.door.take", lambda **_asked: 0)  # no key asks so much in a minute
    dictionary(cast)
    cast.verified()
    given = {}
    for role in Role:
        user = getattr(cast, role.value)
        _token, given[role] = issue_token(
            city=cast.city, user=user, name="t", can_write=True, days=9999, by=user, at=cast.now
        )
    return given


def operations() -> list[Any]:
    """All that the API says of itself."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    return [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]


@pytest.mark.thorough
@pytest.mark.case("E1", "E9")
def test_no_request_of_one_who_may_breaks_the_api_or_its_word(keys: dict[Role, str]) -> None:
    asked: Counter[str] = Counter()
    for turn, operation in enumerate(operations()):
        may = MAY[operation.method.upper(), operation.path]
        ask_many(operation, keys[may[turn % len(may)]], asked)
    assert asked.pop("requests") > 100 and not asked, asked


@pytest.mark.thorough
@pytest.mark.parametrize("role", Role)
@pytest.mark.case("E1", "E9")
def test_no_request_of_any_role_breaks_the_api_or_its_word(keys: dict[Role, str], role: Role) -> None:
    asked: Counter[str] = Counter()
    for turn, operation in enumerate(operations()):
        if EVERY_ROLE or role is list(Role)[turn % len(Role)]:
            ask_many(operation, keys[role], asked)
    print(f"{role.value}: {asked['requests']} requests, seed {SEED}")
    assert asked.pop("requests") > 20 and not asked, asked


def ask_many(operation: Any, key: str, asked: Counter[str]) -> None:
    """Call one operation with invented requests, the same each time; counts them, and what was wrong with an answer."""

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES_OF_AN_OPERATION,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        asked["requests"] += 1
        try:
            case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)
        except Exception as error:
            asked[f"{operation.method.upper()} {operation.path}: {told_of(error)}"] += 1

    ask()


def told_of(error: Exception) -> str:
    """What went wrong, with the request that anybody can repeat."""
    return "\n".join(str(one) for one in (error, *getattr(error, "exceptions", ())))[:2000]
