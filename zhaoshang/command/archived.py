"""``check-archive``: the four properties of an archive package (DA/T 70-2018: 真实 完整 可用 安全), by the package alone.

Needs no database and no installation. Each fault names its property; a package that cannot be opened is told of as that and no more.
"""

import argparse
import csv
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhaoshang.capital.rules import is_digest_of
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json
from zhaoshang.common.digests import ALGORITHMS, fits

FORMAT = "zhaoshang-archive-1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
PERIOD, BULLETIN = "period", "bulletin"
MOST_BYTES = 4 * 1024**3
LARGEST_RATIO = 1_000
_ALWAYS = ("title", "author", "city", "made_at", "secrecy", "retention", "software")
ASKED = {
    PERIOD: {*_ALWAYS, "period", "payments", "total_yuan", "evidence"},
    BULLETIN: {*_ALWAYS, "number", "dated", "figures", "text_digest", "ledger_digest"},
}
CONTENT = {
    PERIOD: {"content/payments.csv", "content/ledger.jsonl", "process/history.jsonl"},
    BULLETIN: {"content/bulletin.txt", "content/bulletin.json", "content/figures.csv", "process/history.jsonl"},
}
# How files that can do something, or must not leave, begin or betray themselves.
RUNS = {b"MZ": "Windows 程序", b"\x7fELF": "Linux 程序", b"#!": "脚本", b"\xca\xfe\xba\xbe": "Java 程序"}
HOLDS = {
    b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR": "病毒(测试特征)",
    b"PRIVATE KEY-----": "私钥",
    b"vbaProject.bin": "宏",
    b"/JavaScript": "PDF 脚本",
    b"/Launch": "PDF 启动外部程序",
}
READABLE = (
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"II*\x00",
    b"MM\x00*",
    b"OFD",
)


class Property(StrEnum):
    """What an archive must be."""

    AUTHENTIC = "真实"
    WHOLE = "完整"
    USABLE = "可用"
    SAFE = "安全"


@dataclass(slots=True)
class Package:
    """An opened package: its files, what the manifest says, what is wrong so far."""

    files: dict[str, bytes] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[Property, str]] = field(default_factory=list)

    def wrong(self, what: Property, told: str) -> None:
        """Note a fault."""
        self.faults.append((what, told))

    @property
    def metadata(self) -> dict[str, Any]:
        """What the manifest tells of the whole."""
        told = self.manifest.get("metadata")
        return told if isinstance(told, dict) else {}


def examined(made: Path, key: str = "") -> Package:
    """The package with every fault that was found; ``key``: the public key (hex) that must have signed it."""
    package = Package()
    if not _opened(made, package):
        return package
    for check in (_authentic, _whole, _usable, _safe):
        check(package, key) if check is _authentic else check(package)  # type: ignore[call-arg]
    return package


def _opened(made: Path, package: Package) -> bool:
    try:
        with zipfile.ZipFile(made) as packed:
            for one in packed.infolist():
                _safe_name(package, one)
                if one.flag_bits & 1:
                    package.wrong(Property.USABLE, f"{one.filename} 是加密的,没有密码打不开")
                elif one.file_size > MOST_BYTES or one.file_size > LARGEST_RATIO * max(one.compress_size, 1_000):
                    package.wrong(Property.SAFE, f"{one.filename} 展开过大,没有打开")
                else:
                    package.files[one.filename] = packed.read(one)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        package.wrong(Property.USABLE, f"打不开:{error}")
        return False
    try:
        package.manifest = json.loads(package.files.get(MANIFEST, b"null"))
    except ValueError:
        package.manifest = {}
    if not isinstance(package.manifest, dict) or package.manifest.get("format") != FORMAT:
        package.manifest = {}
        package.wrong(Property.WHOLE, "没有认得的清单 manifest.json")
        return False
    return True


def _safe_name(package: Package, one: zipfile.ZipInfo) -> None:
    parts = Path(one.filename).parts
    if one.filename.startswith(("/", "\\")) or ".." in parts or ":" in one.filename.split("/")[0]:
        package.wrong(Property.SAFE, f"{one.filename} 会写到包外面")
    if (one.external_attr >> 16) & 0o170000 == 0o120000:
        package.wrong(Property.SAFE, f"{one.filename} 是指向别处的链接")


def _listed(package: Package) -> dict[str, dict[str, Any]]:
    return {str(one["name"]): one for one in package.manifest.get("files", [])}


def _authentic(package: Package, key: str) -> None:
    """From whom it comes, and that nothing in it was changed since."""
    try:
        signed = json.loads(package.files[SIGNATURE])
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed["public_key"]))
        public.verify(bytes.fromhex(signed["signature"]), package.files[MANIFEST])
    except (KeyError, ValueError, TypeError, InvalidSignature):
        package.wrong(Property.AUTHENTIC, "清单没有签名,或签名不符")
    else:
        if key and signed["public_key"] != key.lower():
            package.wrong(Property.AUTHENTIC, f"由另一把密钥签名:{signed['public_key']}")
    for name, told in _listed(package).items():
        if name in package.files and not fits(package.files[name], str(told["digest"])):
            package.wrong(Property.AUTHENTIC, f"{name} 与清单的摘要不符")
    if package.metadata.get("category") == PERIOD:
        _authentic_ledger(package)
    elif not fits(package.files.get("content/bulletin.txt", b""), str(package.metadata.get("text_digest"))):
        package.wrong(Property.AUTHENTIC, "通报正文与元数据的摘要不符")


def _authentic_ledger(package: Package) -> None:
    previous = package.metadata.get("ledger_before", "")
    for line in _lines(package, "content/ledger.jsonl"):
        columns, evidence, digest = line.get("columns", {}), line.get("evidence", []), line.get("digest", "")
        if columns.get("previous_digest") != previous:
            package.wrong(Property.AUTHENTIC, f"账链第 {columns.get('seq')} 条与前一条不相接")
        if "id" in columns and not is_digest_of(digest, columns, evidence):
            package.wrong(Property.AUTHENTIC, f"账链第 {columns.get('seq')} 条的内容与摘要不符")
        previous = digest
    if previous != package.metadata.get("ledger_digest", ""):
        package.wrong(Property.AUTHENTIC, "账链末条与元数据不符")


def _whole(package: Package) -> None:
    """Nothing is missing, nothing came in: files, elements of the metadata, rows, history."""
    listed, there = _listed(package), set(package.files) - {MANIFEST, SIGNATURE}
    category = str(package.metadata.get("category"))
    for name in sorted((set(listed) | CONTENT.get(category, set())) - there):
        package.wrong(Property.WHOLE, f"缺 {name}")
    for name in sorted(there - set(listed)):
        package.wrong(Property.WHOLE, f"多出清单上没有的 {name}")
    for name in sorted(one for one in ASKED.get(category, {"category"}) if package.metadata.get(one) in (None, "", {})):
        package.wrong(Property.WHOLE, f"元数据缺 {name}")
    if category == PERIOD:
        _whole_account(package)
    elif (rows := len(_rows(package, "content/figures.csv"))) != package.metadata.get("figures"):
        package.wrong(Property.WHOLE, f"指标应为 {package.metadata.get('figures')} 个,实有 {rows} 个")
    elif not any(
        one.get("event") == "bulletins.bulletin.published" for one in _lines(package, "process/history.jsonl")
    ):
        package.wrong(Property.WHOLE, "过程记录里没有发布")


def _whole_account(package: Package) -> None:
    rows, told = _rows(package, "content/payments.csv"), package.metadata
    total = sum((Decimal(row[9].replace(",", "")) for row in rows if len(row) > 9), Decimal())
    wanted = Decimal(str(told.get("total_yuan", "0")).replace(",", ""))
    if (len(rows), total) != (told.get("payments"), wanted):
        package.wrong(Property.WHOLE, f"到账应为 {told.get('payments')} 笔 {wanted} 元,实有 {len(rows)} 笔 {total} 元")
    ledger = [one for one in _lines(package, "content/ledger.jsonl") if "id" in one.get("columns", {})]
    if len(ledger) != len(rows):
        package.wrong(Property.WHOLE, f"账链里有 {len(ledger)} 笔,到账表里有 {len(rows)} 笔")
    needed = {digest for one in ledger for _kind, digest in one.get("evidence", [])}
    for digest in sorted(needed - {name.rpartition("/")[2] for name in package.files}):
        package.wrong(Property.WHOLE, f"缺凭证 {digest}")
    history = [(str(one.get("event")), str(one.get("about"))) for one in _lines(package, "process/history.jsonl")]
    verified = {about for event, about in history if event == "capital.payment.verified"}
    if missing := sorted({str(one["columns"]["id"]) for one in ledger} - verified):
        package.wrong(Property.WHOLE, f"过程记录里没有 {len(missing)} 笔的核定,如 {missing[0]}")
    if not any(event == "regions.month.closed" for event, _about in history):
        package.wrong(Property.WHOLE, "过程记录里没有关账")


def _usable(package: Package) -> None:
    """Each file can be read in its format, and the format is a plain one."""
    for name, content in package.files.items():
        reads = _READS.get(name.rpartition(".")[2]) if not name.startswith("content/evidence/") else _evidence
        try:
            if reads is None:
                raise ValueError("不是约定的格式")
            reads(content)
        except (ValueError, csv.Error) as error:
            package.wrong(Property.USABLE, f"{name} 读不出:{str(error)[:80]}")
    if package.manifest.get("algorithm") not in ALGORITHMS:
        package.wrong(Property.USABLE, f"不认识的摘要算法 {package.manifest.get('algorithm')}")


def _evidence(content: bytes) -> None:
    if not content.startswith(READABLE):
        content.decode()


def _read_csv(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    if len({len(row) for row in rows}) != 1:
        raise ValueError("各行的列数不同")


def _read_lines(content: bytes) -> None:
    for line in content.decode().splitlines():
        json.loads(line)


_READS: dict[str, Callable[[bytes], Any]] = {
    "json": json.loads, "jsonl": _read_lines, "csv": _read_csv, "txt": lambda content: content.decode(),
}  # fmt: skip


def _safe(package: Package) -> None:
    """Nothing in it does anything, nothing in it is a secret."""
    for name, content in package.files.items():
        for start, what in RUNS.items():
            if content.startswith(start):
                package.wrong(Property.SAFE, f"{name} 是{what}")
        for sign, what in HOLDS.items():
            if sign in content:
                package.wrong(Property.SAFE, f"{name} 里有{what}")


def _lines(package: Package, name: str) -> Iterator[dict[str, Any]]:
    for line in package.files.get(name, b"").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue  # told of as not usable
        if isinstance(told, dict):
            yield told


def _rows(package: Package, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(package.files.get(name, b"").decode("utf-8-sig"))))[1:]
    except (ValueError, csv.Error):
        return []


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="归档包")
    parser.add_argument("--public-key", metavar="HEX", default="", help="应由哪把密钥签名:首个检查点里的 public_key")
    with_json(parser)


def _check(options: argparse.Namespace) -> int:
    made = Path(options.file)
    if not made.is_file():
        raise Stop(WRONG_USE, f"没有文件 {made}")
    package = examined(made, options.public_key)
    told = {str(one): [fault for what, fault in package.faults if what == one] for one in Property}
    if options.json:
        print_json({"file": str(made), "metadata": package.metadata, "faults": told})
        return PROBLEMS if package.faults else DONE
    lines = [f"{package.metadata.get('title', made)}:{len(package.files)} 个文件"]
    for name, faults in told.items():
        lines += [f"{name}:{'通过' if not faults else f'{len(faults)} 处不符'}", *(f"  {fault}" for fault in faults)]
    if not options.public_key and not package.faults:
        lines.append("签名的公钥没有核对:请用 --public-key 写上首个检查点里的 public_key")
    sys.stdout.write("\n".join(lines) + "\n")
    return PROBLEMS if package.faults else DONE


COMMANDS = {"check-archive": Command(_check_arguments, _check)}
