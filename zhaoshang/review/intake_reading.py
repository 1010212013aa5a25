"""Reading a received workbook: opened, understood, held against the account, kept for the preview; by the worker when it is large."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from zhaoshang.capital import evidence
from zhaoshang.capital.rules import Kind
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets import Workbook as Book
from zhaoshang.common.sheets import column_letter, open_workbook
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind as JobKind
from zhaoshang.jobs.running import Cancelled, Lost
from zhaoshang.jobs.telling import Tell, tell_nobody
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import viewer_of
from zhaoshang.review.intake_asking import asked_for
from zhaoshang.review.intake_matching import Plan, letters_of, plan
from zhaoshang.review.intake_rows import Planned, keep_pages, row_of, stored_rows
from zhaoshang.review.intake_words import TO_CONFIRM
from zhaoshang.review.models import Workbook
from zhaoshang.review.rules import Act, WorkbookState
from zhaoshang.review.workbooks import Reading, understand
from zhaoshang.review.workbooks.columns import bare
from zhaoshang.tenancy.trouble import trouble_of

logger = logging.getLogger(__name__)
SETTLED = ("mapping", "amount_unit", "sheets", "kind", "headers")
MOST_KEPT_PROBLEMS = 5_000
MOST_KEPT_LINES = 300
MOST_LINE_CELLS = 40


def enqueue(workbook: Workbook, by: User, at: datetime) -> Job:
    """Leave the reading to the worker."""
    return begin(
        city=workbook.city, kind=JobKind.IMPORT_READ, key=f"import_read:{workbook.pk}", given={"workbook": str(workbook.pk)},
        about=workbook.name, by=by, at=at,
    )  # fmt: skip


def read_workbook(workbook: Workbook, book: Book | None = None, tell: Tell = tell_nobody) -> None:
    """Understand a received workbook and keep what was understood; what goes wrong is said on the workbook.

    With the rights of who sent it, as they are now. A second reader of the same workbook leaves at once.
    """
    mine = Workbook.objects.of(workbook.city_id).filter(pk=workbook.pk, state=WorkbookState.RECEIVED)
    if not mine.update(state=WorkbookState.READING, step="opening", done=0, total=0, moved_at=timezone.now()):
        return
    try:
        _read(workbook, book, tell)
    except (Cancelled, Lost, MemoryError) as end:
        if not isinstance(end, Lost):
            _fail(workbook, end)
        raise
    except Exception as error:
        if trouble_of(error):  # of the store, not of the file
            with suppress(DatabaseError):
                _fail(workbook, error)
            raise
        _fail(workbook, error)
    workbook.refresh_from_db(from_queryset=Workbook.objects.of(workbook.city_id).select_related("unit", "city"))


def _read(workbook: Workbook, book: Book | None, tell: Tell) -> None:
    viewer = viewer_of(workbook.sent_by, workbook.city)
    if not (viewer.can(Can.DECLARE) and viewer.sees_unit(workbook.unit_id)):
        raise PermissionError
    book = book or open_workbook(evidence.kept(workbook.city.code, workbook.digest), workbook.name)
    asked = asked_for(workbook.city, workbook.unit, workbook.month, timezone.localdate(), workbook.asked)

    def told(step: str, done: int, total: int) -> None:
        _tell(workbook, step, done, total)
        tell(step, done, total)

    understood = understand(book, asked, lambda done, total: told("rows", done, total))
    told("matching", len(understood.rows), len(understood.rows))
    found = plan_of(workbook, understood)
    with transaction.atomic():
        fill_in(workbook, understood, found)
        workbook.lines = _lines(book, workbook.problems)
        workbook.state, workbook.step, workbook.moved_at = WorkbookState.READ, "", timezone.now()
        workbook.save(update_fields=["summary", "columns", "problems", "lines", "state", "step", "moved_at"])
        keep_pages(workbook, found.rows)


def _tell(workbook: Workbook, step: str, done: int, total: int) -> None:
    Workbook.objects.of(workbook.city_id).filter(pk=workbook.pk).update(
        step=step, done=done, total=total, moved_at=timezone.now()
    )


def _fail(workbook: Workbook, error: BaseException) -> None:
    """``failure`` is a code: ``refused``, ``damaged``, ``not_allowed``, ``cancelled``, ``memory`` or ``broken``; the log has the rest."""
    kinds = {
        Refused: "refused",
        Cancelled: "cancelled",
        MemoryError: "memory",
        evidence.FileDamaged: "damaged",
        PermissionError: "not_allowed",
    }
    code = next((text for kind, text in kinds.items() if isinstance(error, kind)), "broken")
    if code == "broken":
        logger.exception("workbook %s could not be read", workbook.pk)
    Workbook.objects.of(workbook.city_id).filter(pk=workbook.pk).update(
        state=WorkbookState.FAILED, failure=code, moved_at=timezone.now()
    )


def plan_of(workbook: Workbook, understood: Reading) -> Plan:
    """What was understood, held against the account."""
    columns = [asdict(column) for column in understood.columns]
    return plan(workbook.unit, workbook.month, understood.rows, letters_of(columns), _kind(workbook))


def plan_again(workbook: Workbook, tell: Tell = tell_nobody) -> Plan:
    """The stored rows, held against the account as it is now."""
    rows = [row_of(stored) for stored in stored_rows(workbook)]
    said = partial(tell, "matching")
    return plan(workbook.unit, workbook.month, rows, letters_of(workbook.columns), _kind(workbook), said)


def _kind(workbook: Workbook) -> Kind | None:
    return Kind(workbook.asked["kind"]) if workbook.asked.get("kind") else None


def match_again(workbook: Workbook) -> None:
    """Hold the stored rows against the account again and keep the answer."""
    found = plan_again(workbook)
    of_file = [one for one in workbook.problems if one["of_file"]]
    _say(workbook, found, of_file + [_problem_json(one, of_file=False) for one in found.problems])
    workbook.save(update_fields=["problems", "summary"])
    keep_pages(workbook, found.rows)


def fill_in(workbook: Workbook, understood: Reading, found: Plan) -> None:
    """Write columns, problems and summary of a reading onto the workbook, unsaved."""
    workbook.columns = [asdict(column) for column in understood.columns]
    workbook.summary = {
        "sheets": [asdict(sheet) for sheet in understood.sheets],
        "totals": [asdict(total) for total in understood.totals],
        "ignored": dict(Counter(row.taken_for for row in understood.ignored)),
        "amount_unit": understood.amount_unit,
    }
    of_file = [_problem_json(one, of_file=True) for one in understood.problems]
    _say(workbook, found, of_file + [_problem_json(one, of_file=False) for one in found.problems])


def _say(workbook: Workbook, found: Plan, problems: list[dict[str, Any]]) -> None:
    """Count every problem; keep the first, fatal ones before the rest, then by place."""
    problems.sort(key=lambda one: (not one["fatal"], one["sheet"], one["row"], one["column"]))
    workbook.summary |= _counts(found, problems)
    workbook.problems = problems[:MOST_KEPT_PROBLEMS]


def _problem_json(problem: Problem, *, of_file: bool) -> dict[str, Any]:
    """A problem as stored; ``of_file`` ones hold whatever the account says."""
    return problem.to_json() | {"params": {key: str(one) for key, one in problem.params.items()}, "of_file": of_file}


def _counts(found: Plan, problems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    acts = Counter(one.act for one in found.rows)
    return {
        "rows": len(found.rows),
        **{str(act): acts[act] for act in Act},
        "fen": sum(one.row.amount_fen for one in found.rows),
        "new_fen": _fen_of(found.rows, Act.NEW),
        "update_fen": _fen_of(found.rows, Act.UPDATE),
        "faults": sum(one["fatal"] for one in problems),
        "warnings": sum(not one["fatal"] for one in problems),
        "to_confirm": sum(one["code"] in TO_CONFIRM for one in problems),
        "unknown": [asdict(one) for one in found.unknown],
    }


def _fen_of(rows: Sequence[Planned], act: Act) -> int:
    return sum(one.row.amount_fen for one in rows if one.act == act)


def _lines(book: Book, problems: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """The cells of rows that have problems, ``sheet!row`` → letter → text, so that the page can show the row."""
    places = dict.fromkeys((one["sheet"], one["row"]) for one in problems if one["row"])
    wanted = set(list(places)[:MOST_KEPT_LINES])
    found = {}
    for sheet in book.sheets:
        for row in sheet.rows:
            if (sheet.name, row.number) in wanted:
                cells = sorted(row.cells.items())[:MOST_LINE_CELLS]
                found[f"{sheet.name}!{row.number}"] = {
                    column_letter(at): cell.text[:200] for at, cell in cells if cell.text
                }
    return found


def corrected(workbook: Workbook) -> dict[str, str]:
    """Bare headings that the person mapped, or said not to read, and those of a heading that the person pointed at."""
    mapping, headers = workbook.asked.get("mapping", {}), workbook.asked.get("headers", {})
    return {
        bare(column["heading"]): column["key"]
        for column in workbook.columns
        if column["heading"]
        and (
            column["key"] == mapping.get(column["letter"])
            or (column["key"] and (column["sheet"] in headers or "" in headers))
        )
    }
