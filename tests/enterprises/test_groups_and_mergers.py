"""Groups never run in a circle, and two cards become one and two again without a trace of loss."""

from itertools import pairwise
from typing import Any

import pytest
from cast import NOW, Cast
from django.apps import apps
from django.db import Error, connection, transaction

from zhaoshang.desk.firm_story import TELLERS
from zhaoshang.enterprises.actions import Card, CodeHeld, IsMerged, NameHeld, change_enterprise, register_enterprise
from zhaoshang.enterprises.groups import GroupCircle, GroupTooDeep, group_of, set_parent
from zhaoshang.enterprises.merging import (
    KeepTheCoded,
    MergeReasonMissing,
    NotMerged,
    TwoFirms,
    family,
    merge_enterprises,
    part_enterprises,
)
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.projects.models import Project

from .firms import CODE, card, fresh

pytestmark = pytest.mark.django_db


def under(cast: Cast, child: Enterprise, parent: Enterprise | None) -> Enterprise:
    return set_parent(enterprise=child, parent=parent, by=cast.statistician, at=NOW)


def merge(cast: Cast, kept: Enterprise, closed: Enterprise, reason: str = "示例：同一营业执照") -> Any:
    return merge_enterprises(kept=kept, closed=closed, reason=reason, by=cast.statistician, at=NOW)


def tree(firm: Enterprise) -> list[tuple[int, str]]:
    return [(node.level, node.enterprise.name) for node in group_of(fresh(firm))]


def test_a_group_has_several_levels_and_is_seen_whole_from_any_of_its_firms(cast: Cast) -> None:
    top, middle, low = (card(cast, f"示例{name}集团") for name in "甲乙丙")
    under(cast, low, middle)
    under(cast, middle, top)
    assert tree(low) == tree(top) == [(0, "示例甲集团"), (1, "示例乙集团"), (2, "示例丙集团")]


def test_a_firm_cannot_stand_under_itself_or_under_its_own_subsidiary(cast: Cast) -> None:
    top, low = card(cast, "示例甲集团"), card(cast, "示例乙公司")
    under(cast, low, top)
    for above in (top, low):
        with pytest.raises(GroupCircle):
            under(cast, top, above)


def test_the_database_refuses_a_circle_too(cast: Cast) -> None:
    top, low = card(cast, "示例甲集团"), card(cast, "示例乙公司")
    under(cast, low, top)
    for depth in (0, 1, 2, 9):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            keys = [Enterprise._meta.pk.get_db_prep_value(one.pk, connection) for one in (low, top)]
            city = Enterprise._meta.pk.get_db_prep_value(cast.city.pk, connection)
            cursor.execute(
                "UPDATE enterprises_enterprise SET parent_id = %s, depth = %s WHERE city_id = %s AND id = %s",
                [keys[0], depth, city, keys[1]],
            )


def test_a_group_turned_over_again_and_again_stays_sound(cast: Cast) -> None:
    one, other = card(cast, "示例甲公司"), card(cast, "示例乙公司")
    for _turn in range(4):
        under(cast, fresh(one), fresh(other))
        under(cast, fresh(one), None)
        under(cast, fresh(other), fresh(one))
        under(cast, fresh(other), None)
    under(cast, fresh(one), fresh(other))
    assert tree(one) == [(0, "示例乙公司"), (1, "示例甲公司")]


def test_a_group_deeper_than_eight_levels_is_refused(cast: Cast) -> None:
    chain = [card(cast, f"示例第{number}层公司") for number in range(9)]
    for above, below in pairwise(chain[:8]):
        under(cast, below, fresh(above))
    with pytest.raises(GroupTooDeep):
        under(cast, chain[8], fresh(chain[7]))


@pytest.mark.case("F16")
def test_the_same_code_in_two_districts_is_raised_before_anything_is_saved(cast: Cast) -> None:
    card(cast, "示例甲公司", cast.west, uscc=CODE)
    with pytest.raises(CodeHeld) as refusal:
        card(cast, "示例乙公司", cast.east, uscc=CODE)
    assert (refusal.value.holder.name, Enterprise.objects.of(cast.city).filter(name="示例乙公司").count()) == (
        "示例甲公司",
        0,
    )


def test_a_namesake_without_a_code_is_asked_for_one(cast: Cast) -> None:
    card(cast, "示例甲公司", uscc=CODE)
    with pytest.raises(NameHeld):
        card(cast, "示例甲公司")


def test_a_merged_card_stands_for_the_other_and_what_is_registered_later_goes_there(cast: Cast) -> None:
    kept, closed = card(cast, "示例甲公司", uscc=CODE), card(cast, "示例甲（大连）公司")
    merge(cast, kept, closed)
    assert family(kept) == [kept.pk, closed.pk]
    assert register_enterprise(city=cast.city, name="示例甲（大连）公司", by=cast.officer, at=NOW) == kept
    with pytest.raises(IsMerged):
        change_enterprise(enterprise=closed, revision=1, card=Card(name="示例"), by=cast.officer, at=NOW)


def test_a_merger_rewrites_no_project_and_parting_brings_back_the_group_as_it_was(cast: Cast) -> None:
    kept, closed, top, low = (card(cast, f"示例{name}公司") for name in "甲乙丙丁")
    under(cast, closed, top)
    under(cast, low, closed)
    before, project = tree(top), cast.plant.enterprise_id
    merger = merge(cast, kept, closed)
    assert tree(top) == [(0, "示例丙公司"), (1, "示例甲公司"), (2, "示例丁公司")]
    part_enterprises(merger=merger, reason="示例：看错了", by=cast.statistician, at=NOW)
    assert (tree(top), tree(kept), family(kept)) == (before, [(0, "示例甲公司")], [kept.pk])
    assert Project.objects.of(cast.city).get(pk=cast.plant.pk).enterprise_id == project


def test_what_is_no_merger_is_refused(cast: Cast) -> None:
    coded, plain, other = card(cast, "示例甲公司", uscc=CODE), card(cast, "示例乙公司"), card(cast, "示例丙公司")
    with pytest.raises(KeepTheCoded):
        merge(cast, plain, coded)
    with pytest.raises(MergeReasonMissing):
        merge(cast, coded, plain, reason=" ")
    with pytest.raises(IsMerged):
        merge(cast, plain, plain)
    merger = merge(cast, coded, plain)
    for kept, closed in ((plain, other), (other, coded), (other, plain)):
        with pytest.raises((IsMerged, KeepTheCoded)):
            merge(cast, kept, closed)
    part_enterprises(merger=merger, reason="示例", by=cast.statistician, at=NOW)
    with pytest.raises(NotMerged):
        part_enterprises(merger=merger, reason="示例", by=cast.statistician, at=NOW)


def test_two_codes_are_two_firms(cast: Cast) -> None:
    from zhaoshang.demo.names import code

    one, other = card(cast, "示例甲公司", uscc=CODE), card(cast, "示例乙公司", uscc=code(7))
    with pytest.raises(TwoFirms):
        merge(cast, one, other)


def test_a_firm_cannot_be_merged_into_its_own_subsidiary(cast: Cast) -> None:
    top, middle, low = (card(cast, f"示例{name}公司") for name in "甲乙丙")
    under(cast, middle, top)
    under(cast, low, middle)
    with pytest.raises(GroupCircle):
        merge(cast, fresh(low), fresh(top))


def test_every_reference_to_an_enterprise_is_followed_by_a_teller_of_its_card() -> None:
    """A later room that points at enterprises cannot be forgotten when two of them are merged."""
    pointing = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field is not None and field.remote_field.model is Enterprise
    }
    assert pointing == {name for teller in TELLERS for name in teller.follows}
