"""Pages, API, workbooks and photos of entries."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from opportunities.building import SQUARE, drafted, held, new_entry, offered
from opportunities.test_editions import issued
from zhaoshang.capital.evidence import content_of
from zhaoshang.common.sheets import open_workbook
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.desk.story.opportunities import lines
from zhaoshang.desk.waiting.opportunities import tasks
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.models import EntryFile, Opportunity
from zhaoshang.opportunities.rules import Kind
from zhaoshang.regions.access import viewer_of


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer)
    return client


def test_an_officer_registers_publishes_and_reserves_a_parcel(cast: Cast, officer: Client) -> None:
    said = {
        "title": "示例地块", "unit": "east", "steward": "officer", "expires_on": "2099-01-01", "area": "9600", "summary": "简介",
        "f_location": "示例路", "f_planned_use": "industrial", "f_plot_ratio_high": "2", "f_industry_direction": "装备",
        "f_utilities": ["road"], "f_condition": "clear", "f_contact": "中心", "f_contact_phone": "1",
    }  # fmt: skip
    assert officer.post("/desk/opportunities/new/?kind=parcel", said).status_code == 302
    code = Opportunity.objects.of(cast.city).get().code
    officer.post(f"/desk/opportunities/{code}/publish/")
    kept = {"project": cast.plant.code, "until_on": "2098-01-01", "document": "纪要"}
    assert officer.post(f"/desk/opportunities/{code}/reserve/", kept).status_code == 302
    page = officer.get(f"/desk/opportunities/{code}/").content.decode()
    assert "已为项目预留" in page and cast.plant.name in page


def test_a_bad_field_is_named_at_its_place(cast: Cast, officer: Client) -> None:
    said = {"title": "x", "unit": "east", "steward": "officer", "expires_on": "2099-01-01", "f_plot_ratio_high": "两"}
    page = officer.post("/desk/opportunities/new/?kind=parcel", said)
    assert page.status_code == 422 and "请填数字" in page.content.decode()
    assert not Opportunity.objects.of(cast.city).exists()


def test_an_outline_is_typed_and_measured(cast: Cast, officer: Client) -> None:
    entry = drafted(cast, outline=None)
    said = {"text": SQUARE, "revision": entry.revision}
    assert officer.post(f"/desk/opportunities/{entry.code}/outline/", said).status_code == 302
    assert abs(held(entry).area_difference or Decimal(99)) < 1
    crossed = {"text": "121.6,39\n121.61,39.01\n121.61,39\n121.6,39.01", "revision": 2}
    assert officer.post(f"/desk/opportunities/{entry.code}/outline/", crossed).status_code == 422


def _photo() -> bytes:
    buffer = io.BytesIO()
    picture = Image.new("RGB", (2000, 1000), "navy")
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    exif[0x0112] = 6
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_a_photo_is_made_anew_and_needs_words(cast: Cast, officer: Client) -> None:
    entry = drafted(cast)
    address = f"/desk/opportunities/{entry.code}/attach/"
    for words in ({}, {"alt": "一块空地"}):
        officer.post(address, {"as": "photo", "file": SimpleUploadedFile("a.jpg", _photo()), **words})
    assert not EntryFile.objects.of(cast.city).exists()
    officer.post(
        address,
        {"as": "photo", "alt": "一块空地", "alt_en": "An empty plot", "file": SimpleUploadedFile("a.jpg", _photo())},
    )
    kept = EntryFile.objects.of(cast.city).select_related("file__city").get()
    content = content_of(kept.file)
    assert (kept.width, kept.height) == (800, 1600) and b"secret" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_photo_is_offered_in_the_widths_that_screens_have_while_its_entry_is_offered(
    cast: Cast, officer: Client
) -> None:
    entry = drafted(cast)
    words = {"as": "photo", "alt": "一块空地", "alt_en": "An empty plot"}
    officer.post(f"/desk/opportunities/{entry.code}/attach/", {"file": SimpleUploadedFile("a.jpg", _photo()), **words})
    kept = EntryFile.objects.of(cast.city).get()
    narrow = f"/opportunities/{entry.code}/files/{kept.pk}/480.jpg"
    assert officer.get(narrow).status_code == 404
    actions.publish_entry(entry=entry, by=cast.officer, at=NOW)
    page = officer.get(f"/opportunities/{entry.code}/?lang=en").content.decode()
    assert f"{narrow}?lang=en 480w" in page and 'alt="An empty plot"' in page
    answer = officer.get(narrow)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert Image.open(io.BytesIO(answer.content)).size == (480, 960)
    assert officer.get(narrow.replace("480", "481")).status_code == 404
    EntryFile.objects.of(cast.city).update(sizes=None)  # as photos were kept before there were narrower ones
    assert f"{narrow}?lang=en 480w" in officer.get(f"/opportunities/{entry.code}/?lang=en").content.decode()
    assert Image.open(io.BytesIO(officer.get(narrow).content)).size == (480, 960)
    assert officer.get(narrow.replace("480", "481")).status_code == 404


def test_texts_have_their_english_and_without_it_say_that_they_are_in_chinese(cast: Cast, officer: Client) -> None:
    entry = offered(cast, fields_en={"location": "1 Sample Road"})
    page = officer.get(f"/opportunities/{entry.code}/?lang=en").content.decode()
    assert "1 Sample Road" in page and "示例路1号" not in page
    assert '<span lang="zh">装备制造</span> <small class="only">Chinese only</small>' in page
    assert "示例路1号" in officer.get(f"/opportunities/{entry.code}/?lang=zh-hans").content.decode()
    form = officer.get(f"/desk/opportunities/{entry.code}/amend/").content.decode()
    assert 'value="1 Sample Road"' in form
    told = officer.get(f"/api/opportunities/{entry.code}").json()
    assert told["fields_en"] == {"location": "1 Sample Road"}


def test_english_of_what_is_no_text_is_refused_and_a_sheet_leaves_it_alone(cast: Cast) -> None:
    with pytest.raises(actions.BadFields):
        drafted(cast, fields_en={"planned_use": "x"})
    entry = drafted(cast, fields_en={"location": "1 Sample Road"})
    actions.amend_entry(
        entry=entry, revision=entry.revision, new=new_entry(cast, title="新名"), by=cast.officer, at=NOW
    )
    assert held(entry).fields_en == {"location": "1 Sample Road"}


def _sheet(rows: list[list[Any]], headings: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.xlsx", write_table([Column(one) for one in headings], rows, "招商地块"))


def test_a_sheet_comes_in_whole_and_twice_changes_nothing(cast: Cast, officer: Client) -> None:
    headings = ["名称", "地区", "有效期至", "面积（平方米）", "规划用途", "容积率上限", "配套"]
    rows: list[list[Any]] = [["示例甲", "东山区", date(2099, 1, 1), 9600, "工业用地", "2.0", "通路、给水"]]
    rows.append(["示例乙", "东山区", date(2099, 1, 1), 1200, "工业用地", "1.5", "通路"])
    for _time in range(2):
        answer = officer.post("/desk/opportunities/import/", {"kind": "parcel", "file": _sheet(rows, headings)})
        assert answer.status_code == 302
    entries = Opportunity.objects.of(cast.city).order_by("code")
    assert [(one.title, one.area_m2, one.revision) for one in entries] == [
        ("示例甲", Decimal("9600.00"), 1),
        ("示例乙", Decimal("1200.00"), 1),
    ]


def test_a_faulty_cell_is_named_and_nothing_comes_in(cast: Cast, officer: Client) -> None:
    headings = ["名称", "地区", "有效期至", "容积率上限"]
    rows = [["示例甲", "东山区", date(2099, 1, 1), "2.0"], ["示例乙", "西海区", date(2099, 1, 1), "两"]]
    answer = officer.post("/desk/opportunities/import/", {"kind": "parcel", "file": _sheet(rows, headings)})
    page = answer.content.decode()
    assert answer.status_code == 422 and "B4" in page and "D4" in page
    assert not Opportunity.objects.of(cast.city).exists()


def test_the_exported_sheet_can_come_in_again(cast: Cast, officer: Client) -> None:
    entry = offered(cast)
    sheet = officer.get("/desk/opportunities/?kind=parcel&xlsx=1").content
    answer = officer.post(
        "/desk/opportunities/import/", {"kind": "parcel", "file": SimpleUploadedFile("a.xlsx", sheet)}
    )
    assert answer.status_code == 302 and held(entry).revision == entry.revision


def test_the_english_of_fields_goes_out_and_comes_in_by_the_same_sheet(cast: Cast, officer: Client) -> None:
    kept, changed = (
        offered(cast, title=text, fields_en={"location": "1 Sample Road"}) for text in ("示例甲", "示例乙")
    )
    sheet = open_workbook(officer.get("/desk/opportunities/?kind=parcel&xlsx=1").content, "a.xlsx").sheets[0]
    head = next(row for row in sheet.rows if "编号" in [cell.text for cell in row.cells.values()])
    columns = sorted(head.cells)
    headings = [head.cell(number).text for number in columns]
    place = headings.index("所在位置（英文）")
    rows = [[row.cell(number).text or None for number in columns] for row in sheet.rows if row.number > head.number]
    assert {row[place] for row in rows} == {"1 Sample Road"}
    for row in rows:
        row[place] = "2 Sample Road" if row[0] == changed.code else row[place]
    answer = officer.post("/desk/opportunities/import/", {"kind": "parcel", "file": _sheet(rows, headings)})
    assert answer.status_code == 302, answer.content.decode()
    assert (held(kept).fields_en, held(kept).revision) == ({"location": "1 Sample Road"}, kept.revision)
    assert held(changed).fields_en == {"location": "2 Sample Road"}


def test_english_that_is_too_long_is_named_by_its_cell(cast: Cast, officer: Client) -> None:
    rows = [["示例甲", "东山区", date(2099, 1, 1), "x" * 5000]]
    headings = ["名称", "地区", "有效期至", "所在位置（英文）"]
    answer = officer.post("/desk/opportunities/import/", {"kind": "parcel", "file": _sheet(rows, headings)})
    assert answer.status_code == 422 and "D3" in answer.content.decode()


def test_every_list_leaves_out_what_is_taken(cast: Cast, officer: Client) -> None:
    """Desk list, map, export, choice of an edition and API: one query."""
    seen, gone = offered(cast), offered(cast)
    actions.take(entry=gone, project=cast.plant, text="", by=cast.officer, at=NOW)
    edition = actions.begin_edition(
        city=cast.city, title="x", title_en="", issuer="x", dated=NOW.date(), by=cast.statistician, at=NOW
    )
    officer.force_login(cast.statistician)
    doors = ["/desk/opportunities/", "/desk/opportunities/map/", f"/desk/editions/{edition.number}/lists/land/"]
    for door in [*doors, "/api/opportunities"]:
        page = officer.get(door).content.decode()
        assert seen.code in page and gone.code not in page, door


def test_a_projects_story_tells_of_its_parcel(cast: Cast) -> None:
    entry = offered(cast)
    actions.reserve(
        entry=entry, project=cast.plant, until_on=date(2023, 5, 1), document="纪要", by=cast.officer, at=NOW
    )
    told = list(lines(cast.plant, viewer_of(cast.officer, cast.city)))
    assert [(one.on, one.promised) for one in told] == [(NOW.date(), False), (date(2023, 5, 1), True)]
    assert list(lines(cast.harbour, viewer_of(cast.officer, cast.city))) == []


def test_a_steward_is_told_what_is_due_and_an_approver_what_waits(cast: Cast) -> None:
    offered(cast)
    viewer = viewer_of(cast.officer, cast.city)
    assert list(tasks(viewer, NOW.date())) == []
    (task,) = tasks(viewer, date(2023, 9, 1))
    assert (task.count, task.due_on) == (1, date(2023, 7, 2))


@pytest.mark.parametrize("name", ["opportunity_list", "opportunity_map", "opportunity", "edition_list", "edition"])
def test_pages_cost_the_same_however_many_entries(name: str, cast: Cast, client: Client) -> None:
    entries = [offered(cast)]
    issued(cast, entries)
    addresses = {
        "opportunity_list": "/desk/opportunities/",
        "opportunity_map": "/desk/opportunities/map/",
        "opportunity": f"/desk/opportunities/{entries[0].code}/",
        "edition_list": "/desk/editions/",
        "edition": "/desk/editions/1/",
    }
    client.force_login(cast.statistician)
    few = queries_of(client, addresses[name])
    for kind in Kind:
        offered(cast, kind)
    pinned = QUERY_COUNTS[f"desk:{name}"]
    assert (few, queries_of(client, addresses[name])) == (pinned, pinned)
