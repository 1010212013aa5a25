"""Exchange rates: what is on record, and putting published ones on record."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Status
from pydantic import AfterValidator, Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Page, Strict
from zhaoshang.capital.currencies import rate_of_text, rate_text
from zhaoshang.capital.exchange import NewRate, enter_rates
from zhaoshang.capital.models import ExchangeRate
from zhaoshang.people.rules import Can

router = Router(tags=["payments"])
CurrencyCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{3}$")]


def _checked(text: str) -> str:
    """Raises ``ValueError`` for a rate that cannot be."""
    rate_of_text(text)
    return text


RateText = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[0-9]{1,4}(\.[0-9]{1,8})?$"), AfterValidator(_checked)
]
PAGE = 100


def rate_json(one: ExchangeRate) -> dict[str, Any]:
    """A rate as it stands; the highest revision of a day holds."""
    return {
        "id": str(one.pk),
        "currency": one.currency,
        "on": one.on,
        "rate": rate_text(one.rate_e8),
        "source": one.source,
        "revision": one.revision,
    }


@router.get(
    "/exchange-rates",
    auth=needs(Can.READ_PAYMENTS),
    response={200: Page},
    summary="Exchange rates, last entered first",
)
def exchange_rates(
    request: ApiRequest, currency: CurrencyCode | None = None, on: date | None = None, limit: int = PAGE
) -> Any:
    """Yuan for one unit of the currency."""
    rows = ExchangeRate.objects.of(request.viewer.city).order_by("-id")
    rows = rows if currency is None else rows.filter(currency=currency)
    rows = rows if on is None else rows.filter(on=on)
    return {"rows": [rate_json(one) for one in rows[: max(1, min(limit, 500))]], "next": None}


class PublishedRate(Strict):
    """Yuan for one unit of the currency, as published for a day, and by whom."""

    currency: CurrencyCode
    on: date
    rate: RateText
    source: Line


class NewRates(Strict):
    """Rates as published."""

    rates: list[PublishedRate] = Field(min_length=1, max_length=1000)


@router.post(
    "/exchange-rates",
    auth=needs(Can.WRITE_RULES),
    response={201: dict[str, Any]},
    summary="Put exchange rates on record",
)
def new_rates(request: ApiRequest, body: NewRates) -> Any:
    """All or none; one that stands already is not written again, one that differs corrects it. No payment changes."""
    wanted = [NewRate(one.currency, one.on, rate_of_text(one.rate), one.source) for one in body.rates]
    made = enter_rates(city=request.viewer.city, rates=wanted, by=caller(request), at=timezone.now())
    return Status(201, {"written": len(made), "rates": [rate_json(one) for one in made]})
