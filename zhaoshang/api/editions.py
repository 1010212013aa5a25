"""Editions, beside what ``opportunities`` has: the guide's texts and the head, throwing a draft away, the files of a frozen one."""

from datetime import date
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.opportunities import visible_editions
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Strict
from zhaoshang.api.seen import Revision, looked_at
from zhaoshang.common.files import download_header
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.models import Edition
from zhaoshang.people.rules import Can
from zhaoshang.portal.offers.editions import TYPES, file_of, printer_of

router = Router(tags=["opportunities"])
Title = Annotated[str, StringConstraints(strict=True, max_length=200)]
Text = Annotated[str, StringConstraints(strict=True, max_length=5_000)]


class Section(Strict):
    """A section of the guide."""

    title: Title = ""
    title_en: Title = ""
    text: Text = ""
    text_en: Text = ""


class TextsIn(Strict):
    """The head and all sections, with the revision that was looked at; sections that say nothing are left out."""

    revision: Revision | None = None
    title: Name
    title_en: Annotated[str, StringConstraints(max_length=160)] = ""
    issuer: Name
    dated: date
    sections: list[Section] = Field(max_length=50)


def _texts(held: Edition) -> dict[str, Any]:
    return {
        "number": held.number,
        "revision": held.revision,
        "title": held.title,
        "title_en": held.title_en,
        "issuer": held.issuer,
        "dated": held.dated,
        "sections": held.frozen["sections"] if held.is_frozen else held.sections,
    }


@router.get(
    "/editions/{number}/texts",
    auth=needs(Can.READ_OPPORTUNITIES),
    response={200: dict[str, Any]},
    summary="The guide's texts",
)
def edition_texts(request: ApiRequest, number: int) -> Any:
    """With the head and the revision that a change must name."""
    return _texts(visible_editions(request).get(number=number))


@router.put(
    "/editions/{number}/texts",
    auth=needs(Can.WRITE_EDITIONS),
    response={200: dict[str, Any]},
    summary="Write the guide's texts and the head",
)
def revise_edition(request: ApiRequest, number: int, body: TextsIn) -> Any:
    """Refused when somebody saved meanwhile or it is frozen; whoever was asked to approve has to be asked again."""
    said = body.model_dump(exclude={"sections", "revision"})
    sections = [one.model_dump() for one in body.sections if one.title or one.text]
    held = visible_editions(request).get(number=number)
    given: dict[str, Any] = {"by": caller(request), "at": timezone.now(), "sections": sections}
    with looked_at(request, body.revision, lambda: _texts(visible_editions(request).get(number=number))) as revision:
        return _texts(actions.revise_edition(edition=held, revision=revision, **said, **given))


@router.post(
    "/editions/{number}/discard",
    auth=needs(Can.WRITE_EDITIONS),
    response={204: None},
    summary="Throw a draft away",
)
def discard_edition(request: ApiRequest, number: int) -> Any:
    """Never a frozen one."""
    held = visible_editions(request).get(number=number)
    actions.discard_edition(edition=held, by=caller(request), at=timezone.now())
    return Status(204, None)


@router.get(
    "/editions/{number}/files/{ext}",
    auth=needs(Can.READ_OPPORTUNITIES),
    response={200: Any},
    summary="A frozen edition as Word, PDF/A or workbook",
)
def edition_file(request: ApiRequest, number: int, ext: Literal["docx", "pdf", "xlsx"], lang: str = "zh-hans") -> Any:
    """The bytes that the site offers; ``lang``: ``zh-hans`` or ``en``."""
    held = visible_editions(request).exclude(digest="").get(number=number)
    with translation.override(lang if lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        printer = printer_of(held)
        response = HttpResponse(file_of(held, printer, ext), content_type=TYPES[ext])
        response["Content-Disposition"] = download_header(f"{printer.title} {printer.numbered}.{ext}")
    return response
