"""A store that is full, read-only, cut off or fails in the middle: told clearly, nothing half, and reading goes on."""

import errno
import gc
import itertools
import logging
import os
import re
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast, assemble
from desk_payments.asking import entry
from desk_payments.test_entry import pdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from doors.test_refusals import checksums, is_clean
from imports.sending import MONTH, book, line
from partners.appointed import brought, chamber, whole_claim
from projects.test_three_holes import lead
from psycopg_pool import PoolTimeout
from talks.talking import offered

from zhaoshang.capital.models import Payment
from zhaoshang.review.closing import ask_reopen, close_month
from zhaoshang.review.intake import receive
from zhaoshang.review.intake_reading import read_workbook
from zhaoshang.tenancy.trouble import Trouble, trouble_of

# A slip is kept before its payment is: the same slip sent again is the same row. What a unit sends is measured before it is looked at.
SERIALS = itertools.count()
KEPT_ALONE = {"capital_evidencefile", "people_brake"}
WRITING = ("INSERT", "UPDATE", "DELETE")


class Failing:
    """Lets the nth write of what a person does fail, as a disk does. A statement outside every transaction of the product leaves none
    behind that could no longer be used, though the test has one around them all. ``notes``: also that of what was answered."""

    def __init__(self, nth: int, notes: bool = False) -> None:
        self.left, self.failed, self.notes = nth, False, notes
        self.outside = len(connection.savepoint_ids) if connection.in_atomic_block else -1

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if len(connection.savepoint_ids) == self.outside:
            connection.needs_rollback = False
        # That a form was done is noted when it is: without the note it is done all the same.
        noted = not self.notes and '"machines_keptanswer"' in sql and not sql.startswith("INSERT")
        if sql.startswith(WRITING) and "django_session" not in sql and not noted:
            self.left -= 1
            if self.left == 0:
                self.failed = True
                raise OperationalError("disk I/O error of this test")
        return execute(sql, params, many, context)


def declares(cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    return cast.officer, reverse("desk:payment_new"), entry(cast, proof_1="bank_receipt", file_1=pdf())


def decides(cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    payment = Payment.objects.of(cast.city).get()
    sent = {"verdict": "verify", "revision": payment.revision}
    return cast.verifier, reverse("desk:payment_decide", args=[payment.pk]), sent


def closes(cast: Cast) -> tuple[Any, str, dict[str, Any]]:
    return cast.statistician, reverse("desk:month_close", args=["2023-03"]), {"known": "1"}


Act = tuple[Any, str, dict[str, Any]]


def reopens(cast: Cast) -> Callable[[], Act]:
    close_month(city=cast.city, number=MONTH, by=cast.statistician, at=NOW)
    asked = ask_reopen(city=cast.city, number=MONTH, reason="示例：漏报", by=cast.statistician, at=NOW)
    return lambda: (cast.second_statistician, reverse("desk:month_decide", args=[asked.pk]), {"approved": "1"})


def imports(cast: Cast) -> Callable[[], Act]:
    said: dict[str, Any] = {"city": cast.city, "unit": cast.east, "month": MONTH, "by": cast.officer, "at": NOW}
    sent = receive(content=book(line(), line(900, serial="SAMPLE-IN-2")), filename="示例.xlsx", **said)
    read_workbook(sent)
    return lambda: (cast.officer, reverse("desk:import_accept", args=[sent.pk]), {"confirmed": "1"})


def moves(cast: Cast) -> Callable[[], Act]:
    lead(cast)
    sent = {"stage": "talks", "on": "2023-03-01", "evidence": "示例纪要"}
    return lambda: (cast.verifier, reverse("desk:project_skip", args=["9"]), {**sent, "reason": "示例：材料后补"})


def takes_over(cast: Cast) -> Callable[[], Act]:
    offer = offered(cast, project=cast.plant)
    return lambda: (cast.other_officer, reverse("desk:transfer_accept", args=[offer.pk]), {"answer": "示例：接受"})


def rewards(cast: Cast) -> Callable[[], Act]:
    partner = chamber(cast)
    claim = whole_claim(cast, partner, brought(cast, partner))
    return lambda: (cast.verifier, reverse("desk:claim_approve", args=[claim.pk]), {})


def _simply(act: Callable[[Cast], Act]) -> Callable[[Cast], Callable[[], Act]]:
    def prepared(cast: Cast) -> Callable[[], Act]:
        if act is not declares:
            cast.declared()
        return lambda: act(cast)

    return prepared


PATHS = {
    "declares": _simply(declares), "decides": _simply(decides), "closes": _simply(closes), "reopens": reopens,
    "imports": imports, "moves": moves, "takes over": takes_over, "rewards": rewards,
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.case("H4")
def test_whichever_write_fails_the_answer_is_clean_and_nothing_is_half(
    cast: Cast, client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first the first write fails, then the second, until all go through: then, and only then, something has changed."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    act = PATHS[path](cast)
    client.raise_request_exception = False
    client.force_login(act()[0])
    before = checksums()
    for nth in range(1, 60):
        _who, address, sent = act()
        failing = Failing(nth)
        with connection.execute_wrapper(failing):
            answer = client.post(address, sent)
        if not failing.failed:
            break
        is_clean(answer)
        changed = {table for table, sum_ in checksums().items() if sum_ != before[table]}
        assert (answer.status_code, changed - KEPT_ALONE) == (503, set()), nth
    assert nth > 2 and answer.status_code == 302 and checksums() != before


@pytest.mark.parametrize("nth", [3, 4])  # the search's own beginning; a step of it
@pytest.mark.parametrize("what", ["duplicate", "finding"])
@pytest.mark.case("H4")
def test_a_search_that_the_store_cut_off_makes_nobody_wait_for_it(
    cast: Cast, client: Client, what: str, nth: int
) -> None:
    client.raise_request_exception = False
    client.force_login(cast.statistician)
    with connection.execute_wrapper(Failing(nth)):
        cut_off = client.post(f"/api/{what}-sweeps")
    again = client.post(f"/api/{what}-sweeps")
    assert (cut_off.status_code, again.status_code, again.json()["state"]) == (503, 202, "done")


@pytest.mark.case("H4")
def test_a_file_that_the_store_cut_off_is_not_called_broken_and_is_taken_again(cast: Cast, client: Client) -> None:
    """At first the first write of it fails, then the second: received, measured, read, accepted."""
    client.raise_request_exception = False
    client.force_login(cast.officer)
    for nth in range(1, 60):
        content, failing = book(line(serial=f"CUT-{nth}")), Failing(nth)

        def send(content: bytes = content) -> Any:
            given = {"unit": "east", "month": "2023-03", "file": SimpleUploadedFile("a.xlsx", content)}
            return client.post("/api/imports", given)

        with connection.execute_wrapper(failing):
            cut_off = send()
        if not failing.failed:
            break
        connection.set_rollback(False)  # outside of this test no transaction is around what failed
        again = send()
        assert (cut_off.status_code, again.status_code) == (503, 201), (nth, cut_off.content, again.json())
    assert nth > 8 and Payment.objects.of(cast.city).count() == nth


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.case("H5")
@pytest.mark.parametrize(("pragma", "word"), [("max_page_count", "磁盘已满"), ("query_only", "只能读")])
def test_a_full_or_read_only_database_is_told_clearly_while_reading_goes_on(
    client: Client, pragma: str, word: str
) -> None:
    cast = assemble()
    client.force_login(cast.officer)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA {pragma}={pages if pragma == 'max_page_count' else 1}")
    try:
        answers = []
        while len(answers) < 600 and sum(answer.status_code != 302 for answer in answers) < 3:
            answers.append(declares_long(cast, client))  # pages that were freed before take some
        refused = [answer for answer in answers if answer.status_code != 302]
        assert {answer.status_code for answer in refused} == {503}
        assert word in refused[-1].content.decode() and refused[-1]["Retry-After"]
        is_clean(refused[-1])
        assert client.get(reverse("desk:payment_list")).status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count=4294967294")
            cursor.execute("PRAGMA query_only=0")
    assert Payment.objects.of(cast.city).count() == len(answers) - len(refused)
    assert declares_long(cast, client).status_code == 302


def declares_long(cast: Cast, client: Client) -> Any:
    return client.post(reverse("desk:payment_new"), entry(cast, note="长" * 190, bank_serial=f"SAMPLE-{next(SERIALS)}"))


@pytest.mark.one_database
@pytest.mark.case("H5")
def test_a_full_volume_of_evidence_is_told_clearly_and_leaves_no_orphan(
    cast: Cast, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    client.force_login(cast.officer)
    client.raise_request_exception = False
    with monkeypatch.context() as full:
        full.setattr("zhaoshang.common.files.keeping.os.fsync", no_room)
        answer = client.post(reverse("desk:payment_new"), entry(cast, proof_1="bank_receipt", file_1=pdf()))
    assert answer.status_code == 503 and "磁盘已满" in answer.content.decode()
    assert not Payment.objects.of(cast.city).exists()
    assert [file for file in Path(settings.EVIDENCE_DIR).rglob("*") if file.is_file()] == []


@pytest.mark.one_database
@pytest.mark.case("H5")
def test_a_full_volume_of_temporary_files_is_told_clearly_while_reading_goes_on(
    cast: Cast, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is larger than memory should hold lies there while it comes in."""

    def no_room(*_given: Any, **_named: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 4
    client.force_login(cast.officer)
    client.raise_request_exception = False
    with monkeypatch.context() as full:
        full.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", no_room)
        answer = client.post(reverse("desk:payment_new"), entry(cast, proof_1="bank_receipt", file_1=pdf()))
        assert client.get(reverse("desk:payment_list")).status_code == 200
    assert answer.status_code == 503 and "磁盘已满" in answer.content.decode()
    is_clean(answer)
    assert not Payment.objects.of(cast.city).exists()
    again = client.post(reverse("desk:payment_new"), entry(cast, proof_1="bank_receipt", file_1=pdf()))
    assert again.status_code == 302


@pytest.mark.one_database
@pytest.mark.case("H5")
def test_a_full_volume_of_logs_stops_nobody(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(StringIO):
        def write(self, _said: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    handlers = [one for one in logging.getLogger().handlers if isinstance(one, logging.StreamHandler)]
    ours = logging.StreamHandler(Full())
    monkeypatch.setattr(logging.getLogger(), "handlers", [*handlers, ours])
    monkeypatch.setattr("sys.stderr", Full())  # where logging tells that it could not log
    client.force_login(cast.officer)
    assert client.get(reverse("desk:payment_list")).status_code == 200
    assert client.post(reverse("desk:payment_new"), entry(cast)).status_code == 302
    assert client.get("/desk/absent/").status_code == 404
    assert Payment.objects.of(cast.city).count() == 1


@pytest.mark.one_database
@pytest.mark.case("H15")
def test_without_a_descriptor_left_the_answer_is_503_and_the_next_one_is_right_again(
    cast: Cast, client: Client, settings: Any
) -> None:
    """The limit is the kernel's own, lowered to what is open."""
    client.force_login(cast.officer)
    client.raise_request_exception = False
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 4
    sent = entry(cast, proof_1="bank_receipt", file_1=pdf())
    client.post(reverse("desk:payment_new"), {})  # what a process loads once is loaded
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    held: list[int] = []
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (max(int(one.name) for one in Path("/proc/self/fd").iterdir()) + 1, hard)
    )
    try:
        with suppress(OSError):
            while True:
                held.append(os.open(os.devnull, os.O_RDONLY))
        answer = client.post(reverse("desk:payment_new"), sent)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for one in held:
            os.close(one)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    is_clean(answer)
    assert not Payment.objects.of(cast.city).exists()
    sent = entry(cast, proof_1="bank_receipt", file_1=pdf())
    assert client.post(reverse("desk:payment_new"), sent).status_code == 302


@contextmanager
def held_open(left: int) -> Iterator[None]:
    """All but so many of what this process may hold open is taken; the limit is the kernel's own, a hundred above what is open. What tests
    before this one left to be swept is swept first, and nothing meanwhile: it would give some back."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    gc.collect()
    gc.disable()
    most = max(int(one.name) for one in Path("/proc/self/fd").iterdir()) + 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    held: list[int] = []
    try:
        with suppress(OSError):
            while True:
                held.append(os.open(os.devnull, os.O_RDONLY))
        for _ in range(left):
            os.close(held.pop())
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for one in held:
            os.close(one)
        gc.enable()


@pytest.mark.one_database
@pytest.mark.case("H15")
def test_descriptors_that_run_out_are_an_alarm_before_the_last_is_gone(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.CITY = cast.city.code

    def told() -> tuple[bool, float, int]:
        alarm = re.search(r"\nzhaoshang_descriptors_short (\S+)", client.get("/metrics").content.decode())
        ready = client.get("/readyz")
        return ready.json()["parts"]["descriptors"]["good"], float(alarm[1]) if alarm else -1, ready.status_code

    usual = told()
    with held_open(left=3):
        few = told()
        metrics = client.get("/metrics").content.decode()
    with held_open(left=0):
        none = told()
    assert (usual, few, none, told()) == ((True, 0, 200), (False, 1, 200), (False, 1, 503), (True, 0, 200))
    opened = float(metrics.partition("\nzhaoshang_descriptors_open ")[2].split()[0])
    most = float(metrics.partition("\nzhaoshang_descriptors_most ")[2].split()[0])
    assert most * 0.9 <= opened <= most


def caused_by(cause: Exception) -> OperationalError:
    """As Django tells of what its driver says."""
    told = OperationalError(str(cause))
    told.__cause__ = cause
    return told


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(errno.ENOSPC, "no space"), Trouble.FULL),
        (OSError(errno.EDQUOT, "quota"), Trouble.FULL),
        (OSError(errno.EROFS, "read-only"), Trouble.READ_ONLY),
        (OSError(errno.EMFILE, "too many open files"), Trouble.BUSY),
        (OSError(errno.ENOENT, "no file"), None),
        (OperationalError("server closed the connection"), Trouble.AWAY),
        (OperationalError('FATAL:  too many connections for role "few"'), Trouble.BUSY),
        (caused_by(PoolTimeout("couldn't get a connection after 30.00 sec")), Trouble.BUSY),
        (ValueError("another fault"), None),
        (None, None),
    ],
    ids=str,
)
def test_the_kind_of_trouble_is_known(error: BaseException | None, trouble: Trouble | None) -> None:
    assert trouble_of(error) == trouble
