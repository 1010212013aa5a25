"""A workbook of leads is taken in whole, or not at all with what is wrong by cell."""

from cast import Cast
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from zhaoshang.leads.models import Lead


def _send(cast: Cast, text: str) -> tuple[int, str]:
    client = Client()
    client.force_login(cast.officer)
    page = client.post(reverse("desk:lead_import"), {"file": ContentFile(text.encode(), name="线索.csv")})
    return page.status_code, page.content.decode()


HEADING = "投资方,想做什么,行业,意向投资额（万元）,用地（亩）,来源地,推荐人\n"
GOOD = f"{HEADING}示例甲公司,建厂,C,1.2亿,300,上海,示例商会\n示例乙公司,,制造业,5000,,310000,\n"


def test_a_list_is_taken_in_once(cast: Cast) -> None:
    assert [_send(cast, GOOD)[0] for _again in range(2)] == [302, 302]
    rows = Lead.objects.of(cast.city).order_by("investor")
    told = [
        (one.investor, one.industry, one.amount_fen, one.land_m2, one.source_code, one.origin_label) for one in rows
    ]
    assert told == [
        ("示例乙公司", "C", 5_000_000_000, None, "310000", ""),
        ("示例甲公司", "C", 12_000_000_000, 200_000, "310000", "示例商会"),
    ]


def test_a_fault_names_its_cell_and_keeps_the_whole_out(cast: Cast) -> None:
    status, page = _send(cast, GOOD + ",建厂,Z,很多,-1,火星,\n")
    assert (status, Lead.objects.of(cast.city).count()) == (422, 0)
    assert all(cell in page for cell in ("A4", "C4", "D4", "E4", "F4"))


def test_a_file_without_an_investor_column_says_so(cast: Cast) -> None:
    status, page = _send(cast, "甲,乙\n1,2\n")
    assert (status, "至少要有“投资方”一列" in page) == (422, True)
