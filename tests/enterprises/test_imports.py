"""A sheet of enterprises: any order of columns, faults by cell, whole or not at all, and twice is once."""

from io import BytesIO
from typing import Any

import pytest
from cast import Cast
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhaoshang.common.sheets import open_workbook
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.demo.names import code
from zhaoshang.enterprises.models import Enterprise, RosterEntry
from zhaoshang.enterprises.rosters import add_roster, shipped
from zhaoshang.people.models import Event

from .firms import CODE, card

pytestmark = pytest.mark.django_db


def send(client: Client, address: str, heads: list[str], *rows: list[Any]) -> str:
    content = write_table([Column(head) for head in heads], rows, "示例")
    page = client.post(address, {"file": SimpleUploadedFile("示例.xlsx", content)}, follow=True)
    return page.content.decode()


def upload(client: Client, heads: list[str], *rows: list[Any]) -> str:
    return send(client, "/desk/enterprises/upload/", heads, *rows)


def count(cast: Cast) -> int:
    return Enterprise.objects.of(cast.city).count()


def test_columns_stand_in_any_order_and_the_same_sheet_again_changes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    heads = ["母公司", "行业", "公司名称", "统一社会信用代码", "企业性质", "区划代码"]
    rows = [["示例甲集团", "制造业", "示例乙公司", CODE, "民营", "310000"], ["", "L", "示例甲集团", "", "民营", ""]]
    assert "新建 2 家，更新 0 家；其余 0 家" in upload(client, heads, *rows)
    made = Enterprise.objects.of(cast.city).select_related("parent").get(uscc=CODE)
    assert (made.parent.name, made.industry, made.ownership, made.unit_id) == (
        "示例甲集团",
        "C",
        "private",
        cast.east.pk,
    )
    before = Event.objects.of(cast.city).count()
    assert "新建 0 家，更新 0 家；其余 2 家" in upload(client, heads, *rows)
    assert (Event.objects.of(cast.city).count(), count(cast)) == (before, 4)


def test_a_blank_cell_takes_nothing_away(cast: Cast, client: Client) -> None:
    firm = card(cast, "示例甲公司", uscc=CODE, industry="C")
    client.force_login(cast.statistician)
    assert "更新 1 家" in upload(client, ["企业名称", "代码", "行业门类", "企业性质"], ["示例甲公司", CODE, "", "外资"])
    held = Enterprise.objects.of(cast.city).get(pk=firm.pk)
    assert (held.industry, held.ownership) == ("C", "foreign")


def test_every_fault_is_told_at_its_cell_and_nothing_is_written(cast: Cast, client: Client) -> None:
    card(cast, "示例西海公司", cast.west, uscc=CODE)
    client.force_login(cast.officer)
    before = count(cast)
    heads = ["企业名称", "统一社会信用代码", "企业性质", "行业", "区划代码", "上级企业"]
    said = upload(
        client,
        heads,
        ["示例好公司", "", "", "", "", ""],
        ["", f"{CODE[:-1]}4", "不知", "XX", "99", "没有的集团"],
        ["示例东山公司", CODE, "", "", "", ""],
        ["示例丙公司", code(3), "", "", "", "没有的集团"],
        ["示例丁公司", code(3), "", "", "", ""],
    )
    for cell in ("A4", "B4", "C4", "D4", "E4", "B5", "F6", "B7"):
        assert f">{cell}<" in said, cell
    assert "由另一地区登记" in said and "校验位不符" in said and count(cast) == before


def test_a_fault_is_told_wholly_in_the_language_of_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    said = upload(client, ["企业名称", "统一社会信用代码"], ["示例甲公司", f"{CODE[:-1]}4"])
    assert "check character does not match" in said and "校验位不符" not in said


def test_a_circle_in_the_sheet_is_a_fault_and_writes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    said = upload(client, ["企业名称", "上级企业"], ["示例甲公司", "示例乙公司"], ["示例乙公司", "示例甲公司"])
    assert "不能做上级" in said and count(cast) == 2


def test_a_sheet_without_names_says_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert "没有找到表头" in upload(client, ["甲", "乙"], ["1", "2"])


def test_what_was_sent_out_comes_in_again_unchanged(cast: Cast, client: Client) -> None:
    card(cast, "示例甲公司", uscc=CODE, ownership="private", industry="C", region_code="310000")
    client.force_login(cast.statistician)
    content = client.get("/desk/enterprises/?xlsx=1").content
    assert open_workbook(content, "a.xlsx").sheets[0].rows[1].cell(1).text == "企业名称"
    page = client.post(
        "/desk/enterprises/upload/", {"file": SimpleUploadedFile("a.xlsx", BytesIO(content).read())}, follow=True
    )
    assert "新建 0 家，更新 0 家；其余 3 家" in page.content.decode()


def test_a_list_is_completed_by_a_file_and_never_beyond_what_was_published(cast: Cast, client: Client) -> None:
    new, names = shipped()[2]
    add_roster(city=cast.city, new=new, by=cast.statistician, at=cast.now)
    client.force_login(cast.statistician)
    address = f"/desk/soe/lists/{new.dated}/upload/"
    assert f"新录入 {len(names)} 户" in send(client, address, ["序号", "企业名称"], *[["1", name] for name in names])
    assert "新录入 0 户" in send(client, address, ["企业名称"], [names[0]])
    assert "出现两次" in send(client, address, ["企业名称"], ["示例"], ["示例"])
    assert "多于公布的户数" in send(client, address, ["企业名称"], *[[f"示例{n}"] for n in range(60)])
    assert RosterEntry.objects.of(cast.city).count() == len(names)


def test_the_shipped_lists_claim_no_more_names_than_were_published() -> None:
    told = [(new.published, len(names), len(set(names))) for new, names in shipped()]
    assert [published for published, _count, _different in told] == [96, 97, 100, 99]
    assert all(count == different <= published for published, count, different in told)


def test_a_sheet_does_not_change_a_card_that_is_not_the_sender_s(cast: Cast, client: Client) -> None:
    shared = card(cast, "示例央企集团", ownership="central")
    client.force_login(cast.officer)
    assert "不由你的地区管理" in upload(client, ["企业名称", "行业"], ["示例央企集团", "C"])
    assert Enterprise.objects.of(cast.city).get(pk=shared.pk).industry == ""
