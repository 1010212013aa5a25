"""The stored form of an understood row: what the sheet says, and what accepting will do with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from zhaoshang.capital.actions import TOLD_OF_THE_MONEY, Draft
from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind, Origin, Proof
from zhaoshang.projects.models import Project
from zhaoshang.review.models import Workbook, WorkbookPage
from zhaoshang.review.rules import Act
from zhaoshang.review.workbooks.outcome import PaymentRow

PAGE_ROWS = 50
_FIELDS = tuple(one.name for one in fields(PaymentRow))


@dataclass(slots=True)
class Planned:
    """A row and its fate. ``draft`` is what it declares; ``standing`` the payment that it updates, repeats or follows."""

    row: PaymentRow
    act: Act = Act.BLOCKED
    project: Project | None = None
    draft: Draft | None = None
    standing: Payment | None = None
    before: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The row's form on a :class:`WorkbookPage`."""
        stored: dict[str, Any] = {name: getattr(self.row, name) for name in _FIELDS}
        stored["arrived_on"] = self.row.arrived_on.isoformat()
        stored["foreign"] = self.row.foreign.to_json() if self.row.foreign else None
        stored["act"] = self.act
        stored["project"] = [str(self.project.pk), self.project.code, self.project.name] if self.project else None
        stored["standing"] = [str(self.standing.pk), self.standing.revision] if self.standing else None
        if self.before:
            stored["before"] = dict(self.before)
        if self.draft:
            stored["source_code"], stored["kind"], stored["origin"] = (
                self.draft.source_code, self.draft.kind, self.draft.origin,
            )  # fmt: skip
        return stored

    def same_as(self, stored: Mapping[str, Any]) -> bool:
        """Whether it would do what was shown."""
        project = str(self.project.pk) if self.project else None
        standing = [str(self.standing.pk), self.standing.revision] if self.standing else None
        shown = stored["project"][0] if stored["project"] else None
        return (self.act, project, standing) == (stored["act"], shown, stored["standing"])


def row_of(stored: Mapping[str, Any]) -> PaymentRow:
    """The understood row as it was stored."""
    said = {name: stored[name] for name in _FIELDS if name in stored}  # the version before stored no foreign original
    said["foreign"] = Foreign.from_json(stored.get("foreign"))
    said["arrived_on"] = date.fromisoformat(stored["arrived_on"])
    said["kind"] = Kind(said["kind"]) if said["kind"] else None
    said["origin"] = Origin(said["origin"]) if said["origin"] else None
    said["evidence"] = tuple(Proof(one) for one in said["evidence"])
    return PaymentRow(**said)


def declared_of(payment: Payment | Draft) -> dict[str, Any]:
    """What may be amended of a payment, as plain JSON."""
    found = {name: getattr(payment, name) for name in TOLD_OF_THE_MONEY}
    return {
        **found,
        "paid_on": found["paid_on"].isoformat(),
        "foreign": found["foreign"].to_json() if found["foreign"] else None,
        "kind": str(found["kind"]),
        "origin": str(found["origin"]),
    }


def draft_back(project: Project, payment: Payment, before: Mapping[str, Any]) -> Draft:
    """The draft that puts an updated payment back as it was."""
    kept = dict(before) | {"paid_on": date.fromisoformat(before["paid_on"])}
    kept |= {"kind": Kind(before["kind"]), "origin": Origin(before["origin"])}
    kept["foreign"] = Foreign.from_json(before.get("foreign"))
    return Draft(project=project, report_month=payment.report_month, row_key=payment.row_key, **kept)


def keep_pages(workbook: Workbook, planned: Sequence[Planned]) -> None:
    """Replace the stored rows of a workbook."""
    WorkbookPage.objects.of(workbook.city_id).filter(workbook=workbook).delete()
    starts = range(0, len(planned), PAGE_ROWS)
    pages = [
        WorkbookPage(
            city_id=workbook.city_id, workbook=workbook, number=number,
            rows=[one.to_json() for one in planned[start : start + PAGE_ROWS]],
        )
        for number, start in enumerate(starts, 1)
    ]  # fmt: skip
    WorkbookPage.objects.bulk_create(pages, batch_size=50)


def stored_rows(workbook: Workbook) -> Iterator[dict[str, Any]]:
    """All stored rows, in order."""
    pages: Iterable[WorkbookPage] = (
        WorkbookPage.objects.of(workbook.city_id).filter(workbook=workbook).order_by("number")
    )
    for page in pages:
        yield from page.rows
