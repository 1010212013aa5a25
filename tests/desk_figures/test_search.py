"""The top bar's search finds what the searcher may see, and nothing else."""

from cast import Cast
from django.test import Client


def found(client: Client, text: str) -> str:
    page = client.get("/desk/search/", {"q": text}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_a_project_is_found_by_name_code_or_enterprise(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    for text in ("工厂", cast.plant.code, "示例工厂有限"):
        assert client.get("/desk/search/", {"q": text})["Location"] == f"/desk/projects/{cast.plant.code}/"
    assert all(name in found(client, "示例") for name in ("示例工厂", "示例码头"))


def test_a_payment_is_found_by_serial_and_by_place_in_the_ledger(cast: Cast, client: Client) -> None:
    payment = cast.verified()
    client.force_login(cast.leader)
    for text in (payment.bank_serial, f"#{payment.seq}"):
        assert client.get("/desk/search/", {"q": text})["Location"] == f"/desk/payments/{payment.pk}/"


def test_another_unit_s_rows_are_not_found(cast: Cast, client: Client) -> None:
    payment = cast.verified(project=cast.harbour)
    client.force_login(cast.officer)
    for text in ("码头", cast.harbour.code, payment.bank_serial, f"#{payment.seq}"):
        assert "没有找到" in found(client, text), text


def test_signs_of_the_query_language_are_plain_signs(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    for text in ("%", "_", "'; --", "x" * 100_000, ""):
        assert "没有找到" in found(client, text)


def test_a_saved_question_is_found_by_its_title(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    client.post("/desk/questions/save/", {"asked": "about=payments&rows=unit", "title": "各区到账"})
    assert "/desk/questions/?about=payments" in found(client, "区到")
    client.force_login(cast.officer)
    assert "没有找到" in found(client, "区到")
