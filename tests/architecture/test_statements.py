"""The statement guard itself: it must refuse what it is there to refuse."""

import pytest
from cast import Cast
from django.apps import apps
from django.db import connection
from statement_guard import CityMissing, whole_nation

from zhaoshang.capital.models import Payment
from zhaoshang.projects.models import Project
from zhaoshang.tenancy.schema import is_tenant


def test_a_query_without_its_city_is_refused(cast: Cast) -> None:
    with pytest.raises(CityMissing):
        list(Payment.objects.all())


def test_a_lookup_by_id_alone_is_refused(cast: Cast) -> None:
    with pytest.raises(CityMissing):
        Project.objects.get(pk=cast.plant.pk)


def test_a_query_that_names_its_city_passes_and_so_does_following_a_reference(cast: Cast) -> None:
    payment = Payment.objects.of(cast.city).get(pk=cast.declared().pk)
    assert payment.project.name == "示例工厂"


def test_a_join_holds_both_tables_to_the_city(cast: Cast) -> None:
    sql = str(Payment.objects.of(cast.city).select_related("project").query)
    assert '"capital_payment"."city_id" = "projects_project"."city_id"' in sql


def test_an_update_by_instance_names_the_city_and_never_writes_it(cast: Cast) -> None:
    cast.plant.name = "新名"
    cast.plant.save(update_fields=["name"])
    assert Project.objects.of(cast.city).get(pk=cast.plant.pk).name == "新名"


def test_questions_about_the_whole_nation_opt_out_by_name(cast: Cast) -> None:
    with whole_nation():
        assert Project.objects.count() == 2


@pytest.mark.django_db
def test_every_table_of_a_city_has_the_city_in_its_key_and_lies_in_parts_where_parts_are_asked_for() -> None:
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if is_tenant(model)]
    with connection.cursor() as cursor:
        keys = {table: set(connection.introspection.get_primary_key_columns(cursor, table) or ()) for table in tables}
        assert {table: key for table, key in keys.items() if key != {"city_id", "id"}} == {}
        if connection.settings_dict.get("PARTITIONS"):
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'p' AND relname = ANY(%s)", [tables])
            assert {name for (name,) in cursor.fetchall()} == set(tables)
