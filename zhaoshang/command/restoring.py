"""``restore``, ``restore-drill``, ``mark-restored``: a backup is looked through whole before it takes the place of anything.

A restored copy is told that it is one, those who were erased since are erased in it again, and it is held against the checkpoints kept
apart: one that is older than what was published takes no writing (``people.copies``).
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from zhaoshang.capital.checkpoints import own_keys, unreached, walk
from zhaoshang.command import copies, stores
from zhaoshang.command.backup_file import digest_of, unpack
from zhaoshang.command.backups import FOLDERS, key_argument, the_key
from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, print_table, with_json
from zhaoshang.command.place import the_city
from zhaoshang.command.sealing import Key
from zhaoshang.enterprises import contacts
from zhaoshang.enterprises import erasing as unused_contacts
from zhaoshang.leads import erasing as leads
from zhaoshang.outreach import erasing as guests
from zhaoshang.partners import erasing as partners
from zhaoshang.people.copies import NotACopy, ReasonMissing, accept_gap, declare_live, mark_restored
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.publishing import asking
from zhaoshang.regions.access import viewer_of
from zhaoshang.searches import actions as searches
from zhaoshang.tenancy import apart
from zhaoshang.tenancy.going import went_before
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.planning import tell_planner

ERASERS = (
    contacts.erase_again, unused_contacts.erase_again, asking.erase_again, searches.erase_again,
    leads.erase_again, guests.erase_again, partners.erase_again,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found in a copy: erased again, and the published entry that it does not reach (0: it reaches all)."""

    erased: int
    behind: int

    def told(self) -> list[str]:
        """For the terminal."""
        lines = ["这是恢复的副本:不发邮件,不做后台任务,直到安全管理员声明它是现用系统(restored-copy live)"]
        if self.erased:
            lines.append(f"备份之后已抹去的人又抹去一遍:{self.erased} 人")
        if self.behind:
            lines.append(
                f"备份早于已公布的账:本账没有第 {self.behind} 条。已停止写入,须由安全管理员确认(restored-copy accept-gap)"
            )
        return lines


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="备份文件")
    parser.add_argument("--digest", metavar="SHA256", help="备份时给出的摘要;写上则先比对")
    key_argument(parser)
    with_json(parser)


def _given(options: argparse.Namespace) -> Path:
    made = Path(options.file)
    if not made.is_file():
        raise Stop(WRONG_USE, f"没有文件 {made}")
    if options.digest and digest_of(made) != options.digest.lower():
        raise Stop(PROBLEMS, f"{made} 的摘要与给出的不符,不予恢复")
    return made


def _restore(options: argparse.Namespace) -> int:
    made, key = _given(options), the_key(options)
    try:
        with alone(settings.DATA_DIR):
            kept, note, settled = restore(made, key)
    except NotLocked as error:
        raise Stop(WRONG_USE, "服务正在运行。请先停止服务,再恢复") from error
    if options.json:
        body = {"restored": str(made), "previous": str(kept) if kept else None, "note": note}
        print_json({**body, "erased_again": settled.erased, "behind": settled.behind})
    else:
        lines = [f"已恢复 {made}", *([f"原有数据保留在 {kept}"] if kept else []), *([note] if note else [])]
        sys.stdout.write("\n".join([*lines, *settled.told()]) + "\n")
    return DONE


def restore(made: Path, key: Key | None) -> tuple[Path | None, str, Settled]:
    """Put a checked backup in the place of the live data, which is kept. Returns where, what else is to be done, and what was settled."""
    with _unpacked(made, key) as (work, manifest):
        with _standing(work, stays=True) as fresh:
            _compare(manifest)
            settled = settle(datetime.fromisoformat(manifest["made_at"]), timezone.now(), work / "keys")
            tell_planner()
        if connection.vendor == "postgresql":
            return None, copies.beside(work, fresh), settled
        kept, note = copies.swap_sqlite(work, [copies.DATABASE_FILE, *FOLDERS, "secret_key"])
        return kept, note, settled


@contextmanager
def _unpacked(made: Path, key: Key | None) -> Iterator[tuple[Path, dict[str, Any]]]:
    work = Path(tempfile.mkdtemp(dir=settings.DATA_DIR, prefix=".restore-"))
    try:
        manifest = unpack(made, work, key)
        _refuse_foreign(manifest)
        if manifest["vendor"] == "sqlite":
            copies.check_sqlite(work / copies.DATABASE_FILE)
        yield work, manifest
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _standing(work: Path, stays: bool) -> Iterator[str]:
    """``default`` is the copy for the block; on PostgreSQL a new database, dropped again unless it ``stays`` and nothing was refused."""
    place = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        with stores.standing_in({**place, "NAME": str(work / copies.DATABASE_FILE)}):
            yield ""
        return
    fresh = copies.restored_postgresql(work)
    try:
        with stores.standing_in({**place, "NAME": fresh}):
            yield fresh
    except BaseException:
        copies.drop_postgresql(fresh)
        raise
    if not stays:
        copies.drop_postgresql(fresh)


def _refuse_foreign(manifest: dict[str, Any]) -> None:
    if manifest["vendor"] != connection.vendor:
        raise Stop(PROBLEMS, f"备份取自 {manifest['vendor']},本机数据库是 {connection.vendor},不能互相恢复")
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise Stop(PROBLEMS, f"备份比程序新(含 {newer[0]})。请先升级程序")


def _compare(manifest: dict[str, Any]) -> list[stores.Table] | None:
    """Hold the copy's tables against what the manifest says of them. None: an older version made it, with other tables."""
    applied = sorted(".".join(key) for key in MigrationLoader(connection).disk_migrations)
    if set(manifest["migrations"]) != set(applied):
        return None
    found = [stores.described(model) for model in stores.moved_models()]
    told = {one["table"]: one for one in manifest["tables"]}
    for table in found:
        if table.to_json() != told.get(table.name):
            raise Stop(PROBLEMS, f"恢复出来的表 {table.name} 与备份时登记的不同,不予恢复")
    return found


def settle(made_at: datetime, at: datetime, *keys: Path) -> Settled:
    """Within the copy: bring its tables up to date, walk its chains, erase again, compare with what was published, say that it is a copy.
    ``keys``: folders of keys that came with it.

    Raises :class:`Stop` for a broken chain.
    """
    bring_up_to_date()
    listed, erased, behind = apart.erased(), 0, 0
    for city in City.objects.all():
        city.behind_seq = 0  # of a copy of a copy; told anew below
        point = unreached(city, own_keys(city, Path(settings.KEYS_DIR), *keys))
        if faults := walk(city).faults:
            raise Stop(PROBLEMS, f"备份里的账链有问题,不予恢复:{city.name} {faults[0]}")
        with went_before():
            again = sum(erase(city=city, listed=listed, at=at) for erase in ERASERS)
        short = int(point["seq"]) if point else 0
        mark_restored(city=city, made_at=made_at, behind_seq=short, erased=again, at=at)
        erased, behind = erased + again, max(behind, short)
    return Settled(erased, behind)


def _drill(options: argparse.Namespace) -> int:
    made, key, began = _given(options), the_key(options), time.perf_counter()
    with _unpacked(made, key) as (work, manifest), _standing(work, stays=False):
        tables = _compare(manifest)
        settled = settle(datetime.fromisoformat(manifest["made_at"]), timezone.now(), work / "keys")
    seconds = time.perf_counter() - began
    rows = [one for one in manifest["tables"] if one["rows"]]
    total = sum(one["rows"] for one in rows)
    if options.json:
        body = {"file": str(made), "made_at": manifest["made_at"], "seconds": round(seconds, 2), "rows": total}
        print_json({**body, "compared": tables is not None, "behind": settled.behind, "tables": manifest["tables"]})
        return DONE
    lines = [[one["table"], f"{one['rows']:,}", one["money"] or "", one["sha256"][:16]] for one in rows]
    print_table([["表", "行数", "金额列合计(元)", "摘要"], *lines], right=frozenset({1, 2}))
    verdict = "逐表摘要与备份时相同" if tables is not None else "备份出自旧版本:升级后账链完整,逐表摘要不能比较"
    sys.stdout.write(f"恢复演练通过:{total:,} 行,{verdict};用时 {seconds:.1f} 秒。现用数据未动,演练副本已删除\n")
    if settled.behind:
        sys.stdout.write(f"注意:它早于已公布的第 {settled.behind} 条,真恢复后会停止写入\n")
    return DONE


def _mark_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--made-at", metavar="TIME", required=True, help="恢复到的时刻,如 2023-04-01T08:00:00+08:00")


def _mark(options: argparse.Namespace) -> int:
    try:
        made_at = datetime.fromisoformat(options.made_at)
    except ValueError as error:
        raise Stop(WRONG_USE, f"看不懂时刻 {options.made_at}。写法:2023-04-01T08:00:00+08:00") from error
    if made_at.tzinfo is None:
        raise Stop(WRONG_USE, f"时刻 {options.made_at} 没有时区。写法:2023-04-01T08:00:00+08:00")
    sys.stdout.write("\n".join(settle(made_at, timezone.now()).told()) + "\n")
    return DONE


def _decide_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "decision", choices=["live", "accept-gap"], help="live 声明为现用系统;accept-gap 接受早于已公布的账"
    )
    parser.add_argument("--by", metavar="USERNAME", required=True, help="作出决定的安全管理员的登录名")
    parser.add_argument("--reason", required=True, help="理由,记入工作日志")


def _decide(options: argparse.Namespace) -> int:
    city = the_city()
    user = User.objects.filter(username=options.by, is_active=True).first()
    if user is None or not viewer_of(user, city).can(Can.GRANT):
        raise Stop(WRONG_USE, f"{options.by} 不是 {city.name} 的安全管理员")
    decide = declare_live if options.decision == "live" else accept_gap
    try:
        decide(city=city, reason=options.reason, by=user, at=timezone.now())
    except NotACopy:
        raise Stop(PROBLEMS, "没有要决定的:它已是现用系统,或已到达公布的账") from None
    except ReasonMissing:
        raise Stop(WRONG_USE, "请写理由") from None
    sys.stdout.write("已记入工作日志\n")
    return DONE


COMMANDS = {
    "restored-copy": Command(_decide_arguments, _decide),
    "restore": Command(_restore_arguments, _restore),
    "restore-drill": Command(_restore_arguments, _drill),
    "mark-restored": Command(_mark_arguments, _mark),
}
