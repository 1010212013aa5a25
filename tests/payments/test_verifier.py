"""The stand-alone verifier: nothing can be changed, cut, moved or rebuilt behind its back, and it needs none of our code."""

import ast
import hashlib
import json
import subprocess
import sys
import unicodedata
from base64 import urlsafe_b64encode
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from zhaoshang.capital.checkpoints import entries, exported, make_checkpoint, walk
from zhaoshang.capital.ledger import written
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import GENESIS, digest
from zhaoshang.common.digests import fits, stated
from zhaoshang.tenancy import guards

ROOT = Path(settings.BASE_DIR).parent
TOOL = ROOT / "tools" / "verify_ledger.py"
sys.path.insert(0, str(TOOL.parent))
import verify_ledger


@pytest.fixture
def chain(cast: Cast) -> list[dict[str, Any]]:
    """Four verified payments as their export."""
    for payer in ("甲", "乙", "丙", "丁"):
        cast.verified(payer=payer, note="é")
    return [json.loads(entry.to_json()) for entry in entries(cast.city)]


def faults(chain: list[dict[str, Any]], *checkpoints: dict[str, Any], key: str = "") -> list[str]:
    return verify_ledger.verify([json.dumps(entry) for entry in chain], list(checkpoints), key).faults


def rebuilt(chain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an administrator could do: every digest made anew, each following the one before."""
    previous = GENESIS
    for entry in chain:
        entry["columns"]["previous_digest"] = previous
        entry["digest"] = previous = digest(entry["columns"], entry["evidence"])
    return chain


def checkpoint(cast: Cast) -> dict[str, Any]:
    return dict(exported(make_checkpoint(city=cast.city, by=cast.auditor, at=NOW)))


def test_an_untouched_export_has_nothing_wrong(cast: Cast, chain: list[dict[str, Any]]) -> None:
    assert faults(chain, checkpoint(cast)) == []


@pytest.mark.parametrize("column", sorted(field.attname for field in Payment._meta.concrete_fields))
def test_a_change_of_any_column_is_found(chain: list[dict[str, Any]], column: str) -> None:
    entry = chain[1]
    if column == "digest":
        entry["digest"] = "f" * 64
    else:
        entry["columns"][column] = str(entry["columns"].get(column) or "") + "1"
    assert faults(chain)


def test_a_column_added_or_taken_away_is_found(chain: list[dict[str, Any]]) -> None:
    chain[0]["columns"]["extra"] = ""
    del chain[2]["columns"]["note"]
    assert len(faults(chain)) == 2


def test_exchanged_evidence_is_found(chain: list[dict[str, Any]]) -> None:
    chain[0]["evidence"][0][1] = "f" * 64
    chain[3]["evidence"] = []
    assert len(faults(chain)) == 2


@pytest.mark.case("F6")
def test_text_moved_between_neighbouring_columns_is_found(chain: list[dict[str, Any]]) -> None:
    columns = chain[2]["columns"]
    columns["payer"], columns["bank_serial"] = "", columns["payer"] + columns["bank_serial"]
    assert faults(chain)


@pytest.mark.case("F6")
def test_an_empty_text_is_not_a_missing_value(chain: list[dict[str, Any]]) -> None:
    assert chain[0]["columns"]["reverses_id"] is None
    chain[0]["columns"]["reverses_id"] = ""
    assert faults(chain)


@pytest.mark.case("F6")
def test_composed_and_decomposed_letters_are_the_same_text(chain: list[dict[str, Any]]) -> None:
    chain[0]["columns"]["note"] = unicodedata.normalize("NFD", chain[0]["columns"]["note"])
    assert chain[0]["columns"]["note"] != "é"
    assert faults(chain) == []


@pytest.mark.parametrize("left", range(4))
def test_every_cut_of_the_tail_is_found_against_a_checkpoint(
    cast: Cast, chain: list[dict[str, Any]], left: int
) -> None:
    assert "tail is cut" in faults(chain[:left], checkpoint(cast))[0]


@pytest.mark.parametrize("place", range(3))
@pytest.mark.case("F5")
def test_an_entry_taken_out_of_the_middle_is_found(chain: list[dict[str, Any]], place: int) -> None:
    assert faults(chain[:place] + chain[place + 1 :])


def test_entries_in_another_order_are_found(chain: list[dict[str, Any]]) -> None:
    assert faults([chain[1], chain[0], *chain[2:]])


def test_a_rebuilt_chain_is_found_against_an_outside_checkpoint_only(cast: Cast, chain: list[dict[str, Any]]) -> None:
    point = checkpoint(cast)
    chain[0]["columns"]["amount_fen"] = "1"
    assert faults(rebuilt(chain)) == []
    assert "rebuilt" in faults(chain, point)[0]


def test_a_chain_that_went_on_still_passes_through_its_checkpoint(cast: Cast, chain: list[dict[str, Any]]) -> None:
    point = checkpoint(cast)
    cast.verified()
    assert faults([json.loads(entry.to_json()) for entry in entries(cast.city)], point) == []


@pytest.mark.parametrize("part", ["seq", "digest", "made_at", "city", "signature", "public_key"])
def test_a_forged_checkpoint_does_not_carry_the_signature(cast: Cast, chain: list[dict[str, Any]], part: str) -> None:
    point = checkpoint(cast)
    point[part] = 3 if part == "seq" else ("0" + point[part][1:] if point[part][0] != "0" else "1" + point[part][1:])
    assert any("signature" in fault for fault in faults(chain, point))


def test_a_checkpoint_of_another_key_is_refused_when_the_key_is_known(cast: Cast, chain: list[dict[str, Any]]) -> None:
    point = checkpoint(cast)
    assert faults(chain, point, key=point["public_key"]) == []
    assert "another key" in faults(chain, point, key="0" * 64)[0]


def test_signatures_are_judged_as_the_standard_says() -> None:
    key = Ed25519PrivateKey.generate()
    public, message = key.public_key().public_bytes_raw(), b"zhaoshang"
    signature = key.sign(message)
    assert verify_ledger.ed25519_verify(public, message, signature)
    assert not verify_ledger.ed25519_verify(public, message + b"!", signature)
    assert not verify_ledger.ed25519_verify(public, message, signature[:63])
    scalar = int.from_bytes(signature[32:], "little") + verify_ledger.ORDER
    assert not verify_ledger.ed25519_verify(public, message, signature[:32] + scalar.to_bytes(32, "little"))


def test_the_example_of_the_standard_holds() -> None:
    """RFC 8032, section 7.1, test 2."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify_ledger.ed25519_verify(public, bytes([0x72]), signature)


def test_a_chain_goes_over_to_sm3_and_back_and_is_walked_whole(cast: Cast, settings: Any) -> None:
    for algorithm in ("sha256", "sm3", "sm3", "sha256"):
        settings.LEDGER_HASH = algorithm
        cast.verified()
    chain = [json.loads(entry.to_json()) for entry in entries(cast.city)]
    assert [entry["digest"][:4] == "sm3:" for entry in chain] == [False, True, True, False]
    assert (walk(cast.city).faults, faults(chain, checkpoint(cast))) == ([], [])
    chain[2]["columns"]["amount_fen"] += "0"
    assert ["line 3" in fault for fault in faults(chain)] == [True]
    with guards.suspended():
        Payment.objects.of(cast.city).filter(seq=2).update(note="x")
    assert ["序号 2" in fault for fault in walk(cast.city).faults] == [True]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_is_that_of_the_standard_whoever_computes_it(
    text: bytes, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GB/T 32905-2016, appendix A."""
    here = stated(text, "sm3")
    monkeypatch.setattr(hashlib, "algorithms_available", set())
    assert here == stated(text, "sm3") == f"sm3:{urlsafe_b64encode(bytes.fromhex(known)).decode().rstrip('=')}"
    assert verify_ledger.sm3(text).hex() == known
    assert fits(text, here) and not fits(text + b"!", here)


@pytest.mark.case("F6")
def test_a_moment_is_the_same_moment_in_every_zone() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    assert str(there) != str(NOW) and written(there) == written(NOW)


def test_the_tool_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(TOOL.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def run(*arguments: object) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", TOOL, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_command_answers_by_its_exit_code(cast: Cast, chain: list[dict[str, Any]], tmp_path: Path) -> None:
    export, point = tmp_path / "export.jsonl", tmp_path / "checkpoint.json"
    export.write_text("\n".join(json.dumps(entry) for entry in chain), encoding="utf-8")
    point.write_text(json.dumps(checkpoint(cast)), encoding="utf-8")
    assert run(export, "--checkpoint", point)[0] == 0
    export.write_text(
        export.read_text(encoding="utf-8").replace("甲", "乙").replace("\\u7532", "\\u4e59"), encoding="utf-8"
    )
    assert run(export, "--checkpoint", point)[0] == 1
    assert run(tmp_path / "absent.jsonl")[0] == 2
    assert run(export, "--checkpoint", export)[0] == 2


def test_a_line_that_is_no_entry_is_named(chain: list[dict[str, Any]]) -> None:
    found = verify_ledger.verify([json.dumps(chain[0]), "{", json.dumps(chain[1])], []).faults
    assert any("line 2: not an entry" in fault for fault in found)
