"""Addresses of the desk and the site that are sent to and write nothing of what is kept: why, and a call of each that is answered."""

from cast import Cast
from desk_figures.test_external_lists import GOOD
from dictionary import dictionary
from django.core.files.base import ContentFile
from enterprises.firms import person
from intake.books import xlsx
from leads.told import told

from doors.doings import PLAIN, Doing, Recipe
from doors.doings.desk_findings import _bulletin
from doors.doings.desk_outreach import _guest
from doors.test_second_factor import OWN, PASSWORD


def appraisal_calculator(cast: Cast) -> Doing:
    sheet = {
        "site": "rented",
        "total": "12000",
        "fixed": "6500",
        "building_m2": "20000",
        "zone_ratio": "1.5",
        "tax": "620",
    }
    return Doing("officer", "/desk/appraisals/calculator/", sheet)


def bulletin_preview(cast: Cast) -> Doing:
    block = {"kind": ["paragraph"], "level": ["1"], "text": [PLAIN]}
    return Doing("statistician", f"/desk/bulletins/{_bulletin(cast).pk}/preview/", {"title": PLAIN} | block)


def external_upload(cast: Cast) -> Doing:
    dictionary(cast)
    file = ContentFile(xlsx(*GOOD), name="a.xlsx")
    return Doing("statistician", "/desk/external/upload/?indicator=capital_in_place", {"file": file})


def lead_paste(cast: Cast) -> Doing:
    return Doing("officer", "/desk/leads/paste/", {"text": f"{PLAIN}想建厂，投资5亿，张总 13800010001"})


def contact_show(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/contacts/{person(cast, cast.plant.enterprise, cast.east).pk}/show/")


def guest_phone(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/guests/{_guest(cast).pk}/phone/")


def lead_phone(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/leads/{told(cast).pk}/phone/")


NOTHING_AT_THE_DESK: dict[str, tuple[str, Recipe]] = {
    "desk:appraisal_calculator": ("computes and keeps nothing", appraisal_calculator),
    "desk:bulletin_preview": ("shows a draft as it would be printed", bulletin_preview),
    "desk:external_upload": ("shows what was read; the next press keeps it", external_upload),
    "desk:gallery": ("shows components", lambda cast: Doing("officer", "/desk/gallery/", {"text": PLAIN})),
    "desk:lead_paste": ("reads a message into a form; registering it keeps it", lead_paste),
    "desk:passkey_new": (
        "the page on which the browser makes one",
        lambda cast: Doing("officer", f"{OWN}passkeys/new/"),
    ),
    "desk:prove": (
        "notes in the session that it was still them",
        lambda cast: Doing("officer", "/desk/prove/", {"proof": PASSWORD}),
    ),
    "desk:contact_show": ("a look that is written down", contact_show),
    "desk:guest_phone": ("a look that is written down", guest_phone),
    "desk:lead_phone": ("a look that is written down", lead_phone),
}
