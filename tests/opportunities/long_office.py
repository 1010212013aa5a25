"""Of ``make test-long``: LibreOffice opens the Word file of an edition. Not installed (Debian: ``libreoffice-writer``), this fails."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from cast import Cast
from django.test import Client

from opportunities.building import offered
from opportunities.test_editions import issued
from zhaoshang.opportunities.rules import Kind


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "示例清单"), ("en", "Sample lists")])
def test_libreoffice_opens_the_word_file_of_an_edition(
    cast: Cast, client: Client, tmp_path: Path, language: str, words: str
) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed: nothing was tried"
    issued(cast, [offered(cast), offered(cast, Kind.SOE, unit=None, steward=cast.statistician)])
    (tmp_path / "edition.docx").write_bytes(client.get(f"/editions/1/edition.docx?lang={language}").content)
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    ran = subprocess.run(
        [*command, "edition.docx"], cwd=tmp_path, capture_output=True, text=True, timeout=180, check=True
    )
    assert "Error" not in ran.stderr
    pages = pypdfium2.PdfDocument(tmp_path / "edition.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert words in text and "�" not in text
