"""Editions for the public: frozen as issued, honest about what has become of them."""

from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse
from opportunities.building import offered
from opportunities.test_editions import issued

from zhaoshang.opportunities import actions

pytestmark = pytest.mark.one_database


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"portal:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_old_edition_says_so_and_marks_what_was_taken_since(client: Client, cast: Cast) -> None:
    parcel, other = offered(cast), offered(cast)
    issued(cast, [parcel, other])
    assert "这是旧期" not in page(client, "edition", 1)
    actions.take(entry=parcel, project=None, text="示例", by=cast.officer, at=NOW)
    issued(cast, [other], at=NOW + timedelta(hours=1))
    old, new = page(client, "edition", 1), page(client, "edition", 2)
    assert ("这是旧期" in old, "已落定" in old, parcel.code in old) == (True, True, True)
    assert "这是旧期" not in new
    assert "现行" in page(client, "editions")
    assert "This is an old edition" in page(client, "edition", 1, lang="en")


def test_an_edition_is_not_there_before_it_is_issued_and_its_files_are_after(client: Client, cast: Cast) -> None:
    assert "还没有发布过一期" in page(client, "editions")
    assert client.get(reverse("portal:edition", args=[1])).status_code == 404
    issued(cast, [offered(cast)])
    for ext, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = client.get(reverse("portal:edition_file", args=[1, ext]))
        assert (answer.content.startswith(start), answer["Cache-Control"][:6]) == (True, "public")
    assert client.get(reverse("portal:edition_file", args=[1, "exe"])).status_code == 404
    assert client.get(reverse("portal:edition", args=[10**30])).status_code == 404
    for name, args in (("editions", []), ("edition", [1])):
        assert queries_of(client, reverse(f"portal:{name}", args=args)) == QUERY_COUNTS[f"portal:{name}"]
