"""Sheets that the bureau takes in: external figures, rates of exchange, targets, campaigns, the return of the statistics bureau."""

from typing import Any

from cast import Cast
from desk_figures.test_bureau import received
from desk_figures.test_external_lists import GOOD, read_back, what_was_read
from dictionary import dictionary
from django.core.files.base import ContentFile
from django.test import Client
from intake.books import xlsx
from plans.building import campaign
from plans.test_campaigns import _sheet
from plans.test_target_sheets import GOOD as TARGETS

from doors.doings import PLAIN, Doing, doing
from zhaoshang.capital.reconciliation import ReturnRow
from zhaoshang.common.sheets.writing import Column, write_table

INDICATOR = "?indicator=capital_in_place"


def _file(content: bytes) -> dict[str, Any]:
    return {"file": ContentFile(content, name="a.xlsx")}


@doing("desk:external_accept")
def external_accept(cast: Cast) -> Doing:
    dictionary(cast)
    client = Client()
    client.force_login(cast.statistician)
    read = what_was_read(read_back(client, xlsx(*GOOD)))
    return Doing("statistician", f"/desk/external/accept/{INDICATOR}", {"read": read})


@doing("desk:exchange_new")
def exchange_new(cast: Cast) -> Doing:
    sent = {"currency": "JPY", "on": "2023-03-06", "units": "100", "rate": "5.0774", "source": PLAIN}
    return Doing("statistician", "/desk/exchange-rates/new/", sent)


@doing("desk:exchange_upload")
def exchange_upload(cast: Cast) -> Doing:
    content = xlsx(("日期", "币种", "汇率", "来源"), ("2023-03-06", "美元", "6.8951", "示例"))
    return Doing("statistician", "/desk/exchange-rates/upload/", _file(content))


@doing("desk:targets_import")
def targets_import(cast: Cast) -> Doing:
    dictionary(cast)
    client, given = Client(), {"year": "2023", "document": "示例7号", "issued_on": "2023-01-15"}
    client.force_login(cast.statistician)
    page = client.post("/desk/targets/import/", given | _file(TARGETS)).content.decode()
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    return Doing("statistician", "/desk/targets/import/", given | {"document": PLAIN, "kept": kept, "accept": "1"})


@doing("desk:campaign_import")
def campaign_import(cast: Cast) -> Doing:
    campaign(cast, "one")
    return Doing("statistician", "/desk/campaigns/import/", _file(_sheet(("2023-0001", "one"))))


@doing("desk:bureau_upload")
def bureau_upload(cast: Cast) -> Doing:
    heads = ["纳统项目名称", "所在地区", "本月完成投资（万元）"]
    content = write_table([Column(one) for one in heads], [["示例码头", "西海区", "100"]], "来表")
    return Doing("statistician", "/desk/bureau/upload/?month=2023-03", _file(content))


@doing("desk:bureau_line")
def bureau_line(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/bureau/line/?month=2023-03", {"name": PLAIN, "source": PLAIN})


@doing("desk:bureau_explain")
def bureau_explain(cast: Cast) -> Doing:
    cast.verified()
    received(cast, ReturnRow(name="示例别处项目"))
    sent = {"kind": "not_there", "subject": f"project:{cast.plant.code}", "text": PLAIN}
    return Doing("statistician", "/desk/bureau/explain/?month=2023-03", sent)
