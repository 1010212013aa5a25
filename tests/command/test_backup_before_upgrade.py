"""A new program backs up a store that it has not brought up to date yet: tables and columns to come are not asked for."""

import pytest
from cast import Cast
from django.db import connection, transaction

from zhaoshang.command.stores import described
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.searches.models import SavedSearch


class _Undo(Exception):
    """The tables are put back."""


def test_a_table_is_described_without_a_column_and_a_table_that_are_to_come(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "execute_wrappers", [])  # a backup takes every city's rows
    whole = described(Enterprise)
    told = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE enterprises_enterprise DROP COLUMN established_on")
            cursor.execute("DROP TABLE searches_savedsearch")
            told = [described(Enterprise), described(SavedSearch)]
            raise _Undo
    except _Undo:
        pass
    assert (told[0].rows, told[1].rows) == (whole.rows, 0) and whole.rows > 0
    assert told[0].digest != whole.digest and described(Enterprise) == whole
