"""Whether what is sent stays beside the SQL: a statement's text, as the database is given it, holds nothing of it."""

from collections.abc import Callable
from typing import Any


class Bound:
    """Watches statements (``connection.execute_wrapper``); ``raw``: those whose text holds one of the marks, which nobody else writes."""

    def __init__(self, *marks: str) -> None:
        self._marks, self.raw = marks, list[str]()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(mark in sql for mark in self._marks):
            self.raw.append(sql[:200])
        return execute(sql, params, many, context)
