"""What tests of foreign money share: a rate on record, and the draft of a payment in dollars."""

from datetime import date
from typing import Any

from cast import Cast

from zhaoshang.capital.currencies import rate_of_text
from zhaoshang.capital.exchange import NewRate, Rates, enter_rates

DAY = date(2023, 3, 6)
SOURCE = "示例：中间价公告 2023-03-06"


def rate(cast: Cast, text: str = "6.8951", currency: str = "USD", on: date = DAY, source: str = SOURCE) -> None:
    """A published rate, entered by the statistician."""
    enter_rates(
        city=cast.city, rates=[NewRate(currency, on, rate_of_text(text), source)], by=cast.statistician, at=cast.now
    )


def dollars(cast: Cast, minor: int = 120_000_055, **changes: Any) -> dict[str, Any]:
    """1,200,000.55 US dollars of 6 March, as a draft declares them."""
    rate(cast)
    foreign, fen = Rates(cast.city).converted("USD", minor, DAY)
    return {"foreign": foreign, "amount_fen": fen, **changes}
