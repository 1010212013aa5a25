"""The statement guard itself: it must refuse what it is there to refuse."""

import pytest
from cast import Cast
from statement_guard import CityMissing, whole_nation

from zhaoshang.capital.models import Payment
from zhaoshang.projects.models import Project


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
