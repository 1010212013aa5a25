"""Operations of forecast. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

Earlier = TypedDict("Earlier", {"source": str, "lines": list["EarlierLine"]})
EarlierLine = TypedDict("EarlierLine", {"project": str, "month": str, "amount": str})
NewRate = TypedDict(
    "NewRate",
    {
        "code": str,
        "word": str,
        "word_en": str,
        "title": str,
        "title_en": NotRequired[str],
        "formula": dict[str, Any],
        "source": str,
        "dated": str,
    },
)
NewSchedule = TypedDict("NewSchedule", {"document": str, "agreed_on": str, "instalments": dict[str, Any]})


class Forecast(Caller):
    """A method for each operation."""

    def forecast_earlier(self, *, body: "Earlier", idempotency_key: str | None = None) -> Any:
        """Copy arrivals from before the ledger."""
        return self.call("POST", "/api/earlier-arrivals", {}, body=body, idempotency_key=idempotency_key)

    def forecast_year_end(self, *, indicator: str | None = None, month: str | None = None) -> Any:
        """Where the year will end."""
        return self.call("GET", "/api/forecast", {}, query={"indicator": indicator, "month": month})

    def forecast_schedule(self, code: str | int) -> Any:
        """A project's payment schedule."""
        return self.call("GET", "/api/projects/{code}/schedule", {"code": code})

    def forecast_new_schedule(self, code: str | int, *, body: "NewSchedule", idempotency_key: str | None = None) -> Any:
        """Set a payment schedule."""
        return self.call(
            "POST", "/api/projects/{code}/schedule", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def forecast_rates(self, *, month: str | None = None, word: str | None = None) -> Any:
        """Rates of projects."""
        return self.call("GET", "/api/rates", {}, query={"month": month, "word": word})

    def forecast_new_rate(self, *, body: "NewRate", idempotency_key: str | None = None) -> Any:
        """Define a rate."""
        return self.call("POST", "/api/rates/definitions", {}, body=body, idempotency_key=idempotency_key)
