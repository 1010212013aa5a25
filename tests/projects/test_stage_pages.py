"""Gates hold at every door: page, API, import, shell."""

import json
from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.core.files.base import ContentFile
from django.test import Client

from zhaoshang.projects.models import Project, StageEntry, StageProof, StartEvent
from zhaoshang.projects.stages.correcting import amend_project
from zhaoshang.projects.stages.starts import call_start
from zhaoshang.review.intake_projects import Registration, Unknown, register_from_sheet

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n% sample page\n%%EOF\n"


def of(cast: Cast, project: Project) -> Project:
    return Project.objects.of(cast.city).get(pk=project.pk)  # type: ignore[no-any-return]


def post(client: Client, project: Project, act: str, **given: Any) -> str:
    page = client.post(f"/desk/projects/{project.code}/{act}/", given, follow=True)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def call(client: Client, address: str, **body: Any) -> tuple[int, Any]:
    told = client.post(f"/api/{address}", json.dumps(body), content_type="application/json")
    return told.status_code, told.json()


def test_the_page_says_what_is_missing_with_a_link_to_each(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    text = client.get(f"/desk/projects/{cast.plant.code}/").content.decode()
    assert f'href="/desk/projects/{cast.plant.code}/stages/#proof-registered-licence"' in text
    assert "营业执照" in text


def test_a_move_by_page_takes_its_evidence(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    text = post(client, cast.plant, "advance", stage="registered", on="2023-03-01")
    assert "还缺：投资方、营业执照" in text
    amend_project(project=cast.plant, investor="示例投资", by=cast.officer, at=NOW)
    assert of(cast, cast.plant).promotion == "signed"
    file = ContentFile(PDF, name="a.pdf")
    post(client, cast.plant, "proofs", stage="registered", kind="licence", file=file)
    post(client, cast.plant, "advance", stage="registered", on="2023-03-01", evidence="示例执照")
    assert of(cast, cast.plant).promotion == "registered"


@pytest.mark.parametrize("on", ["", "2023-13-40", "x", "2099-01-01"])
def test_a_bad_day_is_said_and_nothing_is_written(cast: Cast, client: Client, on: str) -> None:
    client.force_login(cast.verifier)
    assert "日期不对" in post(client, cast.plant, "skip", stage="landed", on=on, reason="示例")
    assert not StageEntry.objects.of(cast.city).filter(project=cast.plant, stage="landed").exists()


def test_an_officer_skips_nothing_by_page_or_api(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    given = {"stage": "landed", "on": "2023-03-01"}
    assert client.post(f"/desk/projects/{cast.plant.code}/skip/", given | {"reason": "x"}).status_code == 403
    assert call(client, f"projects/{cast.plant.code}/skip", skip_reason="x", **given)[0] == 403
    assert call(client, f"projects/{cast.plant.code}/advance", **given)[:1] == (409,)
    assert call(client, f"projects/{cast.plant.code}/advance", skip_reason="x", **given)[0] == 422


def test_the_api_moves_what_has_its_evidence_and_lists_what_lacks(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    address = f"projects/{cast.plant.code}"
    amend_project(project=cast.plant, investor="示例投资", by=cast.officer, at=NOW)
    told = client.get(f"/api/{address}/stages").json()
    assert told["next"][0] == {"stage": "registered", "missing": [{"kind": "evidence", "code": "licence"}]}
    move = {"stage": "registered", "on": "2023-03-01"}
    assert call(client, f"{address}/advance", **move)[1]["code"] == "gate_not_met"
    sent = client.post(f"/api/{address}/proofs?stage=registered&kind=licence", {"file": ContentFile(PDF, name="a.pdf")})
    assert sent.status_code == 201
    assert call(client, f"{address}/advance", **move) == (201, {"number": 2})


def test_a_page_registers_nothing_as_landed_and_no_day_without_a_document(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    given = {"name": "示例三厂", "unit": "east", "enterprise": "示例三厂公司", "source_code": "310000", "industry": "C"}
    given |= {"contract": "100", "contract_unit": "万元", "share": "100", "signed_on": "2023-03-01"}
    assert client.post("/desk/projects/new/", given).status_code == 422
    landed = given | {"source": "示例合同", "landed_on": "2023-03-01", "promotion": "landed"}
    assert "已签约的项目须附合同文件" in client.post("/desk/projects/new/", landed).content.decode()
    shown = landed | {"contract_file": ContentFile(PDF, name="contract.pdf")}
    assert client.post("/desk/projects/new/", shown).status_code == 302
    assert StageProof.objects.of(cast.city).get(stage="signed").kind == "contract"
    made = Project.objects.of(cast.city).get(name="示例三厂")
    assert (made.promotion, made.signed_on, made.landed_on) == ("signed", date(2023, 3, 1), None)


def test_an_imported_project_begins_as_a_lead(cast: Cast) -> None:
    wanted = [Registration(Unknown("示例四厂", source_code="310000"), "C")]
    (made,) = register_from_sheet(unit=cast.east, wanted=wanted, year=2023, by=cast.officer, at=NOW)
    assert (made.promotion, made.construction, made.signed_on) == ("lead", "", None)


def test_the_value_after_signing_is_closed_to_the_page_and_corrected_with_a_reason(cast: Cast, client: Client) -> None:
    given = {"investor": "示例", "site": "园区", "contract_fen": "9", "outside_share_bp": "100", "industry": "C"}
    given |= {"source_code": "310000"}
    client.force_login(cast.officer)
    post(client, cast.plant, "amend", **given)
    assert (of(cast, cast.plant).contract_fen, of(cast, cast.plant).site) == (5 * YI, "园区")
    client.force_login(cast.statistician)
    address = f"/desk/projects/{cast.plant.code}/amend/"
    assert client.post(address, given).status_code == 422
    post(client, cast.plant, "amend", reason="合同补充", **given)
    assert of(cast, cast.plant).contract_fen == 9_000_000


def test_the_api_corrects_only_with_the_right_and_the_old_value(cast: Cast, client: Client) -> None:
    body = {"field": "contract_fen", "old": 5 * YI, "new": 6 * YI, "reason": "合同补充"}
    address = f"projects/{cast.plant.code}/corrections"
    client.force_login(cast.officer)
    assert call(client, address, **body)[0] == 403
    client.force_login(cast.statistician)
    assert call(client, address, **body | {"old": 1})[1]["code"] == "not_so"
    assert call(client, address, **body)[0] == 201
    assert of(cast, cast.plant).contract_fen == 6 * YI


def test_a_lost_project_leaves_the_board_and_returns(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert "流向哪个城市" in post(client, cast.plant, "standing", standing="lost", reason="地价")
    post(client, cast.plant, "standing", standing="lost", reason="地价", lost_to="沈阳市")
    assert "示例工厂" not in client.get("/desk/projects/board/").content.decode()
    assert "示例工厂" in client.get("/desk/projects/?standing=lost").content.decode()
    post(client, cast.plant, "standing", standing="open", reason="重谈")
    assert "示例工厂" in client.get("/desk/projects/board/").content.decode()


def test_a_corrected_day_shows_in_the_log(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    text = post(client, cast.plant, "correct-day", stage="signed", on="2023-01-05", reason="落款日期")
    assert "更正日期：签约" in text
    assert of(cast, cast.plant).signed_on == date(2023, 1, 5)


def test_board_and_list_show_the_own_unit_and_keep_filters_in_the_address(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    board = client.get("/desk/projects/board/").content.decode()
    assert "示例工厂" in board
    assert "示例码头" not in board
    assert "?promotion=signed&amp;standing=open" in board
    assert client.get("/desk/projects/board/?xlsx=1&chain=construction").headers["Content-Type"].endswith("sheet")
    assert "示例工厂" not in client.get("/desk/projects/?promotion=landed").content.decode()


def test_a_start_is_called_filled_and_exported_by_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {"code": "s1", "day": "2023-01-28", "title": "示例同步开工", "document": "示例1号", "beside": "west"}
    assert client.post("/desk/starts/new/", given).status_code == 302
    assert client.post("/desk/starts/new/", given).status_code == 422
    address = "/desk/starts/s1/"
    no_proof = client.post(f"{address}list/", {"projects": cast.plant.code}, follow=True).content.decode()
    assert "还没有开工凭证" in no_proof
    assert "没有这些项目" in client.post(f"{address}list/", {"projects": "none"}, follow=True).content.decode()
    post(client, cast.plant, "proofs", stage="started", kind="start_proof", file=ContentFile(PDF, name="a.pdf"))
    client.post(f"{address}list/", {"projects": cast.plant.code})
    assert "示例工厂" in client.get(address).content.decode()
    assert client.get(f"{address}?xlsx=1").headers["Content-Type"].endswith("sheet")
    assert client.get("/api/starts/s1").json()[0]["project"] == cast.plant.code
    client.force_login(cast.other_officer)
    assert "示例工厂" not in client.get(address).content.decode()


def test_a_proof_opens_for_who_sees_its_project_only(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    post(client, cast.plant, "proofs", stage="registered", kind="licence", file=ContentFile(PDF, name="a.pdf"))
    text = client.get(f"/desk/projects/{cast.plant.code}/stages/").content.decode()
    address = text[text.index("/desk/stage-proofs/") :].split('"')[0]
    assert client.get(address).content == PDF
    client.force_login(cast.other_officer)
    assert client.get(address).status_code == 404


def test_a_start_of_another_city_is_absent(cast: Cast, client: Client) -> None:
    told = {"title": "x", "document": "x", "by": cast.statistician, "at": NOW}
    call_start(city=cast.city, code="s9", day=date(2023, 1, 28), **told)  # type: ignore[arg-type]
    assert StartEvent.objects.of(cast.city).count() == 1
    client.force_login(cast.leader)
    assert client.get("/desk/starts/none/").status_code == 404
