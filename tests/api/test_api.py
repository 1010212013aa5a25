"""The API through its front: money in strings, own unit only, tokens, refusals with codes, and the OpenAPI document."""

import json
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.test import Client
from django.utils import timezone
from ninja.openapi.schema import OpenAPISchema

from api.asking import body, post
from zhaoshang.api.urls import api
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind
from zhaoshang.people.actions import issue_token, revoke_token


def test_a_payment_is_declared_to_the_fen_and_seen_again(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    made = post(client, "payments", body(cast))
    assert (made.status_code, made.json()["amount"], made.json()["standing"]) == (201, "100000000.05", "declared")
    assert Payment.objects.of(cast.city).get().amount_fen == 10_000_000_005


@pytest.mark.parametrize("amount", [100, True, "1e9", "1.005", "NaN", "-1", "１２", "", None])
@pytest.mark.case("E4")
def test_an_amount_that_is_no_decimal_string_is_refused(cast: Cast, client: Client, amount: Any) -> None:
    client.force_login(cast.officer)
    assert post(client, "payments", body(cast, amount=amount)).status_code == 422
    assert not Payment.objects.of(cast.city).exists()


@pytest.mark.parametrize(
    "extra",
    [
        "standing",
        "seq",
        "digest",
        "decided_by",
        "decided_at",
        "declared_at",
        "declared_by",
        "id",
        "city",
        "unit",
        "is_staff",
    ],
)
@pytest.mark.case("B6")
def test_state_and_signatures_cannot_be_smuggled_in(cast: Cast, client: Client, extra: str) -> None:
    client.force_login(cast.officer)
    assert post(client, "payments", body(cast, **{extra: "1"})).status_code == 422


@pytest.mark.case("B2", "B3")
def test_another_units_project_is_absent(cast: Cast, client: Client) -> None:
    client.force_login(cast.other_officer)
    assert post(client, "payments", body(cast)).status_code == 404


def test_the_same_slip_twice_is_a_conflict_with_a_code(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    post(client, "payments", body(cast))
    again = post(client, "payments", body(cast))
    assert (again.status_code, again.json()["code"]) == (409, "proof_in_use")


@pytest.mark.case("F9", "G4")
def test_a_decision_needs_the_revision_that_was_looked_at(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    client.force_login(cast.verifier)
    stale = post(client, f"payments/{payment.pk}/decision", {"verdict": "verify", "revision": payment.revision - 1})
    right = post(client, f"payments/{payment.pk}/decision", {"verdict": "verify", "revision": payment.revision})
    assert (stale.status_code, right.status_code, right.json()["seq"]) == (409, 200, 1)


def test_missing_evidence_is_refused_by_name(cast: Cast, client: Client) -> None:
    payment = cast.declared(with_evidence=False)
    client.force_login(cast.verifier)
    answer = post(client, f"payments/{payment.pk}/decision", {"verdict": "verify", "revision": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence_missing")


def test_every_ruling_names_its_rule(cast: Cast, client: Client) -> None:
    payment = cast.verified(kind="working_capital")
    client.force_login(cast.officer)
    ruling = client.get(f"/api/payments/{payment.pk}").json()["rulings"][0]
    assert (ruling["counted"], ruling["steps"][0]["rule"]) == ("30000000.00", "3")


def test_pages_of_payments_neither_skip_nor_repeat(cast: Cast, client: Client) -> None:
    made = {str(cast.declared(with_evidence=False).pk) for _ in range(5)}
    client.force_login(cast.leader)
    seen, after = [], ""
    for _ in range(3):
        page = client.get(f"/api/payments?limit=2{after}").json()
        seen += [row["id"] for row in page["rows"]]
        after = f"&after={page['next']}"
    assert (sorted(seen), seen) == (sorted(made), sorted(seen, reverse=True))


def _token(cast: Cast, can_write: bool = False, days: int = 1) -> tuple[Any, dict[str, str]]:
    token, key = issue_token(
        city=cast.city, user=cast.officer, name="机", can_write=can_write, days=days, by=cast.officer, at=timezone.now()
    )
    return token, {"HTTP_AUTHORIZATION": f"Bearer {key}"}


@pytest.mark.case("E2")
def test_a_token_acts_as_its_person_and_a_reading_one_writes_nothing(cast: Cast, client: Client) -> None:
    _, reading = _token(cast)
    _, writing = _token(cast, can_write=True)
    assert client.get("/api/me", **reading).json()["role"] == "officer"
    assert post(client, "payments", body(cast), **reading).status_code == 403
    assert post(client, "payments", body(cast), **writing).status_code == 201


@pytest.mark.case("E2")
def test_a_revoked_expired_or_misplaced_token_opens_nothing(cast: Cast, client: Client) -> None:
    token, header = _token(cast)
    key = header["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert client.get(f"/api/me?token={key}").status_code == 401
    revoke_token(token=token, by=cast.officer, at=timezone.now())
    _, old = _token(cast, days=-1)
    assert [client.get("/api/me", **one).status_code for one in (header, old)] == [401, 401]


@pytest.mark.case("D1")
def test_a_session_writes_only_with_its_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    assert post(client, "payments", body(cast)).status_code == 403


def test_a_figure_says_its_version_growth_and_parts(cast: Cast, client: Client) -> None:
    from zhaoshang.figures.actions import add_version, define_indicator

    named = define_indicator(
        city=cast.city, by=cast.statistician, at=NOW, code="capital", name="到位内资", name_en="Capital in place",
        unit_of_value="fen", reading_class="capital_in_place", words=["到位内资"], position=1,
    )  # fmt: skip
    add_version(
        indicator=named, by=cast.statistician, at=NOW, code="v1", title="省外", title_en="outside", definition="省外", measure="capital",
        rule_set=cast.rules, source_classes=["outside_province"], valid_from=cast.rules.valid_from, source="示例",
    )  # fmt: skip
    cast.verified(report_month=2022 * 12, paid_on=NOW.date() - timedelta(days=430))
    cast.verified(amount_fen=2 * YI)
    client.force_login(cast.leader)
    told = client.get("/api/figures/capital?period=2023Q1&unit=east").json()
    assert (told["value"], told["growth_percent"], told["base"]["basis"]) == ("200000000.00", "100.00", "same_version")
    assert client.get("/api/league/capital?period=2023Q1").status_code == 200
    assert client.get("/api/figures/nothing?period=2023Q1").json()["code"] == "unknown_indicator"
    assert client.get("/api/figures/capital?period=last").json()["code"] == "not_a_period"


def test_the_document_is_openapi_3_1_and_lists_every_address(client: Client, db: None) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"/api/payments", "/api/figures/{indicator}", "/api/texts/check"} <= set(document["paths"])
    assert client.get("/api/docs").status_code == 200


def test_each_name_in_the_description_stands_for_one_class() -> None:
    meant: dict[str, set[str]] = defaultdict(set)

    class Watching(OpenAPISchema):
        def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
            for name, told in definitions.items():
                meant[name].add(json.dumps(told, sort_keys=True))
            super().add_schema_definitions(definitions)

    Watching(api, "/api/")
    assert len(meant) > 150
    assert [name for name, told in meant.items() if len(told) > 1] == []
    kinds = {
        name: json.loads(*told)["enum"]
        for name, told in meant.items()
        if name.endswith("Kind") and "enum" in next(iter(told))
    }
    assert kinds["CapitalKind"] == [kind.value for kind in Kind]
    assert kinds["PublishingKind"] != kinds["CapitalKind"]
