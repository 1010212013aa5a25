"""Large files: read by the worker with its progress seen, accepted in one piece or not at all."""

from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.db import connection
from django.test import Client
from django.urls import reverse
from jobs.working import work_off

from imports.large import ROWS, workbook
from imports.sending import MONTH, book, declared, latest, line, press, text_of, upload
from zhaoshang.capital import actions as capital
from zhaoshang.capital.models import Payment
from zhaoshang.regions.actions import withdraw
from zhaoshang.regions.models import Membership
from zhaoshang.review import intake
from zhaoshang.review.intake_once import import_file


def test_a_large_file_waits_for_the_worker_and_is_then_shown(cast: Cast, client: Client) -> None:
    assert "等待后台读取" in text_of(upload(client, cast, workbook(2_000)))
    address = reverse("desk:import_progress", args=[latest(cast).pk])
    assert "HX-Refresh" not in client.get(address).headers
    assert work_off(cast) == 1
    assert client.get(address).headers["HX-Refresh"] == "true"
    assert (latest(cast).state, latest(cast).summary["new"]) == ("read", 2_000)


@pytest.mark.case("B8", "B14")
def test_the_worker_reads_with_the_rights_of_who_sent_the_file(cast: Cast) -> None:
    workbook_sent = intake.receive(
        city=cast.city, unit=cast.east, month=MONTH, content=book(line()), filename="a.xlsx", by=cast.officer, at=NOW
    )
    membership = Membership.objects.of(cast.city).select_related("user", "city").get(user=cast.officer)
    withdraw(membership=membership, by=cast.security, at=NOW)
    intake.read_or_enqueue(workbook=workbook_sent, by=cast.officer, at=NOW)
    assert (latest(cast).state, latest(cast).failure) == ("failed", "not_allowed")


@pytest.mark.case("C9")
def test_an_import_broken_off_midway_leaves_nothing(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.declared(payer="上海示例甲公司", bank_serial="SAMPLE-IN-1", amount_fen=1_200_000_000)
    upload(client, cast, book(line(kind="设备"), line(5, serial="SAMPLE-IN-2")))

    def broken(**given: object) -> None:
        raise SystemExit("killed")

    monkeypatch.setattr(capital, "amend_many", broken)
    with pytest.raises(SystemExit):
        press(client, latest(cast), "accept")
    assert ([one.amount_fen for one in declared(cast)], latest(cast).state) == ([1_200_000_000], "read")


@pytest.mark.case("C9")
def test_ten_thousand_rows_are_accepted_to_the_fen(cast: Cast) -> None:
    told: list[str] = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        told.extend([sql] if sql.startswith('UPDATE "review_workbook" SET "step"') else [])
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        result = import_file(
            city=cast.city, unit=cast.east, month=MONTH, content=workbook(), filename="a.xlsx", by=cast.officer, at=NOW
        )
    stated = result.summary["totals"][0]["stated_fen"]
    assert (len(result.accepted), result.written, result.problems) == (ROWS, True, [])
    assert sum(Payment.objects.of(cast.city).values_list("amount_fen", flat=True)) == stated
    assert len(told) >= ROWS // 500


@pytest.mark.parametrize("name", ["desk:import_list", "desk:import"])
def test_pages_of_imports_ask_the_database_a_fixed_number_of_times(cast: Cast, client: Client, name: str) -> None:
    upload(client, cast, book(*(line(n + 1, serial=f"SAMPLE-IN-{n}") for n in range(120))))
    address = reverse(name, args=[latest(cast).pk] if name == "desk:import" else [])
    assert queries_of(client, address) == QUERY_COUNTS[name]
