"""A workbook imported in one call, for the command line and the API: the same way as the page's, without its preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import month_text
from zhaoshang.common.sheets import open_workbook
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.review import intake, intake_reading
from zhaoshang.review.intake_asking import asked_for
from zhaoshang.review.intake_projects import Registration, Unknown
from zhaoshang.review.intake_rows import stored_rows
from zhaoshang.review.intake_words import account_problem
from zhaoshang.review.models import Workbook
from zhaoshang.review.rules import Act, WorkbookState
from zhaoshang.review.workbooks import understand
from zhaoshang.tenancy.models import City

PROBLEM_FIELDS = ("sheet", "row", "column", "value", "message", "code", "fatal")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file. Rows: ``{sheet, row, project, project_name, paid_on, amount, amount_fen, act, …}``; amounts in yuan as text.

    ``accepted``: rows that are new, in a dry run those that would be, with the ones whose project is still to be registered (``act``
    ``blocked``, ``project`` null). ``written`` says whether anything was. ``already``: the file had been imported before.
    """

    accepted: list[dict[str, Any]]
    updated: list[dict[str, Any]]
    unchanged: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    summary: Mapping[str, Any]
    workbook: Workbook | None = None
    written: bool = False
    already: bool = False

    def to_json(self, file: str) -> dict[str, Any]:
        """The form of the command line and the API; problems as ``{sheet, row, column, value, message, code, fatal}``."""
        return {
            "file": file,
            "written": self.written,
            "already": self.already,
            "import": str(self.workbook.pk) if self.workbook else None,
            "accepted": self.accepted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "problems": [{name: one[name] for name in PROBLEM_FIELDS} for one in self.problems],
            "totals": [
                {**total, "stated": yuan_text(total["stated_fen"]), "summed": yuan_text(total["summed_fen"])}
                for total in self.summary.get("totals", ())
            ],
            "amount_unit": self.summary.get("amount_unit"),
        }

    @property
    def faulty(self) -> bool:
        """Whether anything keeps the file out."""
        return any(problem["fatal"] for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Settled:
    """What the caller settles beforehand. ``industry``: register projects that the sheet names, in this section of GB/T 4754;
    ``nevertheless``: the reason to do so although the city has projects that look alike.

    ``header_row``: the row of the heading in every sheet, 0 to find it.
    ``confirmed``: doubts such as a total that differs are answered for.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    amount_unit: str | None = None
    sheets: tuple[str, ...] = ()
    kind: str | None = None
    header_row: int = 0
    industry: str = ""
    nevertheless: str = ""
    confirmed: bool = False

    def asked(self) -> dict[str, Any]:
        """The part that reading needs."""
        chosen = {"mapping": dict(self.mapping), "amount_unit": self.amount_unit, "sheets": list(self.sheets)}
        headers = {"": [self.header_row, self.header_row]} if self.header_row else {}
        return {name: one for name, one in {**chosen, "kind": self.kind, "headers": headers}.items() if one}


def import_file(
    *,
    city: City,
    unit: ReportingUnit,
    month: int,
    content: bytes,
    filename: str,
    by: User,
    at: datetime,
    dry_run: bool = False,
    settled: Settled | None = None,
) -> ImportResult:
    """Read a file and, unless it is a ``dry_run`` or something keeps it out, accept it as a whole.

    A file with problems stays for the page to correct (``workbook``). Raises as ``intake.receive``, except that a file imported before is
    answered by its rows, unchanged.
    """
    chosen = settled or Settled()
    if dry_run:
        return _tried(city, unit, month, content, filename, by, chosen)
    try:
        workbook, book = intake.take_in(
            city=city, unit=unit, month=month, content=content, filename=filename, by=by, at=at
        )
    except intake.AlreadyImported as again:
        rows = [_plain(row) | {"act": str(Act.UNCHANGED)} for row in stored_rows(again.workbook)]
        return ImportResult([], [], rows, [], again.workbook.summary, again.workbook, already=True)
    if workbook.state != WorkbookState.RECEIVED:
        workbook = intake.remap(workbook=workbook, settled=chosen.asked(), by=by, at=at)
    else:
        workbook.asked = chosen.asked()
        workbook.save(update_fields=["asked"])
    intake_reading.read_workbook(workbook, book)
    return _accepted(workbook, chosen, by, at)


def _accepted(workbook: Workbook, chosen: Settled, by: User, at: datetime) -> ImportResult:
    if workbook.state == WorkbookState.FAILED:
        raise intake.NotReady(workbook.failure)
    if chosen.industry and (unknown := workbook.summary["unknown"]):
        wanted = [Registration(Unknown(**one), chosen.industry) for one in unknown if one["source_code"]]
        intake.register_projects(workbook=workbook, wanted=wanted, nevertheless=chosen.nevertheless, by=by, at=at)
        workbook = Workbook.objects.of(workbook.city_id).select_related("unit", "city").get(pk=workbook.pk)
    held_back = (
        workbook.faults or not workbook.summary["rows"] or (workbook.summary["to_confirm"] and not chosen.confirmed)
    )
    if not held_back:
        workbook = intake.accept(workbook=workbook, by=by, at=at, confirmed=chosen.confirmed)
    return result_of(workbook)


def result_of(workbook: Workbook) -> ImportResult:
    """A stored import in the same form."""
    written = workbook.state == WorkbookState.ACCEPTED
    return _result(list(stored_rows(workbook)), workbook.problems, workbook.summary, workbook, written=written)


def _tried(
    city: City, unit: ReportingUnit, month: int, content: bytes, filename: str, by: User, chosen: Settled
) -> ImportResult:
    """The same reading, with nothing kept."""
    intake.require_sender(city, unit, by)
    book = open_workbook(content, filename)
    understood = understand(book, asked_for(city, unit, month, timezone.localdate(), chosen.asked()))
    workbook = Workbook(city=city, unit=unit, month=month, asked=chosen.asked())
    found = intake_reading.plan_of(workbook, understood)
    intake_reading.fill_in(workbook, understood, found)
    problems = workbook.problems
    held = ReportMonth.objects.of(city).filter(number=month).first()
    if held is None or not held.is_open:
        problems = [account_problem("month_closed", "", 0, month=month_text(month)).to_json(), *problems]
    return _result([one.to_json() for one in found.rows], problems, workbook.summary, None, written=False)


def _result(
    rows: list[dict[str, Any]],
    problems: list[dict[str, Any]],
    summary: Mapping[str, Any],
    workbook: Workbook | None,
    *,
    written: bool,
) -> ImportResult:
    sorted_rows: dict[str, list[dict[str, Any]]] = {act: [] for act in Act}
    for row in rows:
        sorted_rows[row["act"]].append(_plain(row))
    accepted = sorted_rows[Act.NEW]
    if not written:
        homeless = [row for row in sorted_rows[Act.BLOCKED] if row["project"] is None]
        accepted = sorted(accepted + homeless, key=lambda row: (row["sheet"], row["row"]))
    unchanged = sorted_rows[Act.UNCHANGED] + sorted_rows[Act.RETURNED]
    return ImportResult(accepted, sorted_rows[Act.UPDATE], unchanged, problems, summary, workbook, written)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A stored row for scripts."""
    project = row["project"]
    return {
        "sheet": row["sheet"],
        "row": row["row"],
        "act": str(row["act"]),
        "project": project[1] if project else None,
        "project_name": project[2] if project else row["project_name"] or row["enterprise_name"],
        "month": month_text(row["month"]),
        "paid_on": row["arrived_on"],
        "amount": yuan_text(row["amount_fen"]),
        "amount_fen": row["amount_fen"],
        "foreign": row.get("foreign"),
        "source_code": row.get("source_code") or row["place_code"],
        "kind": row["kind"],
        "origin": row["origin"],
        "payer": row["payer"],
        "bank_serial": row["bank_serial"],
        "row_key": row["row_key"],
        "hidden": row["hidden"],
    }
