"""What a viewer must not read of confidential projects, payers included, as a veil over whatever leaves for them, and what they find."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as BadDeflate

from django.db.models import Case, Q, Value, When

from zhaoshang.capital.models import Payment
from zhaoshang.common.files.texts import written_in_pdf
from zhaoshang.common.veil import SHORTEST, Veil, veil
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.rules import GENERIC_NAMES, aliases_of
from zhaoshang.regions.access import Viewer

INSTEAD = "［保密］"  # never the code name: who types a name must not be told what it is called here
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
_MARKUP = re.compile(rb"<[^>]*>")


def veil_of(viewer: Viewer) -> Veil:
    """Two queries where the city keeps secrets from this viewer, none where it keeps none."""
    return veil((text, INSTEAD) for text in hidden_texts(viewer))


def hidden_texts(viewer: Viewer) -> list[str]:
    """Each name that lies hidden from the viewer, and each payer of such a project."""
    if not viewer.city.keeps_secrets:
        return []
    return [text for text in dict.fromkeys(_hidden(viewer)) if len(text) >= SHORTEST and text not in GENERIC_NAMES]


def _hidden(viewer: Viewer) -> Iterator[str]:
    secrets = list(hidden_from(viewer))
    for one in secrets:
        yield from (one.name, one.investor, one.statistics_name, one.enterprise, one.uscc, *aliases_of(one.also))
    if secrets:
        paid = Payment.objects.of(viewer.city).filter(project_id__in=[one.project_id for one in secrets])
        yield from paid.order_by().values_list("payer", flat=True).distinct()


def sought(viewer: Viewer, text: str, *columns: str) -> Q:
    """The text in one of the columns, but not where a hidden name stands there: to find it would be to learn it."""
    hidden, wanted = hidden_texts(viewer), Q(pk__in=[])
    for column in columns:
        found = Q(**{f"{column}__icontains": text})
        for name in hidden:
            found &= ~Q(**{f"{column}__icontains": name})
        wanted |= found
    return wanted


def payer_as_read(viewer: Viewer) -> Any:
    """The payer of a payment as an expression, ``INSTEAD`` where it is not the viewer's to read; so a guess finds nothing."""
    secret = Q(project_id__in=hidden_from(viewer).values("project_id")) | Q(payer__in=hidden_texts(viewer))
    return Case(When(secret, then=Value(INSTEAD)), default="payer")


def names_in_file(through: Veil, content: bytes) -> bool:
    """Whether a veiled file still tells a name: as a PDF, in pieces between the tags of a package, or in the letters of older systems."""
    if content.startswith(b"%PDF"):
        return through.tells(written_in_pdf(content))
    if content.startswith(b"PK\x03\x04"):
        return through.tells(_written_in_package(content))
    if content.startswith(_PICTURES) or _is_utf8(content):
        return False
    return any(through.tells(content.decode(letters, errors="ignore")) for letters in ("gb18030", "utf-16-le"))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _written_in_package(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = [package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))]
    except (BadZipFile, BadDeflate, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return ""
    return "\n".join(_MARKUP.sub(b"", part).decode(errors="ignore") for part in parts)
