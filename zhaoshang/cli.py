"""The command ``zhaoshang``: finds what was asked for and runs it. Exit codes: 0 done, 1 problems in the input, 2 wrong use."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Parser, Stop
from zhaoshang.common.problems import Held, WritesStopped

# command: the file of zhaoshang.command that holds it, whether it needs the database, what it is for
COMMANDS = {
    "serve": ("serving", True, "启动服务(网页服务与后台任务)"),
    "work": ("working", True, "一个后台工作进程(serve 会自行启动)"),
    "demo": ("demonstrating", True, "载入演示城市,核对公报,启动服务"),
    "read": ("reading", False, "读公报:还原文字,列出其中的数字主张"),
    "check": ("checking", True, "核对公报:逐条与账对照"),
    "import": ("importing", True, "导入地区报来的到位内资工作簿"),
    "figure": ("figures", True, "查一个指标数"),
    "league": ("figures", True, "各地区排名表"),
    "sweep": ("sweeping", True, "排查疑似重复项目和各种异常"),
    "send-notices": ("telling", True, "抹去过期的联系方式,把新条目用邮件告诉订阅者"),
    "verify-ledger": ("ledger", True, "重算账链,查有无改动"),
    "checkpoint": ("ledger", True, "签发账链检查点,存于系统之外"),
    "export-ledger": ("ledger", True, "导出账链,供独立程序核验"),
    "rebuild-totals": ("ledger", True, "由明细账重建汇总"),
    "archive": ("archiving", True, "归档:已关账期间或已发布通报,连同元数据、摘要和过程做成归档包"),
    "check-archive": ("archived", False, "核对归档包的四性:真实、完整、可用、安全,不需要数据库"),
    "backup": ("backups", True, "加密备份数据库、凭证与密钥,当场校验"),
    "backup-key": ("backups", True, "生成备份密钥,存于数据目录之外"),
    "restore": ("restoring", True, "由备份恢复,现有数据改名保留"),
    "restore-drill": ("restoring", True, "恢复演练:在临时处恢复并逐表比对,不动现用数据"),
    "restored-copy": ("restoring", True, "安全管理员决定:副本成为现用系统,或接受它早于已公布的账"),
    "mark-restored": ("restoring", True, "时间点恢复之后:让数据库知道自己是副本"),
    "migrate-store": ("moving", True, "把数据搬到另一个数据库(SQLite 与 PostgreSQL 互搬),逐行比对"),
    "upgrade": ("upgrading", True, "换上新版本之后:备份、更新表结构、重建不符的汇总"),
    "distribute": ("distributing", True, "把 PostgreSQL 库变成按城市分布的 Citus 库;没有扩展时列出计划"),
    "database-rights": ("distributing", True, "给程序平时所用的 PostgreSQL 角色授权:能读写,账上不许改、不许删的没有权"),
    "bootstrap": ("installing", True, "新装:建立城市和三员(系统管理员、安全管理员、审计员)"),
    "appoint": ("installing", True, "没有系统管理员时(如由旧版升级之后)开立一个"),
    "unlock": ("installing", True, "解除一个账号因输错口令的锁定(没有安全管理员能登录时)"),
    "generate": ("generating", True, "生成压力测试数据"),
}
BRING_THE_SECRET = ("restore", "restore-drill")  # it comes with the backup


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except Stop as stop:
        sys.stderr.write(f"zhaoshang: {stop}\n")
        return stop.code
    except BrokenPipeError:
        # The reader of our output went away; nothing is left to say, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(_overview())
        return DONE if words else WRONG_USE
    name = words[0]
    if name not in COMMANDS:
        raise Stop(WRONG_USE, f"没有命令 {name}。全部命令见 zhaoshang --help")
    subject, needs_database, purpose = COMMANDS[name]
    if needs_database:
        _prepare(name)
        if name not in BRING_THE_SECRET:
            ground = import_module("zhaoshang.command.ground")
            ground.check_secret()
    command: Command = import_module(f"zhaoshang.command.{subject}").COMMANDS[name]
    parser = Parser(prog=f"zhaoshang {name}", description=purpose)
    command.arguments(parser)
    try:
        options = parser.parse_args(words[1:])
    except SystemExit:  # --help
        return DONE
    try:
        return command.run(options)
    except WritesStopped as stopped:
        raise Stop(
            PROBLEMS,
            f"已停止写入:恢复的备份早于已公布的第 {stopped.seq} 条。先由安全管理员确认(restored-copy accept-gap)",
        ) from None
    except Held as held:
        raise Stop(PROBLEMS, f"在保全中,不能删去:{held.called}。解除保全由安全管理员办理") from None


def _overview() -> str:
    lines = [f"  {name:<16}{purpose}" for name, (_, _, purpose) in COMMANDS.items()]
    return "\n".join(["用法:zhaoshang 命令 [参数]", "", *lines, "", "各命令说明:zhaoshang 命令 --help", ""])


def _prepare(name: str) -> None:
    """Load the settings and the models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")
    if name == "demo":
        os.environ["ZHAOSHANG_DEMO"] = "1"
    import django

    try:
        django.setup()
    except OSError as error:
        raise Stop(WRONG_USE, f"数据目录不可用:{error}。请检查 ZHAOSHANG_DATA,及其所有者和权限") from error
    except ValueError as error:
        raise Stop(WRONG_USE, f"设置有误:{error}") from error


if __name__ == "__main__":
    sys.exit(main())
