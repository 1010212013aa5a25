"""One number by every door: page, API, workbooks, ranking, Word and PDF, public site, and a count of our own over the exported chain."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pypdfium2
import pytest
from bulletins.test_writing import drafted
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client
from django.urls import reverse
from issued import issued

from zhaoshang.bulletins import writing
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.capital.actions import declare_opposite
from zhaoshang.capital.rules import Kind
from zhaoshang.capital.verification import verify
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.sheets import open_workbook
from zhaoshang.figures.freezing import frozen_in
from zhaoshang.publishing.queries import SITE

pytestmark = pytest.mark.django_db
MONTH = "2023-03"


def entered(cast: Cast, odd_fen: int) -> int:
    """March of the east: all that the rules do to money, and money that is none of it. What ought to count, in fen, worked out by hand."""
    cast.verified(amount_fen=4 * YI + odd_fen)  # whole
    cast.verified(amount_fen=YI + 35, kind=Kind.WORKING_CAPITAL)  # three tenths, half to even: 30 000 000 10.5 fen → 10
    cast.verified(amount_fen=3 * YI, source_code="210100")  # from inside the province: not of this meaning
    cast.verified(amount_fen=2 * YI, report_month=parse_month("2023-02"), paid_on=date(2023, 2, 7))  # another month
    cast.verified(amount_fen=5 * YI, project=cast.harbour, by=cast.other_officer)  # another unit
    cast.declared(amount_fen=6 * YI)  # not verified
    taken = cast.verified(amount_fen=2 * YI, bank_serial="SAMPLE-TAKEN")
    opposite = declare_opposite(
        payment=taken, report_month=parse_month(MONTH), amount_fen=YI // 2, reason="示例退回", by=cast.officer, at=NOW
    )
    verify(payment=opposite, revision=1, by=cast.verifier, at=NOW)
    return 4 * YI + odd_fen + (YI * 3 // 10 + 10) + 2 * YI - YI // 2


def recounted(lines: str, unit: str) -> int:
    """An auditor's count over the exported chain, by the rules as they are printed and no code of ours."""
    total = Decimal(0)
    for line in lines.splitlines():
        entry = json.loads(line)["columns"]
        year, month = divmod(int(entry["report_month"]), 12)
        if (f"{year}-{month + 1:02d}", entry["unit_id"]) != (MONTH, unit) or entry["standing"] != "verified":
            continue
        if entry["source_class"] != "outside_province" or entry["industry"] == "K":
            continue
        percent = Decimal(30 if entry["kind"] == "working_capital" else 100)
        counted = (Decimal(entry["amount_fen"]) * percent / 100).quantize(Decimal(1), ROUND_HALF_EVEN)
        total += (counted * Decimal(entry["outside_share_bp"]) / 10_000).quantize(Decimal(1), ROUND_HALF_EVEN)
    return int(total)


def fen(yuan: str | Decimal, of: str = "元") -> int:
    times = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}[of]
    found = Decimal(str(yuan).replace(",", "")) * times
    assert found == int(found)
    return int(found)


def plain(markup: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", markup))


def workbook(client: Client, address: str, **query: str) -> list[list[str]]:
    book = open_workbook(client.get(address, {**query, "xlsx": "1"}).content)
    return [[cell.text for cell in row.cells.values()] for row in book.sheets[0].rows]


def inside(client: Client, cast: Cast) -> dict[str, int]:
    """The number as the desk, the API and their files give it, in fen."""
    client.force_login(cast.leader)
    address = reverse("desk:figure_open", args=["capital_in_place", "east", Period.parse(MONTH)])
    [shown] = re.findall(r"即([\d,.]+)元", plain(client.get(address).content.decode()))
    recount = plain(client.get(f"{address}recount/").content.decode())
    rows = workbook(client, address)
    counted = rows[1].index("计入金额（万元）")
    ranking = workbook(client, reverse("desk:league"), indicator="capital_in_place", period=MONTH)
    [east] = [row for row in ranking if "东山" in " ".join(row[:4])]
    league = client.get(f"/api/league/capital_in_place?period={MONTH}").json()["rows"]
    return {
        "page": fen(shown),
        "recount on the page": fen(re.findall(r"([\d,]+\.\d\d)元", recount)[0]),
        "workbook of the figure": sum(fen(row[counted], "万元") for row in rows[2:]),
        "workbook of the ranking": fen(next(text for text in east if "." in text), "万元"),
        "API": fen(client.get(f"/api/figures/capital_in_place?period={MONTH}&unit=east").json()["value"]),
        "API of the ranking": next(fen(row["value"]) for row in league if row["unit"] == "east"),
    }


def told(client: Client, cast: Cast, bulletin: Bulletin) -> dict[str, str]:
    """The number as it is printed: in 亿元, with one decimal on paper and two on the site."""
    frozen = next(
        one for one in frozen_in(cast.city, bulletin.snapshot) if one.ref == f"capital_in_place@2023:east:{MONTH}"
    )
    said = re.compile(r"东山区到位内资([\d.]+)亿元")

    def paper(ext: str) -> bytes:
        return client.get(reverse("portal:bulletin_file", args=[bulletin.pk, ext])).content

    body = zipfile.ZipFile(io.BytesIO(paper("docx"))).read("word/document.xml").decode()
    word = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", body))
    pdf = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper("pdf")))
    site = plain(client.get(reverse("portal:bulletin", args=[bulletin.pk])).content.decode())
    rows = client.get(reverse("portal:statistics_file", args=["csv"])).content.decode("utf-8-sig")
    page = plain(client.get(reverse("portal:figure", args=[frozen.pk])).content.decode())
    return {
        "Word": said.findall(word)[0],
        "PDF": said.findall(re.sub(r"\s+", "", pdf))[0],
        "bulletin on the site": said.findall(site)[0],
        "open statistics": next(
            row["value"] for row in csv.DictReader(io.StringIO(rows)) if str(frozen.pk) in row["address"]
        ),
        "figure on the site": next(found for found in re.findall(r"(\d+\.\d\d)", page)),
    }


@pytest.mark.case("F13")
@pytest.mark.parametrize("odd_fen", [0, 1, 49_999_999_9])
def test_one_month_of_one_unit_is_one_number_by_every_door_to_the_fen(cast: Cast, client: Client, odd_fen: int) -> None:
    dictionary(cast)
    issued(cast, SITE, SITE.shipped | {"least_firms": 1}, valid_from=NOW.date())
    right = entered(cast, odd_fen)
    assert {name: found for name, found in inside(client, cast).items() if found != right} == {}
    draft = drafted(cast, Period.parse(MONTH))
    bulletin = writing.publish_bulletin(bulletin=draft, revision=1, waived=[], by=cast.statistician, at=NOW)
    frozen = next(
        one for one in frozen_in(cast.city, bulletin.snapshot) if one.ref == f"capital_in_place@2023:east:{MONTH}"
    )
    rests: Any = next(one for one in bulletin.figures if one["ref"] == frozen.ref and one["aspect"] == "value")
    assert (frozen.value, fen(rests["value"])) == (right, right)
    for name, found in told(client, cast, bulletin).items():
        places = Decimal(1).scaleb(-len(found.partition(".")[2]))
        assert Decimal(found) == (Decimal(right) / YI).quantize(places, ROUND_HALF_EVEN), name
    client.force_login(cast.auditor)
    lines = b"".join(client.get(reverse("desk:ledger_export")).streaming_content).decode()  # type: ignore[attr-defined]
    assert recounted(lines, str(cast.east.pk)) == right
