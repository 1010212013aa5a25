"""Entries: what is asked, what is missing, who may write, and what leaves the lists."""

from datetime import date, timedelta

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from opportunities.building import FAR, drafted, held, new_entry, offered
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.fields import FIELDS, read_fields, written
from zhaoshang.opportunities.models import EntryChange, Opportunity, Reservation
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.queries import missing_fields
from zhaoshang.opportunities.rules import Kind

TODAY = NOW.date()


def _listed(cast: Cast, at=NOW) -> list[str]:  # type: ignore[no-untyped-def]
    return list(Opportunity.objects.listed(cast.city, at).values_list("code", flat=True))


def test_an_entry_is_numbered_by_kind_and_year(cast: Cast) -> None:
    assert [drafted(cast).code, drafted(cast).code] == ["DK-2023-0001", "DK-2023-0002"]
    assert drafted(cast, Kind.ZONE).code == "YQ-2023-0001"


def test_every_kind_is_complete_with_its_needed_fields(cast: Cast) -> None:
    for kind in Kind:
        assert missing_fields(drafted(cast, kind)) == []


def test_what_is_missing_is_named_and_keeps_it_out_of_the_lists(cast: Cast) -> None:
    entry = drafted(cast, fields={"location": "示例路"}, area_m2=None, outline=None)
    assert [one.name for one in missing_fields(entry)][:3] == ["area_m2", "planned_use", "plot_ratio_high"]
    with pytest.raises(actions.Incomplete):
        actions.publish_entry(entry=entry, by=cast.officer, at=NOW)
    assert _listed(cast) == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"plot_ratio_high": "两"}, "number"),
        ({"plot_ratio_high": "99"}, "bounds"),
        ({"plot_ratio_high": "1.234"}, "places"),
        ({"plot_ratio_high": "NaN"}, "number"),
        ({"plot_ratio_low": "3", "plot_ratio_high": "2"}, "above"),
        ({"planned_use": "机场"}, "choice"),
        ({"utilities": "通路、飞船"}, "choice"),
        ({"point": "38.9, 121.6"}, "point"),
        ({"location": "长" * 201}, "length"),
        ({"spaceport": "1"}, "unknown"),
        ({"deposit": "200", "starting_price": "100"}, "above"),
    ],
)
def test_a_field_that_cannot_be_read_says_why(raw: dict[str, str], code: str) -> None:
    assert [one.code for one in read_fields(FIELDS[Kind.PARCEL], raw)[1]] == [code]


def test_what_is_written_is_read_back_as_it_was(cast: Cast) -> None:
    raw = {
        "starting_price": "1,234.5",
        "utilities": "通路、供电",
        "condition": "净地",
        "point": "121.6，39",
        "green_ratio": "12",
    }
    values, faults = read_fields(FIELDS[Kind.PARCEL], raw)
    assert not faults and values["starting_price"] == 123_450_000_0
    known = {one.name: one for one in FIELDS[Kind.PARCEL]}
    again, faults = read_fields(
        FIELDS[Kind.PARCEL], {name: written(known[name], value) for name, value in values.items()}
    )
    assert (again, faults) == (values, [])


def test_policies_have_their_days(cast: Cast) -> None:
    good = {"policies": "示例办法 | 示例〔2023〕1号 | 2023-01-01 | 2025-12-31 | https://example.cn/a\n示例意见"}
    values, faults = read_fields(FIELDS[Kind.ZONE], good)
    assert not faults and [row["until"] for row in values["policies"]] == ["2025-12-31", ""]
    for bad in ("示例 | 1号 | 2025-01-01 | 2023-01-01", "示例 | 1号 | 元旦"):
        assert read_fields(FIELDS[Kind.ZONE], {"policies": bad})[1][0].code == "documents"
    bad = "示例 | 1号 | | | javascript:alert(1)"
    assert read_fields(FIELDS[Kind.ZONE], {"policies": bad})[1][0].code == "address"


def test_what_is_taken_closed_or_expired_leaves_the_lists(cast: Cast) -> None:
    taken, closed, expiring, stays = (offered(cast, expires_on=day) for day in (FAR, FAR, TODAY, FAR))
    assert len(_listed(cast)) == 4
    actions.take(entry=taken, project=cast.plant, text="", by=cast.officer, at=NOW)
    actions.close_entry(entry=closed, reason="规划调整", by=cast.officer, at=NOW)
    assert _listed(cast) == [expiring.code, stays.code]
    assert _listed(cast, NOW + timedelta(days=1)) == [stays.code]
    assert _listed(cast, NOW - timedelta(days=1)) == []


def test_two_projects_cannot_hold_one_parcel(cast: Cast) -> None:
    entry = offered(cast)
    said = {"entry": entry, "document": "会议纪要", "by": cast.officer, "at": NOW}
    actions.reserve(project=cast.plant, until_on=date(2023, 4, 20), **said)
    with pytest.raises(actions.AlreadyReserved):
        actions.reserve(project=cast.harbour, until_on=date(2023, 4, 20), **said)
    row = {"city": cast.city, "opportunity": entry, "project": cast.harbour, "document": "x", "made_by": cast.officer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(from_on=TODAY, until_on=FAR, made_at=NOW, **row)


def test_a_reservation_lapses_by_its_day_and_stays_on_record(cast: Cast) -> None:
    entry, later = offered(cast), NOW + timedelta(days=30)
    said = {"entry": entry, "document": "会议纪要", "by": cast.officer}
    actions.reserve(project=cast.plant, until_on=date(2023, 4, 20), at=NOW, **said)
    actions.reserve(project=cast.harbour, until_on=date(2023, 6, 1), at=later, **said)
    rows = Reservation.objects.of(cast.city).order_by("from_on")
    assert [(one.project_id, one.ended_on) for one in rows] == [
        (cast.plant.pk, date(2023, 4, 20)),
        (cast.harbour.pk, None),
    ]


def test_what_is_kept_for_one_project_is_not_taken_by_another(cast: Cast) -> None:
    entry = offered(cast)
    actions.reserve(
        entry=entry, project=cast.plant, until_on=date(2023, 4, 20), document="纪要", by=cast.officer, at=NOW
    )
    with pytest.raises(actions.AlreadyReserved):
        actions.take(entry=entry, project=cast.harbour, text="", by=cast.officer, at=NOW)
    actions.take(entry=entry, project=cast.plant, text="", by=cast.officer, at=NOW)
    assert held(entry).taken_by_id == cast.plant.pk
    assert Reservation.objects.of(cast.city).get().end_reason == "已落定"


def test_a_reservation_needs_a_paper_and_a_day_within_the_expiry(cast: Cast) -> None:
    entry = offered(cast, expires_on=date(2023, 5, 1))
    said = {"entry": entry, "project": cast.plant, "by": cast.officer, "at": NOW}
    with pytest.raises(actions.ReasonMissing):
        actions.reserve(until_on=date(2023, 4, 20), document=" ", **said)
    for day in (date(2023, 4, 1), date(2023, 5, 2)):
        with pytest.raises(actions.BadDays):
            actions.reserve(until_on=day, document="纪要", **said)


def test_a_history_cannot_be_rewritten_and_an_entry_not_deleted(cast: Cast) -> None:
    entry = offered(cast)
    actions.reserve(entry=entry, project=cast.plant, until_on=TODAY, document="纪要", by=cast.officer, at=NOW)
    for rows, change in [
        (EntryChange.objects.of(cast.city), {"text": "x"}),
        (Reservation.objects.of(cast.city), {"until_on": FAR}),
    ]:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    for model in (EntryChange, Reservation, Opportunity):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.of(cast.city).all()._raw_delete("default")


def test_a_check_renews_and_tells_who_checked(cast: Cast) -> None:
    entry, later = offered(cast), NOW + timedelta(days=100)
    assert PRACTICE.on(cast.city, later.date()).read.check_due(entry.kind, entry.checked_on) < later.date()
    checked = actions.check_entry(entry=entry, by=cast.statistician, at=later)
    assert (checked.checked_on, checked.checked_by) == (later.date(), cast.statistician)


def test_a_stale_copy_is_not_written(cast: Cast) -> None:
    entry = drafted(cast)
    actions.amend_entry(entry=entry, revision=1, new=new_entry(cast, title="新名"), by=cast.officer, at=NOW)
    with pytest.raises(actions.Changed):
        actions.amend_entry(entry=entry, revision=1, new=new_entry(cast, title="旧名"), by=cast.officer, at=NOW)
    change = EntryChange.objects.of(cast.city).filter(happened="amended").get()
    assert change.changes == {"title": ["示例parcel", "新名"]}


def test_another_district_sees_what_is_published_and_writes_nothing(cast: Cast, client: Client) -> None:
    hidden, seen = drafted(cast), offered(cast)
    client.force_login(cast.other_officer)
    assert client.get(f"/desk/opportunities/{hidden.code}/").status_code == 404
    assert client.get(f"/desk/opportunities/{seen.code}/").status_code == 200
    assert client.post(f"/desk/opportunities/{seen.code}/check/").status_code == 403


def test_an_internal_field_never_leaves(cast: Cast) -> None:
    entry = offered(cast, Kind.SOE, fields=new_entry(cast, Kind.SOE).fields | {"minimum_price": "99"})
    assert "minimum_price" in entry.fields and "minimum_price" not in entry.public_fields
