"""Operations of imports. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any

from zhaoshang_client.calling import Caller, Files


class Imports(Caller):
    """A method for each operation."""

    def imports_new_import(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Import a unit's workbook."""
        return self.call("POST", "/api/imports", {}, files=files, form=form, idempotency_key=idempotency_key)

    def imports_one_import(self, key: str | int) -> Any:
        """What became of a workbook."""
        return self.call("GET", "/api/imports/{key}", {"key": key})
