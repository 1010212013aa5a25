"""What the city offers, and the editions of its lists; by the API."""

from typing import Any

from cast import NOW, Cast
from django.core.files.base import ContentFile
from opportunities.building import FIELDS, drafted, offered
from opportunities.test_editions import _begun, _filled
from publishing.test_images import picture

from doors.doings import PLAIN, Doing, at, doing, on_own, plainly
from zhaoshang.opportunities.actions import ask_approval
from zhaoshang.opportunities.models import Edition
from zhaoshang.opportunities.rules import Kind

ENTRY: dict[str, Any] = {
    "kind": "parcel",
    "title": PLAIN,
    "title_en": PLAIN,
    "unit": "east",
    "expires_on": "2099-01-01",
    "industry": "C",
    "area_m2": "9600.00",
    "summary": PLAIN,
    "summary_en": PLAIN,
    "fields": FIELDS[Kind.PARCEL] | {"location": PLAIN},
}
SQUARE = [[[121.6, 39.0], [121.602, 39.0], [121.602, 39.001], [121.6, 39.001], [121.6, 39.0]]]
HEAD = {"title": PLAIN, "title_en": PLAIN, "issuer": PLAIN, "dated": "2023-04-03"}

plainly("api:new_opportunity", "officer", ENTRY)
on_own("api:check_opportunity", "officer", {"expires_on": "2098-01-01", "note": PLAIN})
on_own("api:publish_opportunity", "officer")
plainly("api:new_edition", "statistician", HEAD)


@doing("api:amend_opportunity")
def amend_opportunity(cast: Cast) -> Doing:
    held = drafted(cast)
    return Doing("officer", at("api:amend_opportunity", held.code), ENTRY | {"revision": held.revision})


@doing("api:reserve_opportunity")
def reserve_opportunity(cast: Cast) -> Doing:
    said = {"project": cast.plant.code, "until_on": "2023-06-01", "document": PLAIN}
    return Doing("officer", at("api:reserve_opportunity", offered(cast).code), said)


@doing("api:move_opportunity")
def move_opportunity(cast: Cast) -> Doing:
    return Doing("officer", at("api:move_opportunity", offered(cast).code), {"to": "close", "text": PLAIN})


@doing("api:outline_opportunity")
def outline_opportunity(cast: Cast) -> Doing:
    held = drafted(cast)
    said = {"revision": held.revision, "geojson": {"type": "Polygon", "coordinates": SQUARE}}
    return Doing("officer", at("api:outline_opportunity", held.code), said)


@doing("api:new_photo")
def new_photo(cast: Cast) -> Doing:
    said = {"file": ContentFile(picture(), name="a.jpg")}
    asked = {"alt": PLAIN, "alt_en": PLAIN, "title": PLAIN}
    return Doing("officer", at("api:new_photo", drafted(cast).code), said, asked=asked)


@doing("api:choose")
def choose(cast: Cast) -> Doing:
    said = {"act": "add", "into": "land", "entries": [offered(cast).code]}
    return Doing("statistician", at("api:choose", _begun(cast).number), said)


@doing("api:revise_edition")
def revise_edition(cast: Cast) -> Doing:
    held = _begun(cast)
    sections = [{"title": PLAIN, "title_en": PLAIN, "text": PLAIN, "text_en": PLAIN}]
    said = HEAD | {"revision": held.revision, "sections": sections}
    return Doing("statistician", at("api:revise_edition", held.number), said)


@doing("api:discard_edition")
def discard_edition(cast: Cast) -> Doing:
    return Doing("statistician", at("api:discard_edition", _begun(cast).number))


@doing("api:ask_edition")
def ask_edition(cast: Cast) -> Doing:
    held = _filled(cast, [offered(cast)])
    return Doing("statistician", at("api:ask_edition", held.number), {"revision": held.revision})


@doing("api:approve")
def approve(cast: Cast) -> Doing:
    held: Edition = _filled(cast, [offered(cast)])
    asked = ask_approval(edition=held, revision=held.revision, by=cast.statistician, at=NOW)
    return Doing("verifier", at("api:approve", asked.number), {"revision": asked.revision})
