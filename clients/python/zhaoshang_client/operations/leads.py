"""Operations of leads. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller
from zhaoshang_client.operations.bodies import LeadFields

Assignment = TypedDict("Assignment", {"unit": str, "handler": str})
Becoming = TypedDict("Becoming", {"project": str})
LeadIn = TypedDict(
    "LeadIn",
    {
        "investor": str,
        "subject": NotRequired[str],
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "land_mu": NotRequired[float | str | None],
        "source_code": NotRequired[str | Literal[""]],
        "contact": NotRequired[str],
        "phone": NotRequired[str],
        "text": NotRequired[str],
    },
)
Said = TypedDict("Said", {"text": str})
Triage = TypedDict(
    "Triage",
    {
        "verdict": Literal["keep", "reject", "duplicate", "reopen"],
        "reason": NotRequired[str],
        "lead": NotRequired[str | None],
        "project": NotRequired[str],
    },
)


class Leads(Caller):
    """A method for each operation."""

    def leads_leads(
        self,
        *,
        state: str | None | None = None,
        came_by: str | None | None = None,
        unit: str | None | None = None,
        late: bool | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Leads, newest first."""
        return self.call(
            "GET",
            "/api/leads",
            {},
            query={"state": state, "came_by": came_by, "unit": unit, "late": late, "after": after},
        )

    def leads_new_lead(self, *, body: "LeadIn", idempotency_key: str | None = None) -> Any:
        """Take a lead in."""
        return self.call("POST", "/api/leads", {}, body=body, idempotency_key=idempotency_key)

    def leads_one_lead(self, key: str | int) -> Any:
        """One lead, and what happened to it."""
        return self.call("GET", "/api/leads/{key}", {"key": key})

    def leads_amend_lead(self, key: str | int, *, body: "LeadFields", idempotency_key: str | None = None) -> Any:
        """Put a lead's fields right."""
        return self.call("PUT", "/api/leads/{key}", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_new_answer(self, key: str | int, *, body: "Said", idempotency_key: str | None = None) -> Any:
        """Keep what the referrer was answered."""
        return self.call("POST", "/api/leads/{key}/answers", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_assign(self, key: str | int, *, body: "Assignment", idempotency_key: str | None = None) -> Any:
        """Assign a lead."""
        return self.call(
            "POST", "/api/leads/{key}/assignment", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def leads_close_lead(self, key: str | int, *, body: "Said", idempotency_key: str | None = None) -> Any:
        """Stop following a lead."""
        return self.call("POST", "/api/leads/{key}/closing", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_phone(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """See a lead's telephone number."""
        return self.call("POST", "/api/leads/{key}/phone", {"key": key}, idempotency_key=idempotency_key)

    def leads_link(self, key: str | int, *, body: "Becoming", idempotency_key: str | None = None) -> Any:
        """Link the project that a lead became."""
        return self.call("POST", "/api/leads/{key}/project", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_triage(self, key: str | int, *, body: "Triage", idempotency_key: str | None = None) -> Any:
        """Triage a lead."""
        return self.call("POST", "/api/leads/{key}/triage", {"key": key}, body=body, idempotency_key=idempotency_key)
