"""The desk's pages and the API of appraisals, contracts and promises."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import Cast
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from contracts.papers import RISKY, blank_pdf, cleared, docx, in_talks, pdf, promised, reviewed, uploaded, weighed
from zhaoshang.contracts.models import Appraisal, Decision, Flag, Promise, Review
from zhaoshang.contracts.queries import flags_of
from zhaoshang.contracts.rules.clauses import ReviewKind
from zhaoshang.desk.story.contracts import lines
from zhaoshang.desk.waiting.contracts import tasks
from zhaoshang.regions.access import viewer_of

pytestmark = pytest.mark.django_db
SHEET = {"site": "rented", "total": "12000", "fixed": "6500", "building_m2": "20000", "zone_ratio": "1.5", "tax": "620"}


def page(client: Client, name: str, *of: Any, query: str = "") -> str:
    answer = client.get(reverse(f"desk:{name}", args=of) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *of: Any, **given: Any) -> str:
    return client.post(reverse(f"desk:{name}", args=of), given, follow=True).content.decode()


def file(content: bytes, name: str = "合同.docx") -> ContentFile[bytes]:
    return ContentFile(content, name=name)


def test_the_calculator_computes_without_keeping_and_without_script(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    text = post(client, "appraisal_calculator", **SHEET)
    assert "20.00 亩（虚拟用地）" in text
    assert "325.00" in text
    assert not Appraisal.objects.of(cast.city).exists()


def test_a_change_in_the_form_brings_the_result_alone(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    answer = client.post(reverse("desk:appraisal_calculator"), SHEET, headers={"HX-Request": "true"})
    assert "325.00" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_wrong_number_is_named_and_nothing_is_kept(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    text = post(client, "project_appraisal_new", cast.plant.code, **SHEET | {"fixed": "很多", "do": "keep"})
    assert "“固定资产投资”填得不对" in text
    assert 'value="12000"' in text
    assert not Appraisal.objects.of(cast.city).exists()


def test_a_sheet_is_kept_decided_and_printed(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    looked = {
        f"{kind}-{code}": "no" for code in ("dishonesty", "environment", "land", "qualification") for kind in ("veto",)
    }
    looked |= {name.replace("veto", "evidence"): "示例查询" for name in looked}
    text = post(client, "project_appraisal_new", cast.plant.code, **SHEET | looked | {"do": "keep"})
    assert "待评审" in text
    one = Appraisal.objects.of(cast.city).get()
    client.force_login(cast.verifier)
    today = timezone.localdate().isoformat()
    given = {"outcome": "conditional", "met_on": today, "members": "甲、乙", "text-0": "补能评", "owner-0": "示例园区"}
    text = post(client, "appraisal_decide", one.pk, **given | {"due_on-0": "2030-01-01"})
    assert "附条件通过" in text
    assert Decision.objects.of(cast.city).get().members == ["甲", "乙"]
    answer = client.get(reverse("desk:appraisal_file", args=[one.pk, "docx"]))
    said = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
    assert "关于示例工厂的研判报告" in said
    assert "补能评" in said
    answer = client.get(reverse("desk:appraisal_file", args=[one.pk, "xlsx"]))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert ("折合亩数（亩）", 20) in [row[:2] for row in rows]
    assert client.get(reverse("desk:appraisal_file", args=[one.pk, "exe"])).status_code == 404


def test_the_report_of_an_appraisal_keeps_the_standard_of_papers(cast: Cast, client: Client) -> None:
    from zhaoshang.ui.documents.docx import check_docx

    one = weighed(cast, cast.plant, summary='=HYPERLINK("x")<script>')
    client.force_login(cast.leader)
    content = client.get(reverse("desk:appraisal_file", args=[one.pk, "docx"])).content
    assert check_docx(content) == []


def test_a_contract_goes_from_upload_to_its_reviews_on_the_pages(cast: Cast, client: Client) -> None:
    project = in_talks(cast)
    client.force_login(cast.officer)
    text = post(client, "contract_upload", project.code, file=file(docx(RISKY)))
    assert "2 处待处理或须删去" in text
    flag = Flag.objects.of(cast.city).order_by("number")[0]
    text = page(client, "contract_text", flag.text_id)
    assert f'href="#flag-{flag.number}"' in text
    assert "地方留成部分的百分之五十给予奖励</a>" in text
    assert "handled-1" not in text
    client.force_login(cast.verifier)
    assert "handled-1" in page(client, "contract_text", flag.text_id)
    for one in Flag.objects.of(cast.city):
        post(client, "contract_flag", one.pk, handled="justified", reason="示例依据")
    opinion = {"kind": "legal_review", "finding": "passed", "conclusion": "示例", "done_on": "2024-09-09"}
    assert "审查已登记" in post(client, "contract_review", project.code, **opinion, file=file(pdf("o"), "意见.pdf"))
    answer = client.get(reverse("desk:review_file", args=[Review.objects.of(cast.city).get().pk]))
    assert answer.content == pdf("o")
    assert "签约还缺：尽职调查、公平竞争审查" in page(client, "contract", project.code)


def test_a_page_says_whether_the_reviews_are_asked_for_today(cast: Cast, client: Client, monkeypatch: Any) -> None:
    client.force_login(cast.officer)
    project = in_talks(cast)
    assert "签约还缺：尽职调查、合法性审查、公平竞争审查" in page(client, "contract", project.code)
    cleared(cast, uploaded(cast, project))
    for kind in ReviewKind:
        reviewed(cast, project, kind)
    assert "签约前的审查已齐" in page(client, "contract", project.code)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2023, 4, 21))
    told = page(client, "contract", project.code)
    assert "今天签约还不要求审查；2024-08-01 起签约须先有审查" in told and "已齐" not in told


def test_refusals_on_the_pages_say_what_to_do(cast: Cast, client: Client) -> None:
    project = in_talks(cast)
    client.force_login(cast.verifier)
    opinion = {"kind": "legal_review", "finding": "passed", "conclusion": "示例", "done_on": "2024-09-09"}
    assert "请先上传待签的合同" in post(
        client, "contract_review", project.code, **opinion, file=file(pdf("o"), "a.pdf")
    )
    uploaded(cast, project)
    said = post(client, "contract_review", project.code, **opinion, file=file(pdf("o"), "a.pdf"))
    assert "还有 2 处标出的条款没有处理" in said
    client.force_login(cast.officer)
    assert "不接受压缩包" in post(client, "contract_upload", project.code, file=file(b"Rar!", "a.rar"))
    assert "文件是空的" in post(client, "contract_upload", project.code)


def test_a_scan_says_so_and_asks_for_a_reading(cast: Cast, client: Client) -> None:
    text = uploaded(cast, in_talks(cast), content=blank_pdf(), name="扫描.pdf")
    client.force_login(cast.verifier)
    shown = page(client, "contract_text", text.pk)
    assert "没有文字层" in shown
    assert "已通读全文" in shown


def test_promises_are_made_amended_and_settled_on_the_pages(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    said = {"side": "government", "text": "道路通到厂区", "due_on": "2025-01-01", "responsible": "示例管委会"}
    said |= {"document": "示例合同", "agreed_on": "2023-01-01", "measure": "", "amount": "1,2万"}
    assert "承诺已登记" not in post(client, "promise_new", cast.plant.code, **said)
    assert "承诺已登记" in post(client, "promise_new", cast.plant.code, **said | {"amount": "120"})
    one = Promise.objects.of(cast.city).get()
    change = {"text": one.text, "due_on": "2025-06-30", "responsible": one.responsible, "amount": "150"}
    text = post(client, "promise_amend", one.pk, **change, document="补充协议", agreed_on="2024-01-01")
    assert "2025-01-01 → 2025-06-30" in text
    assert "120.00 → 150.00" in text
    assert "兑现须附凭证" in post(client, "promise_settle", one.pk, status="kept", on="2025-06-01")
    given = {"status": "kept", "on": "2025-07-01", "file": file(pdf("r"), "验收.pdf")}
    assert "逾期兑现" in post(client, "promise_settle", one.pk, **given)


def test_the_list_filters_overdue_by_side_and_leaves_as_xlsx(cast: Cast, client: Client) -> None:
    promised(cast, cast.plant)
    promised(cast, cast.harbour, by=cast.other_officer)
    client.force_login(cast.leader)
    assert page(client, "promise_list", query="?side=government&status=overdue").count("示例合同1号") == 2
    assert "示例合同1号" not in page(client, "promise_list", query="?side=enterprise&status=overdue")
    client.force_login(cast.officer)
    answer = client.get(reverse("desk:promise_list") + "?xlsx=1&status=overdue")
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert [row[0] for row in rows[2:]] == [cast.plant.code]


def test_promised_and_real_stand_beside_each_other(cast: Cast, client: Client) -> None:
    from datetime import date

    from zhaoshang.contracts.rules.promises import Measure

    promised(cast, cast.plant, measure=Measure.TAX, amount_fen=100_000_000, due_on=date(2023, 12, 31))
    client.force_login(cast.officer)
    text = post(client, "actual_new", cast.plant.code, year="2023", measure="tax", amount="90", document="示例纳税证明")
    assert "示例纳税证明" in text
    assert "还没有登记" in text
    assert "没有研判表，亩均算不出" in text


def test_every_part_of_the_api_answers(cast: Cast, client: Client) -> None:
    project = in_talks(cast)
    client.force_login(cast.officer)

    def call(address: str, body: dict[str, Any] | None = None) -> Any:
        if body is None:
            return client.get(f"/api/{address}").json()
        return client.post(f"/api/{address}", json.dumps(body), content_type="application/json").json()

    trial = call(
        "appraisals/calculate", {"site": "land", "industry": "C", "inputs": {"fixed": "6000", "land_mu": "20"}}
    )
    assert trial["lines"][1]["verdict"] == "passed"
    wrong = call("appraisals/calculate", {"site": "land", "industry": "C", "inputs": {"fixed": "x"}})
    assert (wrong["code"], "固定资产投资" in wrong["message"]) == ("bad_input", True)
    made = call(f"projects/{project.code}/appraisals", {"site": "land", "inputs": {"total": "1"}})
    assert call(f"projects/{project.code}/appraisals")[0]["id"] == made["id"]
    assert call("appraisals?outcome=none")["rows"][0]["project"] == project.code
    answer = client.post(f"/api/projects/{project.code}/contract-texts", {"file": file(docx(RISKY))}).json()
    assert answer["flags"] == 2
    text = call(f"contract-texts/{answer['id']}")
    flag = text["flags"][0]
    assert text["paragraphs"][flag["paragraph"] - 1]["text"][flag["start"] : flag["end"]].startswith("地方留成")
    said = {"side": "government", "text": "x", "due_on": "2020-01-01", "responsible": "x", "document": "x"}
    promise = call(f"projects/{project.code}/promises", said | {"agreed_on": "2020-01-01", "amount": "10.50"})
    assert call("promises?status=overdue&side=government")["rows"][0]["amount"] == "10.50"
    assert (
        call(f"promises/{promise['id']}/amendment", {"document": "x", "agreed_on": "2020-02-01", "text": "y"})["text"]
        == "y"
    )
    settled = client.post(
        f"/api/promises/{promise['id']}/settlement?status=kept&on=2020-03-01", {"file": file(pdf("k"), "a.pdf")}
    )
    assert settled.json()["status"] == "late"
    call(f"projects/{project.code}/actuals", {"year": 2022, "measure": "tax", "amount": "1.00", "document": "x"})
    years = call(f"projects/{project.code}/promises")["years"]
    assert {"year": 2022, "measure": "tax", "promised": None, "real": "1.00", "document": "x"} in years
    assert set(call("standards")) == {"appraisal", "clauses"}
    client.force_login(cast.verifier)
    assert call(f"contract-flags/{flag['id']}", {"handled": "remove"})["handled"] == "remove"
    assert call(f"contract-flags/{flag['id']}", {"handled": "remove"})["code"] == "already_handled"
    review = f"/api/projects/{project.code}/reviews?kind=due_diligence&finding=passed&conclusion=x&done_on=2024-09-01"
    assert client.post(review, {"file": file(pdf("d"), "a.pdf")}).status_code == 201
    assert [one["kind"] for one in call(f"projects/{project.code}/contract")["reviews"]] == ["due_diligence"]
    met = timezone.localdate().isoformat()
    assert "id" in call(f"appraisals/{made['id']}/decision", {"outcome": "defer", "met_on": met, "members": ["甲"]})


def test_the_story_and_what_waits(cast: Cast) -> None:
    project = in_talks(cast)
    text = uploaded(cast, project)
    weighed(cast, project)
    promised(cast, project)
    reviewed(cast, project, ReviewKind.DUE_DILIGENCE)
    told = list(lines(project, viewer_of(cast.leader, cast.city)))
    assert [line.promised for line in told] == [False, False, False, True]
    today = text.drafted_at.date().replace(year=2026)
    waits = [(task.text, task.count) for task in tasks(viewer_of(cast.verifier, cast.city), today)]
    assert waits == [("示例新厂：标出的条款待处理", 2), ("研判表待登记评审结论", 1)]
    (late,) = tasks(viewer_of(cast.officer, cast.city), today)
    assert (late.text, late.count) == ("政府承诺已逾期", 1)
    assert list(tasks(viewer_of(cast.other_officer, cast.city), today)) == []
    cleared(cast, text)
    assert len(list(tasks(viewer_of(cast.verifier, cast.city), today))) == 1


@pytest.mark.parametrize(
    "name", ["appraisal_list", "project_appraisals", "contract", "contract_text", "promise_list", "project_promises"]
)
def test_a_page_asks_the_same_for_few_and_for_many(cast: Cast, client: Client, name: str) -> None:
    project = in_talks(cast)
    text = uploaded(cast, project)
    for place in range(4):
        weighed(cast, project)
        promised(cast, project)
        reviewed(cast, project, ReviewKind.DUE_DILIGENCE, str(place))
    of = {"appraisal_list": [], "promise_list": [], "contract_text": [text.pk]}.get(name, [project.code])
    client.force_login(cast.statistician)
    client.get("/desk/projects/")
    assert len(flags_of(text)) == 2
    assert queries_of(client, reverse(f"desk:{name}", args=of)) == QUERY_COUNTS[f"desk:{name}"]


def test_a_first_sheet_begins_with_the_contract_and_no_outcome_is_chosen_for_the_committee(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.officer)
    page = client.get(f"/desk/projects/{cast.plant.code}/appraisals/new/").content.decode()
    assert 'name="total" id="f-total" value="50000"' in page and "取自项目的合同额" in page
    weighed(cast, cast.plant)
    client.force_login(cast.verifier)
    page = client.get(f"/desk/projects/{cast.plant.code}/appraisals/").content.decode()
    assert 'id="f-outcome" required><option value="">—</option>' in page
