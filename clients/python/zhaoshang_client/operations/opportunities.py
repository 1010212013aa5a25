"""Operations of opportunities. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files

AmendIn = TypedDict(
    "AmendIn",
    {
        "kind": "OpportunitiesKind",
        "title": str,
        "title_en": NotRequired[str],
        "code": NotRequired[str],
        "unit": NotRequired[str],
        "steward": NotRequired[str],
        "expires_on": str,
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "area_m2": NotRequired[str | None],
        "summary": NotRequired[str],
        "summary_en": NotRequired[str],
        "fields": NotRequired[dict[str, Any]],
        "fields_en": NotRequired[dict[str, str] | None],
        "revision": NotRequired[int | None],
    },
)
ApproveIn = TypedDict("ApproveIn", {"revision": NotRequired[int | None], "published_at": NotRequired[str | None]})
CheckIn = TypedDict("CheckIn", {"expires_on": NotRequired[str | None], "note": NotRequired[str]})
ChoiceIn = TypedDict(
    "ChoiceIn", {"act": NotRequired[Literal["add", "leave"]], "into": NotRequired[str], "entries": list[str]}
)
EditionIn = TypedDict("EditionIn", {"title": str, "title_en": NotRequired[str], "issuer": str, "dated": str})
EntryIn = TypedDict(
    "EntryIn",
    {
        "kind": "OpportunitiesKind",
        "title": str,
        "title_en": NotRequired[str],
        "code": NotRequired[str],
        "unit": NotRequired[str],
        "steward": NotRequired[str],
        "expires_on": str,
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "area_m2": NotRequired[str | None],
        "summary": NotRequired[str],
        "summary_en": NotRequired[str],
        "fields": NotRequired[dict[str, Any]],
        "fields_en": NotRequired[dict[str, str] | None],
    },
)
MoveIn = TypedDict(
    "MoveIn",
    {
        "to": Literal["talks", "take", "close", "available", "release"],
        "project": NotRequired[str],
        "text": NotRequired[str],
    },
)
OpportunitiesKind = Literal["zone", "key_region", "parcel", "planned_project", "soe_cooperation", "government_project"]
OutlineIn = TypedDict("OutlineIn", {"revision": NotRequired[int | None], "geojson": dict[str, Any]})
ReserveIn = TypedDict("ReserveIn", {"project": str, "until_on": str, "document": str})
Section = TypedDict(
    "Section",
    {"title": NotRequired[str], "title_en": NotRequired[str], "text": NotRequired[str], "text_en": NotRequired[str]},
)
TextsIn = TypedDict(
    "TextsIn",
    {
        "revision": NotRequired[int | None],
        "title": str,
        "title_en": NotRequired[str],
        "issuer": str,
        "dated": str,
        "sections": list["Section"],
    },
)


class Opportunities(Caller):
    """A method for each operation."""

    def opportunities_editions(
        self,
    ) -> Any:
        """Editions."""
        return self.call("GET", "/api/editions", {})

    def opportunities_new_edition(self, *, body: "EditionIn", idempotency_key: str | None = None) -> Any:
        """Begin an edition."""
        return self.call("POST", "/api/editions", {}, body=body, idempotency_key=idempotency_key)

    def opportunities_edition(self, number: str | int) -> Any:
        """One edition."""
        return self.call("GET", "/api/editions/{number}", {"number": number})

    def opportunities_approve(
        self, number: str | int, *, body: "ApproveIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Freeze it."""
        return self.call(
            "POST",
            "/api/editions/{number}/approve",
            {"number": number},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_ask(
        self, number: str | int, *, body: "ApproveIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Ask another person to approve it."""
        return self.call(
            "POST",
            "/api/editions/{number}/ask",
            {"number": number},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def editions_discard_edition(self, number: str | int, *, idempotency_key: str | None = None) -> Any:
        """Throw a draft away."""
        return self.call("POST", "/api/editions/{number}/discard", {"number": number}, idempotency_key=idempotency_key)

    def opportunities_choose(self, number: str | int, *, body: "ChoiceIn", idempotency_key: str | None = None) -> Any:
        """Choose entries for a list, or take them out."""
        return self.call(
            "POST", "/api/editions/{number}/entries", {"number": number}, body=body, idempotency_key=idempotency_key
        )

    def editions_edition_file(self, number: str | int, ext: str | int, *, lang: str | None = None) -> Any:
        """A frozen edition as Word, PDF/A or workbook."""
        return self.call(
            "GET", "/api/editions/{number}/files/{ext}", {"number": number, "ext": ext}, query={"lang": lang}
        )

    def editions_edition_texts(self, number: str | int) -> Any:
        """The guide's texts."""
        return self.call("GET", "/api/editions/{number}/texts", {"number": number})

    def editions_revise_edition(
        self, number: str | int, *, body: "TextsIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Write the guide's texts and the head."""
        return self.call(
            "PUT",
            "/api/editions/{number}/texts",
            {"number": number},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_opportunities(
        self,
        *,
        kind: Any | None = None,
        unit: str | None = None,
        listed: bool | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Entries, newest first."""
        return self.call(
            "GET", "/api/opportunities", {}, query={"kind": kind, "unit": unit, "listed": listed, "after": after}
        )

    def opportunities_new_opportunity(self, *, body: "EntryIn", idempotency_key: str | None = None) -> Any:
        """Register an entry."""
        return self.call("POST", "/api/opportunities", {}, body=body, idempotency_key=idempotency_key)

    def opportunities_opportunity(self, code: str | int) -> Any:
        """One entry."""
        return self.call("GET", "/api/opportunities/{code}", {"code": code})

    def opportunities_amend_opportunity(
        self, code: str | int, *, body: "AmendIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Change what an entry says."""
        return self.call(
            "PUT",
            "/api/opportunities/{code}",
            {"code": code},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_check_opportunity(
        self, code: str | int, *, body: "CheckIn", idempotency_key: str | None = None
    ) -> Any:
        """Confirm that an entry is still true."""
        return self.call(
            "POST", "/api/opportunities/{code}/check", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def opportunities_move_opportunity(
        self, code: str | int, *, body: "MoveIn", idempotency_key: str | None = None
    ) -> Any:
        """Say how an entry stands."""
        return self.call(
            "POST", "/api/opportunities/{code}/move", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def opportunities_outline_opportunity(
        self, code: str | int, *, body: "OutlineIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Say where an entry lies."""
        return self.call(
            "POST",
            "/api/opportunities/{code}/outline",
            {"code": code},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_new_photo(
        self,
        code: str | int,
        *,
        alt: str | None = None,
        alt_en: str | None = None,
        title: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Add a photo."""
        return self.call(
            "POST",
            "/api/opportunities/{code}/photos",
            {"code": code},
            query={"alt": alt, "alt_en": alt_en, "title": title},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def opportunities_publish_opportunity(self, code: str | int, *, idempotency_key: str | None = None) -> Any:
        """Put a complete entry into the lists."""
        return self.call("POST", "/api/opportunities/{code}/publish", {"code": code}, idempotency_key=idempotency_key)

    def opportunities_reserve_opportunity(
        self, code: str | int, *, body: "ReserveIn", idempotency_key: str | None = None
    ) -> Any:
        """Keep an entry for a project until a day."""
        return self.call(
            "POST", "/api/opportunities/{code}/reserve", {"code": code}, body=body, idempotency_key=idempotency_key
        )
