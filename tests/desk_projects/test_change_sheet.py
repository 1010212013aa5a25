"""A list of projects goes out as a workbook, is changed in Excel, and comes back: cell by cell, whole or not at all, never past a gate."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from statement_guard import whole_nation

from zhaoshang.common.sheets import open_workbook
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.people.models import Event
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.confidence import hide_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.correcting import amend_project
from zhaoshang.review.models import ChangeSheet
from zhaoshang.review.project_sheet import COLUMNS

pytestmark = pytest.mark.django_db
KEYS = [one.key for one in COLUMNS]


@pytest.fixture
def lead(cast: Cast) -> Project:
    """A project of the officer's unit that is not signed yet."""
    new = NewProject(
        code="9-1", name="示例线索项目", source_code="310000", industry="C", contract_fen=YI, investor="甲"
    )
    return register_project(
        city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=cast.officer, at=NOW
    )


def exported(client: Client) -> dict[str, dict[str, Any]]:
    """The rows that leave, by code."""
    content = client.get("/desk/projects/changes/export/").content
    rows = [row for row in open_workbook(content, "a.xlsx").sheets[0].rows if row.number > 2]
    lines = [{key: row.cell(place).text for place, key in enumerate(KEYS, start=1)} for row in rows]
    return {one["code"]: one for one in lines}


def book(lines: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The rows as Excel would save them."""
    heads = [
        Column(one.label, "amount" if one.key in ("contract_fen", "outside_share_bp") else "text") for one in COLUMNS
    ]
    numbers = ("contract_fen", "outside_share_bp")
    return write_table(
        heads,
        [
            [Decimal(one[key].replace(",", "")) if key in numbers else one[key] for key in KEYS]
            for one in lines.values()
        ],
        "项目改表",
    )


def sent(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("改表.xlsx", content)
    return client.post("/desk/projects/changes/", {"file": file}, follow=True).content.decode()


def accepted(client: Client) -> Any:
    with whole_nation():
        key = ChangeSheet.objects.get().pk
    return client.post(f"/desk/change-sheets/{key}/accept/")


def test_what_leaves_comes_back_as_nothing_to_change(cast: Cast, client: Client, lead: Project) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    assert set(lines) == {lead.code, cast.plant.code}
    assert "要改 0 格，另有 2 行与在册的相同" in sent(client, book(lines))


def test_a_changed_cell_is_shown_then_written_by_the_projects_own_action(
    cast: Cast, client: Client, lead: Project
) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    lines["9-1"] |= {"investor": "乙", "contract_fen": "25000", "outside_share_bp": "65.5"}
    page = sent(client, book(lines))
    assert "要改 3 格" in page and "10,000.00" in page and "25,000.00" in page
    assert Project.objects.of(cast.city).get(pk=lead.pk).investor == "甲"
    accepted(client)
    held = Project.objects.of(cast.city).get(pk=lead.pk)
    assert (held.investor, held.contract_fen, held.outside_share_bp) == ("乙", 25 * YI // 10, 6_550)
    verbs = set(Event.objects.of(cast.city).values_list("verb", flat=True))
    assert {"review.changes.received", "review.changes.accepted", "projects.project.amended"} <= verbs


def test_the_same_file_twice_changes_nothing_more(cast: Cast, client: Client, lead: Project) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    lines["9-1"] |= {"site": "示例路1号"}
    content = book(lines)
    sent(client, content)
    accepted(client)
    amend_project(project=lead, site="示例路2号", by=cast.officer, at=NOW)
    assert "同一份表再传也不会再改" in sent(client, content)
    accepted(client)
    assert (
        Project.objects.of(cast.city).get(pk=lead.pk).site == "示例路2号"
        and ChangeSheet.objects.of(cast.city).count() == 1
    )


def test_what_a_signing_rests_on_is_refused_and_led_to_its_correction(
    cast: Cast, client: Client, lead: Project
) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    lines["9-1"] |= {"investor": "乙"}
    lines[cast.plant.code] |= {"contract_fen": "1"}
    page = sent(client, book(lines))
    assert "已签约，这一项是签约所依据的" in page and f"/desk/projects/{cast.plant.code}/amend/" in page
    assert accepted(client).status_code == 409
    assert Project.objects.of(cast.city).get(pk=lead.pk).investor == "甲"
    assert Project.objects.of(cast.city).get(pk=cast.plant.pk).contract_fen == 5 * YI


def test_a_row_changed_meanwhile_is_refused_as_changed_since(cast: Cast, client: Client, lead: Project) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    lines["9-1"] |= {"site": "示例路1号"}
    amend_project(project=lead, site="示例路2号", by=cast.officer, at=NOW)
    assert "导出之后，项目 9-1 又被改动过" in sent(client, book(lines))
    assert accepted(client).status_code == 409


def test_what_changes_between_the_look_and_the_yes_is_not_overwritten(
    cast: Cast, client: Client, lead: Project
) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    lines["9-1"] |= {"site": "示例路1号"}
    assert "要改 1 格" in sent(client, book(lines))
    amend_project(project=lead, site="示例路2号", by=cast.officer, at=NOW)
    assert accepted(client).status_code == 409 and Project.objects.of(cast.city).get(pk=lead.pk).site == "示例路2号"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "9-9"}, "没有编号为“9-9”的项目"),
        ({"code": "2023-0002"}, "没有编号为“2023-0002”的项目"),
        ({"code": "2023-0001"}, "在表里出现两次"),
        ({"name": "另一个名字"}, "这一栏不能在表里改，原为“示例线索项目”"),
        ({"industry": "ZZ"}, "行业门类写一个字母"),
        ({"source_code": "31"}, "来源地须是六位"),
        ({"outside_share_bp": "101"}, "外来股比请填 0 至 100"),
        ({"site": "长" * 121}, "文字太长"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named(
    cast: Cast, client: Client, lead: Project, changes: dict[str, str], words: str
) -> None:
    client.force_login(cast.officer)
    lines = exported(client)
    lines = {"2023-0001": lines["2023-0001"], "9-1": lines["9-1"] | changes}
    page = sent(client, book(lines))
    assert words in page and "不能采纳：有" in page and accepted(client).status_code == 409


def test_a_formula_is_refused_by_its_cell(cast: Cast, client: Client, lead: Project) -> None:
    import xlsxwriter

    client.force_login(cast.officer)
    line, buffer = exported(client)["9-1"], BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    sheet = workbook.add_worksheet()
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.label)
        sheet.write_string(1, place, line[column.key])
    sheet.write_formula(1, KEYS.index("site"), '="示例"&"路"', value="示例路")
    sheet.write_formula(1, KEYS.index("contract_fen"), "=1+1", value=2)
    workbook.close()
    page = sent(client, buffer.getvalue())
    assert "G2" in page and "J2" in page and page.count("复制－选择性粘贴－数值") == 2


def test_a_confidential_projects_investor_stays_apart(cast: Cast, client: Client, lead: Project) -> None:
    hide_project(project=lead, code_name="海蓝", reason="示例", by=cast.officer, at=NOW)
    client.force_login(cast.officer)
    lines = exported(client)
    assert lines["9-1"]["investor"] == "海蓝"
    lines["9-1"] |= {"investor": "丙"}
    assert "项目 9-1 是保密项目" in sent(client, book(lines))


def test_a_sheet_is_its_senders_alone(cast: Cast, client: Client, lead: Project) -> None:
    client.force_login(cast.officer)
    sent(client, book(exported(client)))
    with whole_nation():
        key = ChangeSheet.objects.get().pk
    client.force_login(cast.statistician)
    assert client.get(f"/desk/change-sheets/{key}/").status_code == 404
    assert client.get(f"/api/project-changes/{key}").status_code == 404


def test_the_api_shows_and_accepts(cast: Cast, client: Client, lead: Project) -> None:
    client.force_login(cast.officer)
    content = client.get("/api/project-changes/workbook?industry=C").content
    assert content.startswith(b"PK")
    lines = exported(client)
    lines["9-1"] |= {"site": "示例路1号"}
    told = client.post("/api/project-changes", {"file": SimpleUploadedFile("a.xlsx", book(lines))}).json()
    assert told["changes"] == [{"project": "9-1", "cell": "G3", "field": "site", "old": "", "new": "示例路1号"}]
    done = client.post(f"/api/project-changes/{told['id']}/accept").json()
    assert done["accepted_at"] and Project.objects.of(cast.city).get(pk=lead.pk).site == "示例路1号"
    lines["9-1"] |= {"industry": "Z"}
    wrong = client.post("/api/project-changes", {"file": SimpleUploadedFile("a.xlsx", book(lines))}).json()
    assert {one["code"] for one in wrong["problems"]} == {"no_industry"}
    assert client.post(f"/api/project-changes/{wrong['id']}/accept").json()["code"] == "faulty"
