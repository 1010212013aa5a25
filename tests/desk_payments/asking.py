"""What the tests of this folder share: forms filled as a person fills them."""

from typing import Any

from cast import Cast
from django.test import Client
from django.urls import reverse
from lxml import html

from zhaoshang.capital.models import Payment
from zhaoshang.common.periods import parse_month
from zhaoshang.desk.forms.payment import new_key
from zhaoshang.people.models import User


def entry(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The entry form as the officer fills it: 1,200 万元 from Shanghai into the plant."""
    filled = {
        "key": new_key(cast.officer.pk),
        "project": "2023-0001 示例工厂",
        "report_month": parse_month("2023-03"),
        "paid_on": "2023-03-06",
        "amount": "1,200",
        "unit": "万元",
        "source_code": "310000",
        "kind": "fixed_assets",
        "origin": "new",
        "payer": "上海示例甲公司",
        "bank_serial": "",
        "note": "",
    }
    return filled | changes


def page(client: Client, user: User, address: str, /, *args: Any, **query: Any) -> Any:
    """A page as the user sees it."""
    client.force_login(user)
    return client.get(reverse(address, args=args), query)


def send(client: Client, user: User, address: str, /, *args: Any, **fields: Any) -> Any:
    """A form as the user sends it."""
    client.force_login(user)
    return client.post(reverse(address, args=args), fields)


def text_of(response: Any) -> str:
    """The page's markup."""
    return str(response.content.decode())


def value_of(response: Any, name: str) -> str:
    """What a field of the page holds: typed text, a ticked box's value, or the chosen option."""
    field = html.fromstring(text_of(response)).xpath(f"//*[@name='{name}']")[0]
    if field.tag == "select":
        chosen = field.xpath(".//option[@selected]")
        return str(chosen[0].get("value")) if chosen else ""
    return str(field.get("value", ""))


def faults_of(response: Any) -> str:
    """What the page says is wrong."""
    return " ".join(part.text_content() for part in html.fromstring(text_of(response)).xpath("//*[@role='alert']"))


def only(cast: Cast) -> Payment:
    """The one payment there is."""
    return Payment.objects.of(cast.city).get()  # type: ignore[no-any-return]


def fields_of(response: Any) -> dict[str, Any]:
    """Every field of the page's first POST form with what it holds, as a browser would send it."""
    form = html.fromstring(text_of(response)).xpath("//main//form[translate(@method, 'POST', 'post')='post']")[0]
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found
