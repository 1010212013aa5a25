"""A list of external figures taken in from a workbook, by the page and by the API."""

import re
from typing import Any

import pytest
from cast import YI, Cast
from dictionary import dictionary
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from intake.books import xlsx

from zhaoshang.common.sheets import open_workbook
from zhaoshang.figures.models import ExternalFigure
from zhaoshang.people.models import Event

HEADING = ("省或市", "时期", "到位内资（亿元）", "位次", "来源", "来源日期")
GOOD = (
    ("2023年一季度各市到位内资",),
    HEADING,
    ("沈阳市", "2023Q1", "800.5", 1, "示例快报第4期", "2023-04-10"),
    ("鞍山", "2023Q1", 120, "第3位", "示例快报第4期", "2023.4.10"),
    ("合计", "", 920.5),
)


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    dictionary(cast)
    client.force_login(cast.statistician)
    return client


def address(name: str) -> str:
    return reverse(f"desk:{name}") + "?indicator=capital_in_place"


def read_back(client: Client, content: bytes, **given: Any) -> Any:
    """The page after the upload: what was understood."""
    return client.post(address("external_upload"), {"file": SimpleUploadedFile("各市.xlsx", content), **given})


def what_was_read(page: Any) -> str:
    """What the page hands back when its button is pressed."""
    found = re.search(r'name="read" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def recorded(cast: Cast) -> list[tuple[str, int | None, int | None]]:
    """What stands on record, by place."""
    rows = ExternalFigure.objects.of(cast.city).order_by("place_code")
    return list(rows.values_list("place_name", "value", "rank"))


def test_a_list_is_shown_first_and_recorded_as_a_whole(cast: Cast, desk: Client) -> None:
    page = read_back(desk, xlsx(*GOOD))
    assert ("沈阳市" in page.content.decode(), recorded(cast)) == (True, [])
    desk.post(address("external_accept"), {"read": what_was_read(page)})
    assert recorded(cast) == [("沈阳市", 80_050_000_000 * 100, 1), ("鞍山市", 120 * YI, 3)]
    assert Event.objects.of(cast.city).filter(verb="figures.external.entered").count() == 2


def test_the_same_list_again_changes_nothing(cast: Cast, desk: Client) -> None:
    for _time in range(2):
        desk.post(address("external_accept"), {"read": what_was_read(read_back(desk, xlsx(*GOOD)))})
    assert len(recorded(cast)) == 2


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (("大连市区", "2023Q1", 1, 1, "快报", "2023-04-10"), "A2", "没有“大连市区”这个省或市"),
        (("沈阳市", "一季度", 1, 1, "快报", "2023-04-10"), "B2", "不是一个时期"),
        (("沈阳市", "2023Q1", "约8", 1, "快报", "2023-04-10"), "C2", "约数"),
        (("沈阳市", "2023Q1", None, "前三", "快报", "2023-04-10"), "D2", "不是位次"),
        (("沈阳市", "2023Q1", None, None, "快报", "2023-04-10"), "C2", "至少填一个"),
        (("沈阳市", "2023Q1", 1, 1, None, "2023-04-10"), "E2", "没有写来源"),
        (("沈阳市", "2023Q1", 1, 1, "快报", "四月"), "F2", "不是可识别的日期"),
    ],
)
def test_what_is_wrong_is_named_by_cell_and_keeps_the_list_out(
    cast: Cast, desk: Client, row: tuple[Any, ...], cell: str, said: str
) -> None:
    page = read_back(desk, xlsx(HEADING, row)).content.decode()
    assert cell in page and said in page
    assert "整份记录在册" not in page


def test_what_the_rows_leave_out_is_given_once_for_all(cast: Cast, desk: Client) -> None:
    content = xlsx(("城市", "到位内资（亿元）"), ("沈阳市", 800))
    page = read_back(desk, content, period="2023Q1", source="示例快报", dated="2023-04-10")
    desk.post(address("external_accept"), {"read": what_was_read(page)})
    assert recorded(cast) == [("沈阳市", 800 * YI, None)]


def test_what_was_read_cannot_be_altered_or_sent_by_another(cast: Cast, desk: Client) -> None:
    read = what_was_read(read_back(desk, xlsx(*GOOD)))
    desk.post(address("external_accept"), {"read": read[:-2]})
    desk.force_login(cast.second_statistician)
    desk.post(address("external_accept"), {"read": read})
    assert recorded(cast) == []


def test_the_template_is_read_back_by_its_own_reader(cast: Cast, desk: Client) -> None:
    content = desk.get(address("external_blank")).content
    assert [cell.text for cell in open_workbook(content).sheets[0].rows[1].cells.values()][:3] == [
        "省或市",
        "时期",
        "数值（亿元）",
    ]


def test_a_file_that_would_not_be_opened_is_refused_with_its_reason(desk: Client) -> None:
    page = read_back(desk, b"MZ" + bytes(100))
    assert (page.status_code, "不是 Excel 工作簿" in page.content.decode()) == (422, True)


def test_only_who_may_enter_them_comes_here(cast: Cast, desk: Client) -> None:
    desk.force_login(cast.leader)
    assert [desk.get(address(name)).status_code for name in ("external_upload", "external_blank")] == [403, 403]


def test_the_api_takes_the_same_list(cast: Cast, desk: Client) -> None:
    def send(content: bytes, **more: Any) -> Any:
        given = {"indicator": "capital_in_place", "file": SimpleUploadedFile("各市.xlsx", content), **more}
        return desk.post("/api/external-figures/import", given)

    tried = send(xlsx(*GOOD), dry_run="true")
    assert (tried.status_code, tried.json()["read"], recorded(cast)) == (200, 2, [])
    assert (send(xlsx(*GOOD)).status_code, send(xlsx(*GOOD)).json()["written"]) == (201, 0)
    faulty = send(xlsx(HEADING, ("沈阳市", "2023Q1", "约8", 1, "快报", "2023-04-10"))).json()
    assert [(one["column"], one["row"], one["code"]) for one in faulty["problems"]] == [("C", 2, "amount_approximate")]
