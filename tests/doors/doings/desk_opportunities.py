"""What the city offers: entries with their outlines and files, reservations, and editions of the lists."""

from cast import NOW, Cast
from django.core.files.base import ContentFile
from opportunities.building import SQUARE, drafted, offered
from opportunities.test_editions import _begun, _filled

from doors.doings import PLAIN, Doing, doing
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.opportunities.actions import add_paper, ask_approval
from zhaoshang.opportunities.models import Opportunity

ENTRY = {
    "title": PLAIN, "title_en": PLAIN, "unit": "east", "steward": "officer", "expires_on": "2099-01-01", "area": "9600",
    "summary": PLAIN, "f_location": PLAIN, "f_planned_use": "industrial", "f_plot_ratio_high": "2",
    "f_industry_direction": PLAIN, "f_utilities": ["road"], "f_condition": "clear", "f_contact": PLAIN, "f_contact_phone": "1",
}  # fmt: skip
PAPER = b"%PDF-1.4\n% paper\n%%EOF\n"


def _at(entry: Opportunity, act: str) -> str:
    return f"/desk/opportunities/{entry.code}/{act}/"


@doing("desk:opportunity_new")
def opportunity_new(cast: Cast) -> Doing:
    return Doing("officer", "/desk/opportunities/new/?kind=parcel", ENTRY)


@doing("desk:opportunity_amend")
def opportunity_amend(cast: Cast) -> Doing:
    entry = drafted(cast)
    return Doing("officer", _at(entry, "amend"), ENTRY | {"revision": str(entry.revision)})


@doing("desk:opportunity_check")
def opportunity_check(cast: Cast) -> Doing:
    return Doing("officer", _at(offered(cast), "check"), {"note": PLAIN})


@doing("desk:opportunity_publish")
def opportunity_publish(cast: Cast) -> Doing:
    return Doing("officer", _at(drafted(cast), "publish"))


@doing("desk:opportunity_reserve")
def opportunity_reserve(cast: Cast) -> Doing:
    sent = {"project": cast.plant.code, "until_on": "2098-01-01", "document": PLAIN}
    return Doing("officer", _at(offered(cast), "reserve"), sent)


@doing("desk:opportunity_move")
def opportunity_move(cast: Cast) -> Doing:
    return Doing("officer", _at(offered(cast), "move"), {"to": "close", "text": PLAIN})


@doing("desk:opportunity_outline")
def opportunity_outline(cast: Cast) -> Doing:
    entry = drafted(cast, outline=None)
    return Doing("officer", _at(entry, "outline"), {"text": SQUARE, "revision": str(entry.revision)})


@doing("desk:opportunity_attach")
def opportunity_attach(cast: Cast) -> Doing:
    sent = {"as": "paper", "title": PLAIN, "file": ContentFile(PAPER, name="a.pdf")}
    return Doing("officer", _at(drafted(cast), "attach"), sent)


@doing("desk:opportunity_detach")
def opportunity_detach(cast: Cast) -> Doing:
    entry = drafted(cast)
    said = {"content": PAPER, "name": "a.pdf", "title": "示例", "is_public": False}
    held = add_paper(entry=entry, by=cast.officer, at=NOW, **said)  # type: ignore[arg-type]
    return Doing("officer", _at(entry, f"files/{held.pk}/remove"))


@doing("desk:opportunity_import")
def opportunity_import(cast: Cast) -> Doing:
    heads = ["名称", "地区", "有效期至", "面积（平方米）"]
    sheet = write_table([Column(one) for one in heads], [["示例地块", "东山区", "2099-01-01", 9600]], "招商地块")
    return Doing(
        "officer", "/desk/opportunities/import/", {"kind": "parcel", "file": ContentFile(sheet, name="a.xlsx")}
    )


HEAD = {"title": PLAIN, "title_en": PLAIN, "issuer": PLAIN, "dated": "2023-04-03"}


@doing("desk:edition_new")
def edition_new(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/editions/new/", HEAD)


@doing("desk:edition_text")
def edition_text(cast: Cast) -> Doing:
    edition = _begun(cast)
    return Doing("statistician", f"/desk/editions/{edition.number}/text/", HEAD | {"revision": str(edition.revision)})


@doing("desk:edition_choose")
def edition_choose(cast: Cast) -> Doing:
    entry, edition = offered(cast), _begun(cast)
    return Doing("statistician", f"/desk/editions/{edition.number}/lists/land/", {"act": "take", "entry": [entry.code]})


@doing("desk:edition_ask")
def edition_ask(cast: Cast) -> Doing:
    edition = _filled(cast, [offered(cast)])
    return Doing("statistician", f"/desk/editions/{edition.number}/ask/", {"revision": str(edition.revision)})


@doing("desk:edition_approve")
def edition_approve(cast: Cast) -> Doing:
    edition = _filled(cast, [offered(cast)])
    edition = ask_approval(edition=edition, revision=edition.revision, by=cast.statistician, at=NOW)
    return Doing("verifier", f"/desk/editions/{edition.number}/approve/", {"revision": str(edition.revision)})


@doing("desk:edition_discard")
def edition_discard(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/editions/{_begun(cast).number}/discard/")
