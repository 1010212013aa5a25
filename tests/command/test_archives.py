"""The archive package: what it holds, and that each of the four properties is found wanting where it was damaged, and no other."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bulletins.test_writing import drafted, revised
from cast import NOW, Cast
from dictionary import dictionary

from zhaoshang.bulletins.writing import publish_bulletin
from zhaoshang.capital.checkpoints import signing_key
from zhaoshang.cli import main
from zhaoshang.command.archived import MANIFEST, SIGNATURE, Package, Property, examined
from zhaoshang.common.digests import stated
from zhaoshang.common.periods import parse_month
from zhaoshang.people.models import Event
from zhaoshang.review.closing import close_month

pytestmark = [pytest.mark.case("J11"), pytest.mark.one_database]
Files = dict[str, bytes]


def archived(cast: Cast, folder: Path, settings: Any, what: str = "2023-03") -> Path:
    settings.CITY = cast.city.code
    made = folder / "package.zip"
    assert main(["archive", what, "--output", str(made), "--json"]) == 0
    return made


@pytest.fixture
def march(cast: Cast, tmp_path: Path, settings: Any) -> Path:
    """March, two payments of it verified with one of February between them, closed and archived."""
    cast.verified()
    cast.verified(report_month=parse_month("2023-02"))
    cast.verified(project=cast.harbour)
    close_month(city=cast.city, number=parse_month("2023-03"), by=cast.statistician, at=NOW)
    return archived(cast, tmp_path, settings)


def opened(made: Path) -> Files:
    with zipfile.ZipFile(made) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(made: Path, files: Files, sign: bool = True) -> Path:
    """The files as a package again; ``sign``: with a manifest that lists them as they are now, signed by the right key."""
    if sign:
        manifest = json.loads(files[MANIFEST])
        listed = [one for one in manifest["files"] if one["name"] in files]
        for one in listed:
            one["digest"] = stated(files[one["name"]], manifest["algorithm"])
        known = {MANIFEST, SIGNATURE, *(one["name"] for one in listed)}
        listed += [
            {"name": name, "bytes": len(files[name]), "digest": stated(files[name], "sha256")}
            for name in files
            if name not in known
        ]
        manifest["files"] = listed
        _signed(files, manifest)
    with zipfile.ZipFile(made, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made


def _signed(files: Files, manifest: dict[str, Any]) -> None:
    key = signing_key()
    files[MANIFEST] = json.dumps(manifest).encode()
    told = {"public_key": key.public_key().public_bytes_raw().hex(), "signature": key.sign(files[MANIFEST]).hex()}
    files[SIGNATURE] = json.dumps(told).encode()


def failing(package: Package) -> set[Property]:
    return {what for what, _told in package.faults}


def test_a_closed_month_is_archived_whole_and_has_all_four_properties(march: Path, cast: Cast) -> None:
    files, key = opened(march), signing_key().public_key().public_bytes_raw().hex()
    assert examined(march, key).faults == []
    metadata = json.loads(files[MANIFEST])["metadata"]
    assert (metadata["payments"], metadata["total_yuan"], metadata["evidence"]) == (2, "200000000.00", 2)
    assert metadata["retention"]["capital_payment"] == "permanent"
    ledger = [json.loads(line) for line in files["content/ledger.jsonl"].splitlines()]
    assert ["id" in one["columns"] for one in ledger] == [True, False, True]
    assert Event.objects.of(cast.city).filter(verb="capital.archive.made").exists()


def test_only_what_is_closed_or_published_is_archived(cast: Cast, tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.CITY = cast.city.code
    assert main(["archive", "2023-03", "--output", str(tmp_path / "no.zip")]) == 1
    assert "2023-03 还没有关账" in capsys.readouterr().err and list(tmp_path.iterdir()) == []


def test_a_published_bulletin_is_archived_with_its_figures_and_its_history(
    cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.LEDGER_HASH = "sm3"
    dictionary(cast)
    cast.verified()
    draft = drafted(cast)
    numbered = revised(cast, draft, draft.blocks)
    bulletin = publish_bulletin(bulletin=numbered, revision=2, waived=[], by=cast.statistician, at=NOW)
    made = archived(cast, tmp_path, settings, bulletin.number)
    assert examined(made).faults == []
    files = opened(made)
    assert files["content/bulletin.txt"].decode() == bulletin.text
    assert all(one["digest"].startswith("sm3:") for one in json.loads(files[MANIFEST])["files"])
    files["content/bulletin.txt"] += "另加一句".encode()
    assert failing(examined(packed(made, files))) == {Property.AUTHENTIC}


def changed(name: str, old: bytes, new: bytes, sign: bool = True) -> Callable[[Path], Path]:
    def damage(made: Path) -> Path:
        files = opened(made)
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
        return packed(made, files, sign)

    return damage


def without(*names: str) -> Callable[[Path], Path]:
    def damage(made: Path) -> Path:
        return packed(made, {name: content for name, content in opened(made).items() if name not in names}, sign=False)

    return damage


def evidence_becomes(content: bytes) -> Callable[[Path], Path]:
    def damage(made: Path) -> Path:
        files = opened(made)
        files["content/evidence/more"] = content
        return packed(made, files)

    return damage


def metadata_without_author(made: Path) -> Path:
    files = opened(made)
    manifest = json.loads(files[MANIFEST])
    del manifest["metadata"]["author"]
    _signed(files, manifest)
    return packed(made, files, sign=False)


def no_entry_verified(made: Path) -> Path:
    files = opened(made)
    lines = files["process/history.jsonl"].splitlines()
    files["process/history.jsonl"] = b"\n".join(line for line in lines if b"payment.verified" not in line)
    return packed(made, files)


def truncated(made: Path) -> Path:
    made.write_bytes(made.read_bytes()[:-30])
    return made


def climbing(made: Path) -> Path:
    return packed(made, {**opened(made), "../outside.txt": b"sample"})


A, W, U, S = Property.AUTHENTIC, Property.WHOLE, Property.USABLE, Property.SAFE
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
DAMAGES: dict[str, tuple[Callable[[Path], Path], Property]] = {
    "a file changed": (changed("process/history.jsonl", b'"by"', b'"BY"', sign=False), A),
    "an entry changed and all signed anew": (changed("content/ledger.jsonl", b'"310000"', b'"320000"'), A),
    "no signature": (without(SIGNATURE), A),
    "a payment taken out and all signed anew": (changed("content/payments.csv", b"100000000.00", b"10.00"), W),
    "a file gone": (without("content/payments.csv"), W),
    "an element of the metadata gone": (metadata_without_author, W),
    "no history of the verifying": (no_entry_verified, W),
    "not the format it says": (changed("content/payments.csv", "序号".encode(), b"\xff\xfe"), U),
    "an unknown format": (evidence_becomes(b"\x93\xff unknown"), U),
    "cut off": (truncated, U),
    "a virus": (evidence_becomes(VIRUS), S),
    "a script": (evidence_becomes(b"#!/bin/sh\n"), S),
    "a private key": (evidence_becomes(b"-----BEGIN PRIVATE KEY-----\n"), S),
    "a name that leads out": (climbing, S),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_each_damage_is_found_under_its_property(how: str, march: Path) -> None:
    damage, what = DAMAGES[how]
    package = examined(damage(march))
    assert what in failing(package)
    assert failing(package) - {what} <= ({W} if how == "not the format it says" else set()), package.faults


def test_another_key_is_found_by_who_knows_the_right_one(march: Path) -> None:
    assert failing(examined(march, "00" * 32)) == {Property.AUTHENTIC}


def test_it_is_checked_alone_and_the_failing_property_is_named(march: Path) -> None:
    def check() -> tuple[int, str]:
        words = [sys.executable, "-m", "zhaoshang.cli", "check-archive", str(march)]
        ran = subprocess.run(
            words, capture_output=True, text=True, check=False, env={"PATH": "", "ZHAOSHANG_DATA": "/absent"}
        )
        return ran.returncode, ran.stdout

    code, said = check()
    assert code == 0 and said.count("通过") == 4, said
    climbing(march)
    code, said = check()
    assert code == 1 and "安全:1 处不符" in said and said.count("通过") == 3, said
