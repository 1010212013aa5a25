"""Operations of texts. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, TypedDict

from zhaoshang_client.calling import Caller

Text = TypedDict("Text", {"text": str})


class Texts(Caller):
    """A method for each operation."""

    def texts_check(self, *, body: "Text", idempotency_key: str | None = None) -> Any:
        """Hold a text's claims against the account."""
        return self.call("POST", "/api/texts/check", {}, body=body, idempotency_key=idempotency_key)

    def texts_read_text(self, *, body: "Text", idempotency_key: str | None = None) -> Any:
        """Restore a text and list its claims."""
        return self.call("POST", "/api/texts/read", {}, body=body, idempotency_key=idempotency_key)
