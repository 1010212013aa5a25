"""What the pages of stages do, a machine does with the same refusals."""

from typing import Any

from cast import Cast
from django.core.files.base import ContentFile
from django.test import Client

from zhaoshang.projects.models import Project

PDF = b"%PDF-1.4\n% sample\n%%EOF\n"


def post(client: Client, address: str, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/api/{address}", body, content_type="application/json")
    return answer.status_code, answer.json()


def plant(cast: Cast) -> Project:
    return Project.objects.of(cast.city).get(pk=cast.plant.pk)  # type: ignore[no-any-return]


def test_a_project_is_lost_to_a_city_and_comes_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    at = f"projects/{cast.plant.code}"
    assert post(client, f"{at}/close", standing="lost", reason="地价")[1]["code"] == "lost_to_missing"
    assert post(client, f"{at}/close", standing="lost", reason="地价", lost_to="沈阳市")[0] == 201
    assert plant(cast).standing == "lost"
    assert post(client, f"{at}/reopen", reason="重谈")[0] == 201
    assert post(client, f"{at}/reopen", reason="重谈")[1]["code"] == "already_so"


def test_a_day_is_put_right_by_who_may(cast: Cast, client: Client) -> None:
    at, body = f"projects/{cast.plant.code}/days", {"stage": "signed", "on": "2023-01-05", "reason": "落款日期"}
    client.force_login(cast.officer)
    assert post(client, at, **body)[0] == 403
    client.force_login(cast.statistician)
    assert post(client, at, **body)[0] == 201 and f"{plant(cast).signed_on}" == "2023-01-05"


def test_a_start_is_called_and_filled(cast: Cast, client: Client) -> None:
    body = {"code": "s1", "day": "2023-01-28", "title": "示例同步开工", "document": "示例1号"}
    client.force_login(cast.officer)
    assert post(client, "starts", **body)[0] == 403
    client.force_login(cast.statistician)
    assert post(client, "starts", **body)[0] == 201 and post(client, "starts", **body)[1]["code"] == "code_taken"
    client.force_login(cast.officer)
    assert post(client, "starts/s1/projects", projects=[cast.plant.code])[1]["code"] == "not_started"
    file = {"file": ContentFile(PDF, name="a.pdf")}
    client.post(f"/api/projects/{cast.plant.code}/proofs?stage=started&kind=start_proof", file)
    assert post(client, "starts/s1/projects", projects=[cast.plant.code]) == (201, {"new": 1})
    assert post(client, "starts/s1/projects", projects=[cast.harbour.code])[0] == 404


def test_a_project_is_not_registered_as_signed_without_its_contract(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    body = {"unit": "east", "name": "示例五厂", "enterprise": "示例五厂公司", "source_code": "310000", "industry": "C"}
    signed = body | {"contract": "100", "signed_on": "2023-03-01", "source": "示例合同"}
    assert post(client, "projects", **signed)[1]["code"] == "contract_missing"
    assert not Project.objects.of(cast.city).filter(name="示例五厂").exists()
    assert post(client, "projects", **body, contract="100")[0] == 201
