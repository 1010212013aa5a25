"""Operations of enterprises. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files
from zhaoshang_client.operations.bodies import ReasonIn

CardChange = TypedDict(
    "CardChange",
    {
        "name": str,
        "uscc": NotRequired[str],
        "region_code": NotRequired[str],
        "ownership": NotRequired[Any],
        "industry": NotRequired[str],
        "established_on": NotRequired[str | None],
        "revision": NotRequired[int | None],
    },
)
CardIn = TypedDict(
    "CardIn",
    {
        "name": str,
        "uscc": NotRequired[str],
        "region_code": NotRequired[str],
        "ownership": NotRequired[Any],
        "industry": NotRequired[str],
        "established_on": NotRequired[str | None],
    },
)
EnterprisesLevel = Literal["hint", "watch", "grave"]
EnterprisesReply = Literal["answered", "closed"]
MergeIn = TypedDict("MergeIn", {"closed": str, "reason": str})
ParentIn = TypedDict("ParentIn", {"parent": NotRequired[str | None]})
PersonIn = TypedDict(
    "PersonIn",
    {
        "name": str,
        "post": NotRequired[str],
        "phone": NotRequired[str],
        "mail": NotRequired[str],
        "is_key": NotRequired[bool],
        "source": str,
    },
)
RiskIn = TypedDict("RiskIn", {"level": "EnterprisesLevel", "text": str, "source": str, "noted_on": str})
RiskReplyIn = TypedDict("RiskReplyIn", {"kind": "EnterprisesReply", "text": str})


class Enterprises(Caller):
    """A method for each operation."""

    def enterprises_change_person(self, key: str | int, *, body: "PersonIn", idempotency_key: str | None = None) -> Any:
        """Change a person."""
        return self.call("PUT", "/api/contacts/{key}", {"key": key}, body=body, idempotency_key=idempotency_key)

    def enterprises_erase(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Erase a person."""
        return self.call(
            "POST", "/api/contacts/{key}/erasure", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_show(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """A person unmasked."""
        return self.call("POST", "/api/contacts/{key}/showing", {"key": key}, idempotency_key=idempotency_key)

    def enterprises_new_list(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Take in a file of enterprises."""
        return self.call("POST", "/api/enterprise-lists", {}, files=files, form=form, idempotency_key=idempotency_key)

    def enterprises_enterprises(
        self,
        *,
        q: str | None = None,
        ownership: Any | None = None,
        industry: str | None = None,
        region: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Enterprises, newest first."""
        return self.call(
            "GET",
            "/api/enterprises",
            {},
            query={"q": q, "ownership": ownership, "industry": industry, "region": region, "after": after},
        )

    def enterprises_new_enterprise(self, *, body: "CardIn", idempotency_key: str | None = None) -> Any:
        """Register an enterprise."""
        return self.call("POST", "/api/enterprises", {}, body=body, idempotency_key=idempotency_key)

    def enterprises_enterprise(self, key: str | int) -> Any:
        """A card."""
        return self.call("GET", "/api/enterprises/{key}", {"key": key})

    def enterprises_change(
        self, key: str | int, *, body: "CardChange", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Change a card."""
        return self.call(
            "PATCH",
            "/api/enterprises/{key}",
            {"key": key},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def enterprises_people(self, key: str | int) -> Any:
        """People of an enterprise, masked."""
        return self.call("GET", "/api/enterprises/{key}/contacts", {"key": key})

    def enterprises_new_contact(self, key: str | int, *, body: "PersonIn", idempotency_key: str | None = None) -> Any:
        """Enter a person."""
        return self.call(
            "POST", "/api/enterprises/{key}/contacts", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_new_merger(self, key: str | int, *, body: "MergeIn", idempotency_key: str | None = None) -> Any:
        """Merge another card into this one."""
        return self.call(
            "POST", "/api/enterprises/{key}/mergers", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_new_parent(self, key: str | int, *, body: "ParentIn", idempotency_key: str | None = None) -> Any:
        """Put a firm under another one."""
        return self.call(
            "POST", "/api/enterprises/{key}/parent", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_risks(self, key: str | int) -> Any:
        """Notes of risk with their replies."""
        return self.call("GET", "/api/enterprises/{key}/risks", {"key": key})

    def enterprises_new_risk(self, key: str | int, *, body: "RiskIn", idempotency_key: str | None = None) -> Any:
        """Write a note of risk."""
        return self.call(
            "POST", "/api/enterprises/{key}/risks", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_new_parting(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Take a merger back."""
        return self.call("POST", "/api/mergers/{key}/parting", {"key": key}, body=body, idempotency_key=idempotency_key)

    def enterprises_new_reply(self, key: str | int, *, body: "RiskReplyIn", idempotency_key: str | None = None) -> Any:
        """Answer a note of risk, or close it."""
        return self.call("POST", "/api/risks/{key}/replies", {"key": key}, body=body, idempotency_key=idempotency_key)
