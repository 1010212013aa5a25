"""Of ``make test-long``: LibreOffice opens every kind of Word file, workbook and csv that this system writes, from a city in which hostile
texts were typed everywhere. Not installed (Debian: ``libreoffice-writer-nogui``, ``libreoffice-calc-nogui``), this fails.

Every module that writes such files must have written one that was opened.
"""

import ast
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import xlsxwriter
from architecture.rooms import ROOT
from architecture.routes import routes
from cast import NOW, Cast
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import resolve
from faults.served import eventually
from lxml import etree
from opportunities.building import offered
from opportunities.test_editions import issued
from partners.appointed import brought, chamber, whole_claim
from xlsxwriter.workbook import Workbook

from doors.crawling import crawl, shape
from doors.hostile import infest
from doors.office_rooms import DIRECTIONS, filled_further
from zhaoshang.bulletins.blocks import unbound
from zhaoshang.bulletins.writing import Head, draft_bulletin, publish_bulletin, revise_bulletin
from zhaoshang.common.periods import Period
from zhaoshang.opportunities.rules import Kind
from zhaoshang.people.rules import Role
from zhaoshang.review.intake import receive
from zhaoshang.tenancy import guards
from zhaoshang.ui.documents.docx import writing

WRITERS = {"write_docx", "write_table", "sheet"}
LINK_NS = "{http://www.w3.org/1999/xlink}"
TABLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# As a person who asks for formulas to be calculated opens a csv: comma, quotes, UTF-8, from the first line.
READ = {"csv": ["--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true"]}
LONG = 5_000


class Listener:
    """Counts who comes: whoever fetches what the texts name comes here."""

    def __init__(self) -> None:
        self._line = socket.create_server(("127.0.0.1", 0))
        self.port, self.came = self._line.getsockname()[1], 0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        with suppress(OSError):
            while True:
                self._line.accept()[0].close()
                self.came += 1

    def close(self) -> None:
        """No longer."""
        self._line.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


def hostile(port: int) -> list[str]:
    """Texts that calculate, call, fetch or run where a program takes them for more than texts."""
    return [
        "=1+1zsx",
        "=cmd|'/c touch ran'!A0",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "＝1+1",
        f'=WEBSERVICE("http://127.0.0.1:{port}/zsx")',
        f"<img src=http://127.0.0.1:{port}/zsx>",
        "<img src=file:///etc/passwd>zsx",
        f"http://127.0.0.1:{port}/zsx",
        "{{7*7}}zsx${7*7}",
        f"=2+2{DIRECTIONS}zsx",
        "zsx&lt;&#0;]]>--><!ENTITY",
    ]


def lengthened(cast: Cast, text: str) -> set[str]:
    """Columns in which every text that was typed is 5,000 characters long now, control and direction signs among them."""
    done = set()
    for model in apps.get_models():
        if not model.__module__.startswith("zhaoshang.") or not hasattr(model.objects, "of"):
            continue
        for field in model._meta.concrete_fields:
            if type(field) is not models.TextField:
                continue
            typed = (
                model.objects.of(cast.city)
                .filter(**{f"{field.name}__contains": "1+1"})
                .exclude(**{f"{field.name}__contains": "\n"})
            )
            with suppress(IntegrityError), transaction.atomic():
                if typed.update(**{field.name: text}):
                    done.add(f"{model.__name__}.{field.name}")
    return done


def writing_modules() -> set[str]:
    """Modules behind the doors that write such a file."""
    found = set()
    for path in sorted((ROOT / "zhaoshang").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if (
            module.startswith(("zhaoshang.demo", "zhaoshang.common", "zhaoshang.ui"))
            or module == "zhaoshang.desk.lists"
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                found |= {module} if called in WRITERS or called == "xlsxwriter.Workbook" else set()
    return found


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules under which a Word file or a workbook was made meanwhile."""
    told: set[str] = set()

    def watch(owner: Any, name: str) -> None:
        make = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            frame: Any = sys._getframe(1)
            while frame:
                told.add(frame.f_globals.get("__name__", ""))
                frame = frame.f_back
            return make(*args, **kwargs)

        monkeypatch.setattr(owner, name, watched)

    watch(Workbook, "close")
    watch(writing.zipfile, "ZipFile")
    return told


def paths(cast: Cast) -> list[tuple[Role | None, str]]:
    """Addresses of the doors without their questions, one of a kind, each with somebody who may ask there."""
    found: dict[str, Role | None] = {}
    kinds: Counter[str] = Counter()
    for role, further in WALKS.items():
        client = Client()
        if role:
            client.force_login(getattr(cast, role.value))
        listed = [
            f"/{one.pattern}"
            for one in routes()
            if one.verb == "GET" and not one.converters and one.pattern.startswith("desk/")
        ]
        start = [*listed, *MORE] if role else ["/", "/opportunities/data/", "/figures/data/"]
        seen = crawl(client, start, limit=len(start) + further, keep=True, of_a_kind=1, but=("/desk/questions/", "?"))
        for address, answer in seen.items():
            path = address.partition("?")[0]
            if path not in found and answer.status == 200 and kinds[shape(path)] < 1:
                kinds[shape(path)] += 1
                found[path] = role
    return [(role, path) for path, role in found.items()]


# Who reads what the others may not, and how many links of theirs are followed beyond the lists.
WALKS = {Role.STATISTICIAN: 120, Role.OFFICER: 40, Role.AUDITOR: 0, Role.PARTNER: 10, None: 40}
# What no link of these walks leads to.
MORE = ["/desk/projects/2023-0001/story/", "/desk/rates/"]
MORE += ["/desk/questions/", "/desk/league/?period=2023Q1", "/desk/trips/notice/?from=2023-01-01&to=2023-12-31"]


def collected(cast: Cast, folder: Path, further: list[tuple[Role | None, str]]) -> list[str]:
    """Every file that leaves by these addresses, by its own name or asked for as a workbook or a paper, and those ``further`` ones;
    where there was a fault, or none of these, instead."""
    faults = []
    clients: dict[Role | None, Client] = {}

    def answered(role: Role | None, address: str) -> tuple[int, bool]:
        if role not in clients:
            clients[role] = Client(raise_request_exception=False)
            if role:
                clients[role].force_login(getattr(cast, role.value))
        answer = clients[role].get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        kind = kind_of(content) if "attachment" in answer.headers.get("Content-Disposition", "") else ""
        if answer.status_code == 200 and kind:
            named = resolve(address.partition("?")[0]).url_name
            (folder / f"{named}-{len(list(folder.iterdir()))}.{kind}").write_bytes(content)
        return answer.status_code, answer.status_code == 200 and bool(kind)

    for role, path in paths(cast):
        for asked in ("", "?xlsx=1", "?docx=1", "?period=2023Q1&xlsx=1"):
            status, is_file = answered(role, path + asked)
            faults += [path + asked] if status >= 500 else []
            if is_file:
                break
    return faults + [address for role, address in further if not answered(role, address)[1]]


def kind_of(content: bytes) -> str:
    """By what is in it; a file that somebody sent is none of ours."""
    if content[:4] == b"PK\x03\x04":
        return "docx" if b"word/document.xml" in content else "xlsx"
    return "csv" if content[:3] == b"\xef\xbb\xbf" else ""


def opened(folder: Path, kind: str, form: str) -> dict[str, bytes]:
    """What LibreOffice made of the files of a kind; it opened them, if there is one for each."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed: nothing was tried"
    names = sorted(path.name for path in folder.glob(f"*.{kind}"))
    assert names
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        *READ.get(kind, []),
        "--convert-to",
        form,
        "--outdir",
        f"{folder}/{kind}",
    ]
    subprocess.run([*command, *names], cwd=folder, capture_output=True, timeout=1_800, check=True)
    made = {path.stem: path.read_bytes() for path in (folder / kind).iterdir()}
    assert {name.rpartition(".")[0] for name in names} - set(made) == set()
    return made


@pytest.mark.case("C3", "D12")
def test_libreoffice_opens_whatever_leaves_and_texts_stay_texts(
    cast: Cast, settings: Any, tmp_path: Path, listener: Listener, written: set[str]
) -> None:
    settings.AT_ONCE_ROWS, settings.WEBHOOK_HOSTS = 10_000_000, ["example.org"]
    filled(cast, hostile(listener.port))
    folder = tmp_path / "out"
    folder.mkdir()
    assert collected(cast, folder, filled_further(cast, hostile(listener.port))) == []
    assert writing_modules() - written == set()
    papers = {name: text_of(content) for name, content in opened(folder, "docx", "pdf").items()}
    books = opened(folder, "xlsx", "fods")
    tables = opened(folder, "csv", "fods")
    print(
        f"{len(papers)} papers, {len(books)} workbooks, {len(tables)} csv opened, of {len(writing_modules())} modules"
    )
    assert {name: found for name, content in (books | tables).items() if (found := calculating(content))} == {}
    assert sum("1+1zsx" in text for text in papers.values()) >= 5 and not any(
        "\u202e" in text for text in papers.values()
    )
    assert any(text.count("zsx") > 1_000 for text in papers.values()), "the long text is there"
    assert unsaid(papers, hostile(listener.port)) == []
    assert sum(b"1+1zsx" in content for content in books.values()) >= 20
    assert {name for name, content in books.items() if b'value-type="float"' in content} >= {
        name for name in books if name.startswith(("payment_list", "project_list", "league"))
    }
    assert not list(tmp_path.rglob("ran")) and listener.came == 0


def test_this_search_sees_a_formula_and_a_call(tmp_path: Path, listener: Listener) -> None:
    """Written as no file of ours is, they are seen."""
    book = xlsxwriter.Workbook(tmp_path / "bad.xlsx")
    book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)
    book.close()
    (tmp_path / "bad.csv").write_text("\ufeff=1+1,2\n", "utf-8")
    assert calculating(opened(tmp_path, "xlsx", "fods")["bad"]) and calculating(opened(tmp_path, "csv", "fods")["bad"])
    with socket.create_connection(("127.0.0.1", listener.port)):
        assert eventually(lambda: listener.came == 1)


def text_of(pdf: bytes) -> str:
    """Without line breaks, which fall anywhere in a long word."""
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pages)


def unsaid(papers: dict[str, str], texts: list[str]) -> list[str]:
    """Of what was typed into plans of meetings, what their papers do not show letter for letter; and files that one took in."""
    of_meetings = "".join(text for name, text in papers.items() if name.startswith("match_programme"))
    wanted = [*texts, f"<img src=file:///etc/passwd>{{{{7*7}}}}=1+1zsx{'长' * 60}", "0=1+1{{7*7}}<b>zsx"]
    shown = [re.sub(rf"[\s{DIRECTIONS}]", "", text) for text in wanted]
    return [text for text in shown if text not in of_meetings] + [name for name in papers if "root:x:0" in papers[name]]


def calculating(spreadsheet: bytes) -> list[str]:
    """Cells that are formulas, and links out of the file, as LibreOffice understood it."""
    found = []
    for element in etree.fromstring(spreadsheet, etree.XMLParser(huge_tree=True)).iter():
        found += [f"{value}" for name, value in element.attrib.items() if name == f"{TABLE_NS}formula"]
        found += [
            value for name, value in element.attrib.items() if name == f"{LINK_NS}href" and not value.startswith("#")
        ]
    return found


def filled(cast: Cast, texts: list[str]) -> None:
    """The texts wherever they can be typed, and 5,000 characters of them in every column that holds so many; papers of all kinds."""
    infest(cast, texts)
    long = (f"=1+1zsx\x07{DIRECTIONS}" + "zsx" * LONG)[:LONG]
    head = Head(title="示例长文", number="", issuer=texts[0], recipients=texts[0], dated=NOW.date())
    said: dict[str, Any] = {"by": cast.statistician, "at": NOW}
    bulletin = draft_bulletin(city=cast.city, period=Period.parse("2023Q1"), issuer=texts[0], dated=NOW.date(), **said)
    blocks = [*bulletin.blocks, {"kind": "paragraph", "text": long}]
    bulletin = revise_bulletin(bulletin=bulletin, revision=bulletin.revision, head=head, blocks=blocks, **said)
    waived = [one.context for one in unbound(blocks)]
    publish_bulletin(bulletin=bulletin, revision=bulletin.revision, waived=waived, **said)
    issued(
        cast,
        [
            offered(cast, title=texts[0], summary=long[:600]),
            offered(cast, Kind.SOE, unit=None, steward=cast.statistician),
        ],
    )
    partner = chamber(cast, login=True, head=texts[0])
    whole_claim(cast, partner, brought(cast, partner))
    content = f"项目名称,到位金额(万元)\n{texts[0]},=1+1\n".encode()
    receive(
        city=cast.city, unit=cast.east, month=2023 * 12 + 2, content=content, filename="a.csv", by=cast.officer, at=NOW
    )
    with guards.suspended():
        assert len(lengthened(cast, long)) >= 4
