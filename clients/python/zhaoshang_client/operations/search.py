"""Operations of search. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any

from zhaoshang_client.calling import Caller


class Search(Caller):
    """A method for each operation."""

    def search_search(self, *, q: str | None = None) -> Any:
        """Find by a piece of a name, pinyin initials, code or number."""
        return self.call("GET", "/api/search", {}, query={"q": q})
