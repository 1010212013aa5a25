"""Who changes what was read says which revision was read: If-Match with its ETag, and is told what stands there now."""

from typing import Any

import pytest
from cast import Cast
from django.test import Client

from api.asking import post
from zhaoshang.capital.rules import Standing

VERIFY = {"verdict": "verify"}


@pytest.fixture
def verifier(cast: Cast, client: Client) -> Client:
    client.force_login(cast.verifier)
    return client


def decide(verifier: Client, payment: Any, seen: str | None, **more: Any) -> Any:
    headers = {"HTTP_IF_MATCH": seen} if seen is not None else {}
    return post(verifier, f"payments/{payment.pk}/decision", VERIFY | more, **headers)


@pytest.mark.case("G4")
def test_the_tag_with_which_it_was_read_decides_it(cast: Cast, verifier: Client) -> None:
    payment = cast.declared()
    tag = verifier.get(f"/api/payments/{payment.pk}")["ETag"]
    done = decide(verifier, payment, tag)
    assert (tag, done.status_code, done.json()["standing"]) == (f'"{payment.revision}"', 200, Standing.VERIFIED)


@pytest.mark.case("G4")
@pytest.mark.parametrize("seen", ['"0"', '"99"', "*", 'W/"2"', '"x"', "2"])
def test_a_tag_that_is_no_longer_so_is_told_what_is(cast: Cast, verifier: Client, seen: str) -> None:
    payment = cast.declared()
    told = decide(verifier, payment, seen)
    assert (told.status_code, told.json()["code"], told.json()["current"]["revision"]) == (
        412,
        "changed",
        payment.revision,
    )


@pytest.mark.case("G4")
def test_without_a_tag_or_a_revision_nothing_is_decided(cast: Cast, verifier: Client) -> None:
    payment = cast.declared()
    assert [decide(verifier, payment, None).status_code, decide(verifier, payment, '"1"', revision=2).status_code] == [
        428,
        422,
    ]
    assert decide(verifier, payment, None, revision=payment.revision).status_code == 200


@pytest.mark.case("G4")
def test_of_two_who_change_a_card_the_second_is_told_the_first_s(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    path = f"/api/enterprises/{cast.plant.enterprise_id}"
    tag = client.get(path)["ETag"]

    def change(name: str) -> Any:
        return client.patch(path, {"name": name}, content_type="application/json", headers={"if-match": tag})

    first, second = change("示例工厂甲有限公司"), change("示例工厂乙有限公司")
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["current"]["name"] == "示例工厂甲有限公司"
    assert first["ETag"] != tag
