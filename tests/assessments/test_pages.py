"""The desk's pages of assessments, regulations and lights: what each role sees and may do, and what bad input is told."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, YI, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from assessments import city
from assessments.city import LIGHTS, SCORES, drafted, inspected, issued, started
from zhaoshang.assessments.assessing import show_assessment
from zhaoshang.assessments.lighting import compute_lights
from zhaoshang.assessments.models import Assessment, EnteredInput, Light, LightNote, Objection, Regulation
from zhaoshang.common.periods import parse_month
from zhaoshang.people.models import User

MARCH = parse_month("2023-03")


def text(client: Client, address: str, given: Any = None, status: int = 200) -> str:
    page = client.get(address) if given is None else client.post(address, given, follow=True)
    assert page.status_code == status, page.status_code
    return page.content.decode()


def of(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def shown_now(cast: Cast) -> Assessment:
    """Shown, with a window that is open today."""
    today = timezone.localdate()
    return show_assessment(
        assessment=started(cast), objections_from=today, objections_until=today + timedelta(days=3), today=today,
        by=cast.statistician, at=NOW,
    )  # fmt: skip


def lit(cast: Cast) -> Regulation:
    """Lights of March, computed."""
    regulation = issued(cast, "lights", LIGHTS)
    compute_lights(regulation=regulation, month=MARCH, by=cast.statistician, at=NOW)
    return regulation


def test_a_statistician_drafts_and_shows_and_a_district_sees_it_then(assessed: Cast, client: Client) -> None:
    issued(assessed)
    of(client, assessed.statistician)
    page = text(client, "/desk/assessments/new/", {"regulation": "score-2023", "period": "2023Q1", "title": ""})
    assert "2023年一季度招商引资考核" in page and "100.00" in page
    one = Assessment.objects.of(assessed.city).get()
    assert "还没有考核" in text(of(client, assessed.officer), "/desk/assessments/")
    text(client, f"/desk/assessments/{one.pk}/", status=404)
    today = timezone.localdate()
    window = {"objections_from": str(today), "objections_until": str(today)}
    assert "已公示" in text(of(client, assessed.statistician), f"/desk/assessments/{one.pk}/show/", window)
    page = text(of(client, assessed.other_officer), f"/desk/assessments/{one.pk}/")
    assert "东山区" in page and "看西海区的每一条" in page


def test_a_units_sheet_shows_each_point_and_opens_the_figure(assessed: Cast, client: Client) -> None:
    inspected(assessed, 2)
    one = shown_now(assessed)
    page = text(of(client, assessed.officer), f"/desk/assessments/{one.pk}/units/east/")
    for words in (
        "60 × min(30 ÷ 25, 100%) = 60",
        "完成率达到百分之二十五得满分", "/desk/figures/capital_in_place/east/2023Q1/", "示例督查〔2023〕1号",
        "-min(2 × 2, 5) = -4", "96.00",
    ):  # fmt: skip
        assert words in page, words


def test_an_officer_objects_on_the_page_and_a_statistician_decides(assessed: Cast, client: Client) -> None:
    inspected(assessed, 2)
    one = shown_now(assessed)
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n% a\n%%EOF\n")
    given = {"article": "三", "reason": "已销号", "file": paper}
    assert "待处理" in text(of(client, assessed.officer), f"/desk/assessments/{one.pk}/units/east/object/", given)
    objection = Objection.objects.of(assessed.city).get()
    assert client.get(f"/desk/objections/{objection.pk}/file/").getvalue().startswith(b"%PDF")
    decision = {"verdict": "upheld", "key": "entered.inspection", "corrected": "1", "answer": "属实"}
    assert client.post(f"/desk/objections/{objection.pk}/decide/", decision).status_code == 403
    page = text(of(client, assessed.statistician), f"/desk/objections/{objection.pk}/decide/", decision)
    assert "采纳" in page and "2 → 1" in page
    table = text(client, f"/desk/assessments/{one.pk}/")
    assert "98.00" in table and "公示时 96.00" in table
    assert "原为 2 次" in text(client, f"/desk/assessments/{one.pk}/units/east/")


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ({"verdict": "upheld", "key": "entered.inspection", "corrected": "一次", "answer": "x"}, "请写更正后的数"),
        ({"verdict": "upheld", "key": "entered.inspection", "corrected": "NaN", "answer": "x"}, "小数多于四位"),
        ({"verdict": "upheld", "key": "capital_in_place.value", "corrected": "1", "answer": "x"}, "不用这个数"),
        ({"verdict": "rejected", "answer": " "}, "请写明理由"),
        ({"verdict": "maybe", "answer": "x"}, "请选择采纳或不采纳"),
    ],
)
def test_a_bad_decision_is_told_and_keeps_nothing(assessed: Cast, client: Client, decision: Any, says: str) -> None:
    one = shown_now(assessed)
    text(
        of(client, assessed.officer), f"/desk/assessments/{one.pk}/units/east/object/", {"article": "三", "reason": "x"}
    )
    objection = Objection.objects.of(assessed.city).get()
    assert says in text(of(client, assessed.statistician), f"/desk/objections/{objection.pk}/decide/", decision, 422)
    assert Objection.objects.of(assessed.city).get().verdict == "open"


def test_another_unit_looks_absent_to_who_would_object_for_it(assessed: Cast, client: Client) -> None:
    one = shown_now(assessed)
    text(
        of(client, assessed.officer), f"/desk/assessments/{one.pk}/units/east/object/", {"article": "三", "reason": "x"}
    )
    objection = Objection.objects.of(assessed.city).get()
    text(client, f"/desk/assessments/{one.pk}/units/west/object/", {"article": "三", "reason": "x"}, 404)
    text(of(client, assessed.other_officer), f"/desk/objections/{objection.pk}/", status=404)
    assert text(client, f"/desk/assessments/{one.pk}/").count("提出异议") == 0
    assert "已整改" not in text(client, f"/desk/assessments/{one.pk}/units/east/")


def test_an_objection_outside_the_window_is_told_so(assessed: Cast, client: Client) -> None:
    one = city.shown(assessed)
    given = {"article": "三", "reason": "x"}
    assert "现在不收异议" in text(
        of(client, assessed.officer), f"/desk/assessments/{one.pk}/units/east/object/", given, 422
    )


def test_an_assessment_is_finished_on_the_page(assessed: Cast, client: Client) -> None:
    one = city.shown(assessed)
    page = text(of(client, assessed.statistician), f"/desk/assessments/{one.pk}/finish/", {})
    assert "已定稿" in page and Assessment.objects.of(assessed.city).get().digest in page.replace("</span><span>", "")


def test_a_step_out_of_turn_is_told(assessed: Cast, client: Client) -> None:
    one = shown_now(assessed)
    of(client, assessed.statistician)
    for step, says in (("finish", "过后才能定稿"), ("recompute", "已进入下一步"), ("discard", "已进入下一步")):
        assert says in text(client, f"/desk/assessments/{one.pk}/{step}/", {})
    assert "请写异议期" in text(client, f"/desk/assessments/{one.pk}/show/", {"objections_from": "2023-13-45"})


def test_the_table_leaves_as_xlsx_and_as_paper_with_explanations(assessed: Cast, client: Client) -> None:
    one = shown_now(assessed)
    of(client, assessed.leader)
    sheet = load_workbook(BytesIO(client.get(f"/desk/assessments/{one.pk}/?xlsx=1").getvalue())).worksheets[0]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 6 and rows[0][7] == "60 × min(30 ÷ 25, 100%) = 60"
    for ext, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(f"/desk/assessments/{one.pk}/assessment.{ext}")
        assert answer.getvalue().startswith(begins)
    text(client, f"/desk/assessments/{one.pk}/assessment.exe", status=404)


def test_a_regulation_is_drafted_from_a_sample_tried_and_issued(assessed: Cast, client: Client) -> None:
    of(client, assessed.statistician)
    assert "功效系数" in text(client, "/desk/regulations/new/?from=sample:scores")
    given = {
        "title": "示例办法",
        "code": "trial",
        "purpose": "scores",
        "valid_from": "2023-01",
        "source": "示例",
        "text": SCORES,
    }
    assert "草稿已保存" in text(client, "/desk/regulations/new/", given)
    issued(assessed, "base", SCORES.replace("weight = 60", "weight = 30"))
    page = text(client, "/desk/regulations/trial/try/?period=2023Q1&base=base")
    assert "+30.00" in page and "<svg" in page
    assert "请写文号" in text(client, "/desk/regulations/trial/issue/", {"document": ""}, 422)
    assert "办法已发布" in text(client, "/desk/regulations/trial/issue/", {"document": "示例〔2023〕9号"})
    text(client, "/desk/regulations/trial/edit/", status=404)


def test_a_faulty_text_is_told_by_line_and_nothing_is_kept(assessed: Cast, client: Client) -> None:
    of(client, assessed.statistician)
    drafted(assessed)
    bad = SCORES.replace("weight = 60", 'weight = "60"').replace("capital_in_place.value", "no_such.value")
    given = {"title": "x", "valid_from": "2023-01", "source": "x", "text": bad}
    assert "第 15 行（一）" in text(client, "/desk/regulations/score-2023/edit/", given, 422)
    unknown = given | {"text": SCORES.replace("capital_in_place.value", "no_such.value")}
    assert "指标字典里没有“no_such”" in text(client, "/desk/regulations/score-2023/edit/", unknown, 422)
    assert Regulation.objects.of(assessed.city).get().text == SCORES


def test_drafts_of_regulations_are_shown_to_who_writes_them_only(assessed: Cast, client: Client) -> None:
    drafted(assessed)
    assert "还没有办法" in text(of(client, assessed.leader), "/desk/regulations/")
    text(client, "/desk/regulations/score-2023/", status=404)


def test_entered_numbers_carry_their_document(assessed: Cast, client: Client) -> None:
    issued(assessed)
    of(client, assessed.statistician)
    address = "/desk/entered/new/?code=inspection&period=2023Q1"
    for given, says in (
        ({"unit_east": "二", "document": "x"}, "东山区：“二”不是一个数"),
        ({"unit_east": "1", "document": ""}, "请写这些数所在的文件"),
        ({"unit_east": "1.23456", "document": "x"}, "东山区的数太大"),
        ({"document": "x"}, "至少填一个地区"),
    ):
        assert says in text(client, address, given, 422)
    assert not EnteredInput.objects.of(assessed.city).exists()
    assert "示例督查〔2023〕4号" in text(client, address, {"unit_east": "2", "document": "示例督查〔2023〕4号"})


def test_lights_are_computed_shown_and_opened(assessed: Cast, client: Client) -> None:
    issued(assessed, "lights", LIGHTS)
    of(client, assessed.statistician)
    assert "这个月还没有计算" in text(client, "/desk/lights/?month=2023-03")
    page = text(client, "/desk/lights/compute/", {"regulation": "lights", "month": "2023-03"})
    assert "4 盏灯是新的" in page and "黄灯" in page and "pill-stop" in page
    light = Light.objects.of(assessed.city).get(colour="red")
    page = text(client, f"/desk/lights/{light.pk}/")
    for words in ("-25 &lt; 0", "不低于全市为绿", "/desk/figures/capital_in_place/west/2023Q1/", "<svg"):
        assert words in page, words
    assert "不适用" in text(client, "/desk/lights/compute/", {"regulation": "lights", "month": "2022-03"})


def test_a_unit_explains_its_own_light_and_nobody_elses(assessed: Cast, client: Client) -> None:
    lit(assessed)
    light = Light.objects.of(assessed.city).get(colour="red")
    text(of(client, assessed.officer), f"/desk/lights/{light.pk}/explain/", {"text": "x"}, 404)
    of(client, assessed.other_officer)
    assert "请写说明" in text(client, f"/desk/lights/{light.pk}/explain/", {"text": " "}, 422)
    assert "手续已补办" in text(client, f"/desk/lights/{light.pk}/explain/", {"text": "手续已补办"})
    assert (LightNote.objects.of(assessed.city).count(), Light.objects.of(assessed.city).get(pk=light.pk).colour) == (
        1,
        "red",
    )
    assert "有说明" in text(client, "/desk/lights/?month=2023-03")


def test_the_lights_leave_as_xlsx(assessed: Cast, client: Client) -> None:
    lit(assessed)
    content = of(client, assessed.leader).get("/desk/lights/?month=2023-03&xlsx=1").getvalue()
    assert len(list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=3))) == 4


@pytest.mark.parametrize(
    "name",
    [
        *("desk:assessment_list", "desk:assessment_open", "desk:unit_sheet", "desk:regulation_list"),
        *("desk:regulation_try", "desk:light_table", "desk:light_open", "desk:entered"),
    ],
)
def test_pages_make_their_pinned_number_of_queries_for_any_ledger(assessed: Cast, client: Client, name: str) -> None:
    one = shown_now(assessed)
    issued(assessed, "base")
    lit(assessed)
    addresses = {
        "desk:assessment_list": "/desk/assessments/",
        "desk:assessment_open": f"/desk/assessments/{one.pk}/",
        "desk:unit_sheet": f"/desk/assessments/{one.pk}/units/east/",
        "desk:regulation_list": "/desk/regulations/",
        "desk:regulation_try": "/desk/regulations/score-2023/try/?period=2023Q1&base=base",
        "desk:light_table": "/desk/lights/?month=2023-03",
        "desk:light_open": f"/desk/lights/{Light.objects.of(assessed.city).filter(colour='red').get().pk}/",
        "desk:entered": "/desk/entered/",
    }
    of(client, assessed.statistician)
    few = queries_of(client, addresses[name])
    for _ in range(3):
        assessed.verified(amount_fen=YI)
        inspected(assessed, 1)
    assert (few, queries_of(client, addresses[name])) == (QUERY_COUNTS[name], QUERY_COUNTS[name])
