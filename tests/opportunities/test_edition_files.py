"""An edition over the API: its texts written, a draft thrown away, its files given out; and the PDF held against PDF/A-2b.

No validator of PDF/A comes as a Python package; what ISO 19005-2 asks is read here by qpdf (pikepdf), which did not write the file.
"""

import io
import json
from typing import Any

import pikepdf
import pytest
from cast import NOW, Cast
from django.test import Client

from opportunities.building import offered
from opportunities.test_editions import issued
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.models import Edition
from zhaoshang.opportunities.rules import Kind
from zhaoshang.ui.documents.docx import check_docx

pytestmark = pytest.mark.one_database
HEAD = {"title": "示例清单", "title_en": "Sample lists", "issuer": "示例办公室", "dated": "2023-04-03"}
TEXTS = {**HEAD, "sections": [{"title": "区位", "text": "示例正文"}, {}]}


@pytest.fixture
def writer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.statistician)
    return client


def send(client: Client, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.generic(verb, f"/api/editions{path}", json.dumps(body or {}), "application/json")


def test_texts_are_written_by_revision_and_a_draft_is_thrown_away(cast: Cast, writer: Client) -> None:
    number = send(writer, "POST", "", HEAD).json()["number"]
    told = writer.get(f"/api/editions/{number}/texts").json()
    answer = send(writer, "PUT", f"/{number}/texts", TEXTS | {"revision": told["revision"]})
    assert [one["title"] for one in answer.json()["sections"]] == ["区位"]
    assert send(writer, "PUT", f"/{number}/texts", TEXTS | {"revision": told["revision"]}).status_code == 409
    assert send(writer, "POST", f"/{number}/discard").status_code == 204
    assert not Edition.objects.of(cast.city).exists()


def test_a_frozen_edition_is_neither_rewritten_nor_thrown_away(cast: Cast, writer: Client) -> None:
    edition = issued(cast, [offered(cast)])
    body = TEXTS | {"revision": edition.revision}
    codes = [send(writer, verb, path, body).status_code for verb, path in [("PUT", "/1/texts"), ("POST", "/1/discard")]]
    assert (codes, Edition.objects.of(cast.city).count()) == ([409, 409], 1)


def test_files_are_those_that_the_site_offers_and_drafts_have_none(cast: Cast, writer: Client) -> None:
    issued(cast, [offered(cast)])
    for ext in ("docx", "xlsx"):
        assert writer.get(f"/api/editions/1/files/{ext}").content == Client().get(f"/editions/1/edition.{ext}").content
    check_docx(writer.get("/api/editions/1/files/docx?lang=en").content)
    actions.begin_edition(
        city=cast.city, title="x", title_en="", issuer="x", dated=NOW.date(), by=cast.statistician, at=NOW
    )
    assert writer.get("/api/editions/2/files/pdf").status_code == 404


@pytest.fixture
def booklet(cast: Cast, client: Client) -> pikepdf.Pdf:
    issued(cast, [offered(cast), offered(cast, Kind.PLANNED)])
    return pikepdf.open(io.BytesIO(client.get("/editions/1/edition.pdf").content))


def test_the_booklet_keeps_what_pdf_a_2b_asks_of_a_file(booklet: pikepdf.Pdf) -> None:
    """ISO 19005-2: 6.1.3 trailer, 6.2.3 output intent, 6.6.2 metadata, 6.6.4 identification."""
    meta = booklet.open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
    assert (booklet.is_encrypted, len(booklet.trailer.ID), booklet.pdf_version <= "1.7") == (False, 2, True)
    (intent,) = booklet.Root.OutputIntents
    assert (intent.S, intent.DestOutputProfile.N) == (pikepdf.Name.GTS_PDFA1, 3)
    assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"
    assert booklet.docinfo.get("/Title", meta["dc:title"]) == meta["dc:title"]


def test_every_font_of_the_booklet_is_inside_it(booklet: pikepdf.Pdf) -> None:
    """6.2.11.4."""
    described = [one for one in _dictionaries(booklet) if one.get("/Type") == pikepdf.Name.FontDescriptor]
    assert described
    assert [one.FontName for one in described if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys())] == []


def test_nothing_in_the_booklet_acts_or_hides(booklet: pikepdf.Pdf) -> None:
    """6.5 actions, 6.3 annotations, 6.1.7 filters, 6.8 embedded files."""
    rows = list(_dictionaries(booklet))
    acts = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"}
    assert [one for one in rows if str(one.get("/S", "")) in acts or "/JS" in one or "/AA" in one] == []
    assert [
        one for one in rows if str(one.get("/Filter", "")) in ("/LZWDecode", "/Crypt") or "/EmbeddedFiles" in one
    ] == []
    links = [note for page in booklet.pages for note in page.get("/Annots", [])]
    assert links and [int(note.F) & 0b110111 for note in links if int(note.F) & 0b100111 != 0b100] == []


def _dictionaries(document: pikepdf.Pdf) -> list[Any]:
    """Every dictionary of the file, those of streams too."""
    return [one for one in document.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
