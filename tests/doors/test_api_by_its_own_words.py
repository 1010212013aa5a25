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
# Of each operation; `make test-long` asks for many more, and as every role instead of one that may and one by turns.
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


@pytest.mark.parametrize("role", Role)
@pytest.mark.case("E1", "E9")
def test_no_allowed_request_breaks_the_api_or_its_word(
    served: None, cast: Cast, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhaoshang.api.door.take", lambda **_asked: 0)  # no key asks so much in a minute
    dictionary(cast)
    cast.verified()
    user = getattr(cast, role.value)
    _token, key = issue_token(city=cast.city, user=user, name="t", can_write=True, days=9999, by=user, at=cast.now)
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) > 20
    asked: Counter[str] = Counter()
    for turn, operation in enumerate(operations):
        if EVERY_ROLE or role in askers(operation, turn):
            ask_many(operation, {"Authorization": f"Bearer {key}"}, asked)
    print(f"{role.value}: {asked['requests']} requests, seed {SEED}")
    assert asked.pop("requests") > 20 and not asked, asked


def askers(operation: Any, turn: int) -> set[Role]:
    """One role that may call the operation, and one by turns that perhaps may not."""
    may = MAY[operation.method.upper(), operation.path]
    return {may[turn % len(may)], list(Role)[turn % len(Role)]}


def ask_many(operation: Any, headers: dict[str, str], asked: Counter[str]) -> None:
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
            case.call_and_validate(headers=headers, checks=CHECKS)
        except Exception as error:
            asked[f"{operation.method.upper()} {operation.path}: {told_of(error)}"] += 1

    ask()


def told_of(error: Exception) -> str:
    """What went wrong, with the request that anybody can repeat."""
    return "\n".join(str(one) for one in (error, *getattr(error, "exceptions", ())))[:2000]
