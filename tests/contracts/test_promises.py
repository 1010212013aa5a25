"""Promises of both sides: made, amended, settled, overdue; and promised against real."""

from datetime import date
from typing import Any

import pytest
from cast import YI, Cast
from django.db import DatabaseError, transaction
from django.test import Client

from contracts.papers import DAY, LATER, pdf, promised, weighed
from zhaoshang.common.files import Refused
from zhaoshang.contracts.actions.promising import (
    AlreadySettled,
    DocumentMissing,
    NoEvidence,
    NothingChanges,
    PromiseIncomplete,
    amend_promise,
    enter_actual,
    settle_promise,
)
from zhaoshang.contracts.actions.reading import ReasonMissing
from zhaoshang.contracts.models import Actual, Promise, PromiseEntry
from zhaoshang.contracts.queries import compared, entries_of, first_overdue, promises_of, promises_seen
from zhaoshang.contracts.rules.promises import Measure, Side, Status, days_overdue, promised_by_year, years_compared
from zhaoshang.projects.stages.actions import BadDay
from zhaoshang.regions.access import NotAllowed, viewer_of

pytestmark = pytest.mark.django_db
WAN = 1_000_000
TODAY = date(2025, 6, 1)


def settled(cast: Cast, promise: Promise, status: Status, **more: Any) -> Promise:
    given = {"on": DAY, "content": pdf("road"), "name": "验收.pdf", "by": cast.officer, "at": LATER} | more
    return settle_promise(promise=promise, status=status, **given)


def amended(cast: Cast, promise: Promise, **more: Any) -> Promise:
    given = {"document": "示例补充协议1号", "agreed_on": DAY, "by": cast.officer, "at": LATER} | more
    return amend_promise(promise=promise, **given)


def test_terms_change_by_a_supplement_and_the_log_keeps_what_they_were(cast: Cast) -> None:
    promise = amended(cast, promised(cast, cast.plant), due_on=date(2025, 12, 31), amount_fen=WAN)
    assert (promise.due_on, promise.document, promise.revision) == (date(2025, 12, 31), "示例补充协议1号", 2)
    made, change = entries_of(cast.city, [promise])[promise.pk]
    assert (made.document, change.changes) == (
        "示例合同1号",
        {"due_on": ["2024-12-31", "2025-12-31"], "amount_fen": [None, WAN]},
    )


def test_a_supplement_is_named_dated_and_changes_something(cast: Cast) -> None:
    promise = promised(cast, cast.plant)
    with pytest.raises(DocumentMissing):
        amended(cast, promise, document=" ", due_on=date(2026, 1, 1))
    with pytest.raises(NothingChanges):
        amended(cast, promise, due_on=promise.due_on)
    with pytest.raises(BadDay):
        amended(cast, promise, agreed_on=date(2024, 9, 11), due_on=date(2026, 1, 1))
    with pytest.raises(PromiseIncomplete):
        amended(cast, promise, text=" ")


@pytest.mark.parametrize(("on", "status"), [(DAY, Status.KEPT), (date(2024, 9, 10), Status.LATE)])
def test_kept_after_its_day_is_kept_late_whatever_was_ticked(cast: Cast, on: date, status: Status) -> None:
    promise = promised(cast, cast.plant, due_on=DAY)
    assert settled(cast, promise, Status.KEPT, on=on).status == status


def test_a_kept_promise_has_a_file_a_broken_one_a_reason(cast: Cast) -> None:
    promise = promised(cast, cast.plant)
    with pytest.raises(NoEvidence):
        settled(cast, promise, Status.KEPT, content=b"")
    with pytest.raises(ReasonMissing):
        settled(cast, promise, Status.BROKEN)
    with pytest.raises(Refused):
        settled(cast, promise, Status.KEPT, content=b"MZ not a paper")
    with pytest.raises(BadDay):
        settled(cast, promise, Status.KEPT, on=date(2024, 9, 11))
    assert settled(cast, promise, Status.BROKEN, content=b"", reason="示例：企业撤资").status == Status.BROKEN
    with pytest.raises(AlreadySettled):
        amended(cast, promise, due_on=date(2026, 1, 1))
    with pytest.raises(AlreadySettled):
        settled(cast, promise, Status.KEPT)


def test_waiving_takes_the_right_to_review(cast: Cast) -> None:
    promise = promised(cast, cast.plant)
    with pytest.raises(NotAllowed):
        settled(cast, promise, Status.WAIVED, reason="示例")
    assert settled(cast, promise, Status.WAIVED, reason="示例：政策调整", by=cast.verifier).status == Status.WAIVED


def test_the_officer_of_another_unit_touches_nothing(cast: Cast) -> None:
    promise = promised(cast, cast.plant)
    with pytest.raises(NotAllowed):
        promised(cast, cast.plant, by=cast.other_officer)
    with pytest.raises(NotAllowed):
        amended(cast, promise, due_on=date(2026, 1, 1), by=cast.other_officer)
    with pytest.raises(NotAllowed):
        settled(cast, promise, Status.KEPT, by=cast.other_officer)


def test_a_promise_says_what_who_and_by_which_document(cast: Cast) -> None:
    for change in ({"text": ""}, {"responsible": " "}, {"document": ""}, {"measure": Measure.TAX}, {"amount_fen": 0}):
        with pytest.raises(PromiseIncomplete):
            promised(cast, cast.plant, **change)


def test_overdue_is_an_open_promise_whose_day_has_passed_on_either_side(cast: Cast) -> None:
    promised(cast, cast.plant)
    promised(cast, cast.plant, side=Side.ENTERPRISE, due_on=date(2025, 5, 31))
    promised(cast, cast.plant, side=Side.ENTERPRISE, due_on=TODAY)
    settled(cast, promised(cast, cast.plant), Status.BROKEN, reason="示例")
    viewer = viewer_of(cast.leader, cast.city)
    assert first_overdue(viewer, TODAY) == {
        "government": (1, date(2024, 12, 31)),
        "enterprise": (1, date(2025, 5, 31)),
    }
    assert promises_seen(viewer, {"status": "overdue", "side": "enterprise"}, TODAY).count() == 1
    assert first_overdue(viewer_of(cast.other_officer, cast.city), TODAY) == {}
    assert [days_overdue("open", day, TODAY) for day in (TODAY, date(2025, 5, 31))] == [0, 1]


def test_the_database_refuses_a_promise_changed_behind_its_log(cast: Cast) -> None:
    promise = promised(cast, cast.plant)
    rows = Promise.objects.of(cast.city).filter(pk=promise.pk)
    for change in (
        {"due_on": date(2030, 1, 1)},
        {"text": "别的"},
        {"status": "kept", "settled_on": DAY},
        {"revision": 2},
        {"side": "enterprise"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        PromiseEntry.objects.of(cast.city).update(reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        said = {"kind": "settled", "day": DAY, "status": "kept", "entered_by": cast.officer, "entered_at": LATER}
        PromiseEntry.objects.create(city=cast.city, promise=promise, number=2, **said)


def test_real_investment_is_what_the_ledger_verified_cumulative(cast: Cast) -> None:
    cast.verified(amount_fen=YI)
    cast.declared(amount_fen=YI)
    weighed(cast, cast.plant)
    promised(cast, cast.plant, measure=Measure.INVESTMENT, amount_fen=2 * YI, due_on=date(2023, 12, 31))
    promised(cast, cast.plant, measure=Measure.TAX, amount_fen=500 * WAN, due_on=date(2024, 12, 31))
    entered = {"year": 2024, "measure": Measure.TAX, "by": cast.officer, "at": LATER}
    enter_actual(project=cast.plant, amount_fen=400 * WAN, document="示例证明", **entered)  # type: ignore[arg-type]
    enter_actual(project=cast.plant, amount_fen=450 * WAN, document="示例更正", **entered)  # type: ignore[arg-type]
    held = compared(cast.plant, promises_of(cast.plant), date(2024, 12, 31))
    rows = {(row.year, row.measure): (row.promised_fen, row.real_fen, row.percent) for row in held.rows}
    assert rows[2022, Measure.INVESTMENT] == (None, 0, None)
    assert rows[2023, Measure.INVESTMENT] == (2 * YI, YI, 50)
    assert rows[2024, Measure.TAX] == (500 * WAN, 450 * WAN, 90)
    assert rows[2023, Measure.OUTPUT] == (None, None, None)
    assert held.actuals["tax", 2024].document == "示例更正"
    assert held.mu == 20


def test_before_the_ledger_investment_is_unknown_and_never_nought() -> None:
    promises = {(Measure.INVESTMENT, 2020): YI}
    (before, *_), after = (
        years_compared(promises, {2022: 0}, {}, 2022)[:3],
        years_compared(promises, {2022: 0}, {}, 2022)[3],
    )
    assert (before.real_fen, after.real_fen, after.promised_fen) == (None, 0, YI)


def test_a_waived_promise_is_no_longer_owed_and_sums_go_by_year() -> None:
    told = [
        (Measure.TAX, date(2023, 6, 1), 1, "open"),
        (Measure.TAX, date(2023, 9, 1), 2, "kept"),
        (Measure.TAX, date(2023, 9, 1), 4, "waived"),
        (Measure.INVESTMENT, date(2023, 6, 1), 5, "open"),
        (Measure.INVESTMENT, date(2023, 9, 1), 8, "open"),
        (Measure.OTHER, date(2023, 9, 1), 9, "open"),
    ]
    assert promised_by_year(told) == {(Measure.TAX, 2023): 3, (Measure.INVESTMENT, 2023): 8}


def test_a_real_value_has_a_year_that_has_come_and_a_document(cast: Cast) -> None:
    given = {"project": cast.plant, "amount_fen": 1, "document": "示例", "by": cast.officer, "at": LATER}
    for change, refusal in (
        ({"year": 2025, "measure": Measure.TAX}, BadDay),
        ({"year": 2023, "measure": Measure.INVESTMENT}, PromiseIncomplete),
        ({"year": 2023, "measure": Measure.TAX, "amount_fen": -1}, PromiseIncomplete),
        ({"year": 2023, "measure": Measure.TAX, "document": " "}, DocumentMissing),
        ({"year": 2023, "measure": Measure.TAX, "by": cast.leader}, NotAllowed),
    ):
        with pytest.raises(refusal):
            enter_actual(**given | change)  # type: ignore[arg-type]
    enter_actual(**given | {"year": 2023, "measure": Measure.TAX})  # type: ignore[arg-type]
    with pytest.raises(DatabaseError), transaction.atomic():
        Actual.objects.of(cast.city).update(amount_fen=2)


def test_a_promise_met_over_its_target_waits_to_be_settled_and_is_not_overdue(cast: Cast, client: Client) -> None:
    """Ten thousand yuan of tax were promised for 2024 in two halves; the year came to six thousand, then to eleven."""
    half = {"side": Side.ENTERPRISE, "measure": Measure.TAX, "amount_fen": WAN // 2}
    promised(cast, cast.plant, **half), promised(cast, cast.plant, **half)
    other = promised(cast, cast.plant, side=Side.ENTERPRISE)
    viewer = viewer_of(cast.officer, cast.city)
    said = {"project": cast.plant, "year": 2024, "measure": Measure.TAX, "document": "示例税单", "by": cast.officer}
    enter_actual(amount_fen=WAN * 6 // 10, at=LATER, **said)  # type: ignore[arg-type]
    assert first_overdue(viewer, TODAY) == {"enterprise": (3, other.due_on)}
    enter_actual(amount_fen=WAN * 11 // 10, at=LATER, **said)  # type: ignore[arg-type]
    assert first_overdue(viewer, TODAY) == {"enterprise": (1, other.due_on)}
    assert promises_seen(viewer, {"status": "met"}, TODAY).count() == 2
    assert list(promises_seen(viewer, {"status": "overdue"}, TODAY)) == [other]
    client.force_login(cast.officer)
    assert "已达到承诺，待了结" in client.get("/desk/promises/?status=met").content.decode()


def test_investment_that_the_ledger_has_verified_meets_its_promise(cast: Cast) -> None:
    told = {"side": Side.ENTERPRISE, "measure": Measure.INVESTMENT}
    promised(cast, cast.plant, amount_fen=YI, **told), promised(cast, cast.plant, amount_fen=2 * YI, **told)
    cast.verified()
    assert [(one.amount_fen, one.is_met) for one in promises_of(cast.plant)] == [(YI, True), (2 * YI, False)]
