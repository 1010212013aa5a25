"""Operations of partners. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files
from zhaoshang_client.operations.bodies import LeadFields

LoginIn = TypedDict("LoginIn", {"username": str})
OwnClaimIn = TypedDict("OwnClaimIn", {"lead": str})
PartnerEndIn = TypedDict("PartnerEndIn", {"on": str, "reason": str})
PartnerIn = TypedDict(
    "PartnerIn",
    {
        "nature": "PartnersNature",
        "name": str,
        "document": str,
        "term_from": str,
        "term_to": str,
        "duties": str,
        "leads_a_year": NotRequired[int],
        "territory": NotRequired[list[str]],
        "uscc": NotRequired[str],
        "head": NotRequired[str],
        "post": NotRequired[str],
        "phone": NotRequired[str],
        "declared": NotRequired[list[Literal["no_official", "no_relation"]]],
    },
)
PartnersClaimIn = TypedDict("PartnersClaimIn", {"partner": str, "lead": str})
PartnersNature = Literal["chamber", "company", "agency", "person", "state_body", "soe"]
PartnersOutcome = Literal["continue", "warn", "end"]
PartnersRulingIn = TypedDict(
    "PartnersRulingIn",
    {
        "act": Literal["approve", "refuse", "finish", "answer"],
        "text": NotRequired[str],
        "objection": NotRequired[str | None],
    },
)
ReviewIn = TypedDict(
    "ReviewIn",
    {"year": int, "outcome": "PartnersOutcome", "note": NotRequired[str], "term_to": NotRequired[str | None]},
)
SharesIn = TypedDict("SharesIn", {"shares": dict[str, int], "document": str})
StepIn = TypedDict(
    "StepIn", {"act": Literal["confirm", "publish", "object"], "text": NotRequired[str], "told_by": NotRequired[str]}
)


class Partners(Caller):
    """A method for each operation."""

    def partners_claims(self, *, state: str | None | None = None, after: str | None | None = None) -> Any:
        """Claims, newest first."""
        return self.call("GET", "/api/claims", {}, query={"state": state, "after": after})

    def partners_file_partners_claim(self, *, body: "PartnersClaimIn", idempotency_key: str | None = None) -> Any:
        """File a claim for a partner."""
        return self.call("POST", "/api/claims", {}, body=body, idempotency_key=idempotency_key)

    def partners_one_claim(self, key: str | int) -> Any:
        """One claim, explained."""
        return self.call("GET", "/api/claims/{key}", {"key": key})

    def partners_claim_paper(
        self,
        key: str | int,
        *,
        kind: str | None = None,
        document: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Put a paper into a claim's file."""
        return self.call(
            "POST",
            "/api/claims/{key}/papers",
            {"key": key},
            query={"kind": kind, "document": document},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def partners_claim_ruling(
        self, key: str | int, *, body: "PartnersRulingIn", idempotency_key: str | None = None
    ) -> Any:
        """Decide about a claim."""
        return self.call("POST", "/api/claims/{key}/ruling", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_claim_shares(self, key: str | int, *, body: "SharesIn", idempotency_key: str | None = None) -> Any:
        """Keep agreed shares."""
        return self.call("POST", "/api/claims/{key}/shares", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_claim_step(self, key: str | int, *, body: "StepIn", idempotency_key: str | None = None) -> Any:
        """Prepare or publish a claim."""
        return self.call("POST", "/api/claims/{key}/steps", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_own_new_claim(self, *, body: "OwnClaimIn", idempotency_key: str | None = None) -> Any:
        """Claim for one's own lead."""
        return self.call("POST", "/api/own/claims", {}, body=body, idempotency_key=idempotency_key)

    def partners_own_claim(self, key: str | int) -> Any:
        """One's own claim, and which papers its file lacks."""
        return self.call("GET", "/api/own/claims/{key}", {"key": key})

    def partners_own_claim_paper(
        self,
        key: str | int,
        *,
        kind: str | None = None,
        document: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Put a paper of one's own into the file of one's own claim."""
        return self.call(
            "POST",
            "/api/own/claims/{key}/papers",
            {"key": key},
            query={"kind": kind, "document": document},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def partners_own_leads(self, *, after: str | None | None = None) -> Any:
        """A partner's own leads."""
        return self.call("GET", "/api/own/leads", {}, query={"after": after})

    def partners_own_new_lead(self, *, body: "LeadFields", idempotency_key: str | None = None) -> Any:
        """A partner tells of an investor."""
        return self.call("POST", "/api/own/leads", {}, body=body, idempotency_key=idempotency_key)

    def partners_partners(self, *, standing: Any | None = None, after: str | None | None = None) -> Any:
        """Partners, newest first."""
        return self.call("GET", "/api/partners", {}, query={"standing": standing, "after": after})

    def partners_new_partner(self, *, body: "PartnerIn", idempotency_key: str | None = None) -> Any:
        """Appoint a partner."""
        return self.call("POST", "/api/partners", {}, body=body, idempotency_key=idempotency_key)

    def partners_end_partner(self, key: str | int, *, body: "PartnerEndIn", idempotency_key: str | None = None) -> Any:
        """End an appointment."""
        return self.call("POST", "/api/partners/{key}/end", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_partner_login(self, key: str | int, *, body: "LoginIn", idempotency_key: str | None = None) -> Any:
        """Say whose login this is."""
        return self.call("POST", "/api/partners/{key}/login", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_new_partner_review(
        self, key: str | int, *, body: "ReviewIn", idempotency_key: str | None = None
    ) -> Any:
        """Review a partner's year."""
        return self.call(
            "POST", "/api/partners/{key}/reviews", {"key": key}, body=body, idempotency_key=idempotency_key
        )
