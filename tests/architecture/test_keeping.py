"""Every table has its term: nothing is kept by oversight, and nothing that must stay can go."""

from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from zhaoshang.people.terms import Keeping, terms
from zhaoshang.tenancy.guards import INSTALLED
from zhaoshang.tenancy.models import TenantModel, TenantQuerySet

pytestmark = pytest.mark.one_database


def tables() -> dict[str, Any]:
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    return {one._meta.db_table: one for one in found}


@pytest.mark.case("J11")
def test_every_table_has_its_term_and_no_other_has() -> None:
    assert set(terms()) == set(tables())


@pytest.mark.case("J11")
def test_what_is_kept_is_guarded_from_going_and_what_goes_is_not() -> None:
    assert MigrationLoader(None).disk_migrations  # guards are known once their migrations are read
    kept = {guard.table for guard in INSTALLED.values() if guard.operation == "DELETE" and guard.when == "1=1"}
    assert [table for table, term in terms().items() if term.keeping == Keeping.PASSING and table in kept] == []
    account = {"capital_payment", "capital_evidencefile", "capital_checkpoint", "people_event", "figures_frozenfigure"}
    assert {table for table in account if terms()[table].keeping != Keeping.PERMANENT} == set()
    assert account <= kept


@pytest.mark.case("J11")
def test_what_takes_rows_or_people_away_is_there() -> None:
    for table, term in terms().items():
        assert bool(term.by) == bool(term.after) == (term.keeping == Keeping.PASSING), table
        for path in filter(None, (term.by, term.person)):
            assert callable(import_string(path)), table


@pytest.mark.case("I7", "J11")
def test_every_table_with_people_says_what_takes_them_away() -> None:
    with_people = {
        table for table, model in tables().items() if getattr(getattr(model, "Privacy", None), "personal", ())
    }
    assert {table for table, term in terms().items() if term.person is not None} == with_people
    assert [table for table, term in terms().items() if term.person == ""] == []


@pytest.mark.case("I7", "J11")
def test_who_is_taken_away_by_the_common_way_has_days_and_nobody_else() -> None:
    ours = {table for table, term in terms().items() if (term.person or "").endswith(".erasing.erase_people")}
    assert {table for table, term in terms().items() if term.person_days > 0} == ours != set()


@pytest.mark.case("J11")
def test_whatever_is_kept_for_a_term_or_names_people_passes_the_holds_before_it_goes() -> None:
    ours = {table: model for table, model in tables().items() if issubclass(model, TenantModel)}
    held = {table for table in ours if terms()[table].can_be_held}
    assert {table for table in held if not isinstance(ours[table].objects.all(), TenantQuerySet)} == set()
    kept = {
        table
        for table, term in terms().items()
        if term.keeping in (Keeping.PERMANENT, Keeping.YEARS_30, Keeping.YEARS_10)
    }
    assert kept - held - {table for table, term in terms().items() if term.index} == {
        "tenancy_city",
        "people_user",
        "regions_region",
    }
