"""Operations of ledger. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any

from zhaoshang_client.calling import Caller


class Ledger(Caller):
    """A method for each operation."""

    def ledger_checkpoints(
        self,
    ) -> Any:
        """Signed checkpoints."""
        return self.call("GET", "/api/checkpoints", {})

    def ledger_new_checkpoint(self, *, idempotency_key: str | None = None) -> Any:
        """Sign the chain as it stands."""
        return self.call("POST", "/api/checkpoints", {}, idempotency_key=idempotency_key)

    def ledger_diary(self, *, after: str | None | None = None, verb: str | None | None = None) -> Any:
        """The diary, newest first."""
        return self.call("GET", "/api/diary", {}, query={"after": after, "verb": verb})

    def ledger_export(
        self,
    ) -> Any:
        """The whole chain, a JSON line an entry."""
        return self.call("GET", "/api/ledger/export", {})
