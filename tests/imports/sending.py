"""What the tests of this folder share: files made on the spot, and the pages as a person walks through them."""

from collections.abc import Sequence
from typing import Any

from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from intake.books import xlsx

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.periods import parse_month
from zhaoshang.people.models import User
from zhaoshang.review.models import Workbook

MONTH = parse_month("2023-03")
HEADING = ("项目名称", "到位日期", "到位金额（万元）", "资金来源地", "资金类型", "付款人", "银行流水号")


def line(amount: Any = 1200, day: str = "2023-03-06", serial: str = "SAMPLE-IN-1", **changes: Any) -> tuple[Any, ...]:
    """A row under :data:`HEADING`: money from Shanghai into the plant."""
    row = {"project": "示例工厂", "day": day, "amount": amount, "place": "上海市", "kind": "固定资产投资"}
    row |= {"payer": "上海示例甲公司", "serial": serial}
    return tuple((row | changes).values())


def book(*rows: Sequence[Any], heading: Sequence[str] = HEADING) -> bytes:
    """A workbook with ``rows`` under the heading."""
    return xlsx(heading, *rows)


def upload(
    client: Client, cast: Cast, content: bytes, name: str = "三月报表.xlsx", user: User | None = None, **more: Any
) -> Any:
    """Send a file as the officer does; the answer after redirects."""
    client.force_login(user or cast.officer)
    fields = {"unit": cast.east.code, "month": MONTH, "file": SimpleUploadedFile(name, content), **more}
    return client.post(reverse("desk:import_list"), fields, follow=True)


def press(client: Client, workbook: Workbook, name: str, **fields: Any) -> Any:
    """Press a button of the workbook's page."""
    return client.post(reverse(f"desk:import_{name}", args=[workbook.pk]), fields, follow=True)


def latest(cast: Cast) -> Workbook:
    """The workbook that was sent last."""
    return Workbook.objects.of(cast.city).select_related("unit", "city").order_by("-id")[0]  # type: ignore[no-any-return]


def declared(cast: Cast) -> list[Payment]:
    """Payments that stand declared, largest first."""
    return list(Payment.objects.of(cast.city).filter(standing=Standing.DECLARED).order_by("-amount_fen"))


def text_of(response: Any) -> str:
    """The page's markup."""
    return str(response.content.decode())
