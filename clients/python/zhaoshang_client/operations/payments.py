"""Operations of payments. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files

CapitalKind = Literal["fixed_assets", "equipment", "land", "equity", "working_capital", "other"]
CapitalOrigin = Literal["new", "continued"]
NewDecision = TypedDict(
    "NewDecision",
    {"verdict": Literal["verify", "return"], "revision": NotRequired[int | None], "reason": NotRequired[str]},
)
NewOpposite = TypedDict("NewOpposite", {"month": str, "amount": str, "reason": str})
NewPayment = TypedDict(
    "NewPayment",
    {
        "project": str,
        "month": str,
        "paid_on": str,
        "amount": NotRequired[str | None],
        "currency": NotRequired[str | None],
        "foreign_amount": NotRequired[str | None],
        "source_code": str,
        "kind": "CapitalKind",
        "origin": "CapitalOrigin",
        "payer": NotRequired[str],
        "bank_serial": NotRequired[str],
        "row_key": NotRequired[str],
        "note": NotRequired[str],
        "counts_because": NotRequired[str],
    },
)
NewRates = TypedDict("NewRates", {"rates": list["PublishedRate"]})
PublishedRate = TypedDict("PublishedRate", {"currency": str, "on": str, "rate": str, "source": str})


class Payments(Caller):
    """A method for each operation."""

    def payments_evidence_content(self, key: str | int) -> Any:
        """Download a piece of evidence."""
        return self.call("GET", "/api/evidence/{key}", {"key": key})

    def exchange_exchange_rates(
        self, *, currency: str | None | None = None, on: str | None | None = None, limit: int | None = None
    ) -> Any:
        """Exchange rates, last entered first."""
        return self.call("GET", "/api/exchange-rates", {}, query={"currency": currency, "on": on, "limit": limit})

    def exchange_new_rates(self, *, body: "NewRates", idempotency_key: str | None = None) -> Any:
        """Put exchange rates on record."""
        return self.call("POST", "/api/exchange-rates", {}, body=body, idempotency_key=idempotency_key)

    def payments_payments(
        self,
        *,
        month: str | None | None = None,
        unit: str | None | None = None,
        standing: Any | None = None,
        after: str | None | None = None,
        limit: int | None = None,
    ) -> Any:
        """Payments, newest first."""
        return self.call(
            "GET",
            "/api/payments",
            {},
            query={"month": month, "unit": unit, "standing": standing, "after": after, "limit": limit},
        )

    def payments_new_payment(self, *, body: "NewPayment", idempotency_key: str | None = None) -> Any:
        """Declare a payment."""
        return self.call("POST", "/api/payments", {}, body=body, idempotency_key=idempotency_key)

    def payments_one_payment(self, key: str | int) -> Any:
        """One payment with rulings and evidence."""
        return self.call("GET", "/api/payments/{key}", {"key": key})

    def payments_decision(
        self, key: str | int, *, body: "NewDecision", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Verify or return a payment."""
        return self.call(
            "POST",
            "/api/payments/{key}/decision",
            {"key": key},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def payments_new_evidence(
        self,
        key: str | int,
        *,
        kind: Literal[
            "bank_receipt",
            "capital_verification",
            "invoice",
            "equipment_list",
            "land_receipt",
            "progress_sheet",
            "split_certificate",
            "other",
        ]
        | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Attach a file as evidence."""
        return self.call(
            "POST",
            "/api/payments/{key}/evidence",
            {"key": key},
            query={"kind": kind},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def payments_opposite(self, key: str | int, *, body: "NewOpposite", idempotency_key: str | None = None) -> Any:
        """Declare an opposite entry."""
        return self.call(
            "POST", "/api/payments/{key}/opposite", {"key": key}, body=body, idempotency_key=idempotency_key
        )
