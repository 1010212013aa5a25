"""``send-notices``: erases what is over, finds what is new for saved searches, sends the mails that wait; once, or again and again."""

import argparse
import sys
import time
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from zhaoshang.command.parts import DONE, PROBLEMS, Command, Stop, print_json, with_json
from zhaoshang.command.place import the_city
from zhaoshang.jobs.telling import Tell, tell_nobody
from zhaoshang.machines.answers import erase_answers
from zhaoshang.machines.telling import deliver, note_events
from zhaoshang.publishing.asking import erase_contacts
from zhaoshang.publishing.identity import send_codes
from zhaoshang.searches.actions import erase_unconfirmed
from zhaoshang.searches.telling import note_news, send_waiting
from zhaoshang.tenancy.clock import clock_of


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=int, metavar="SECONDS", help="每隔多少秒做一遍,不停;不写则只做一遍")
    with_json(parser)


def moment() -> datetime:
    """The moment of the city that is served: a sample city keeps its own time, and its mails keep theirs."""
    with clock_of(the_city()):
        return timezone.now()


def once(at: datetime, tell: Tell = tell_nobody) -> dict[str, int]:
    """One round. Without a way for mail only what is over is erased; a restored copy does nothing until it is the live one."""
    city, today = the_city(), timezone.localdate(at)
    if city.restored_from:
        raise Stop(PROBLEMS, "这是恢复的副本,不发邮件。先由安全管理员声明它是现用系统(restored-copy live)")
    told = {
        "contacts_erased": erase_contacts(city=city, today=today, at=at),
        "addresses_erased": erase_unconfirmed(city=city, today=today, at=at),
        "answers_erased": erase_answers(city=city, at=at),
    }
    told["events_noted"] = note_events(city=city, at=at)
    arrived = deliver(city=city, at=at)
    told |= {"events_sent": arrived.sent, "events_failed": arrived.failed}
    tell("mail", 0, 0)
    if settings.EMAIL_BACKEND:
        told["codes_sent"] = send_codes(city=city, at=at)
        told["noted"] = note_news(city=city, today=today, at=at)
        told |= asdict(send_waiting(city=city, at=at))
    return told


def _tell(options: argparse.Namespace) -> int:
    while options.every:
        try:
            once(moment())
        except (OperationalError, Stop) as early:  # busy, or no city yet: the next round finds it all again
            sys.stderr.write(f"zhaoshang: 这一轮没有做成,下一轮再做({early})\n")
        close_old_connections()
        time.sleep(max(options.every, 1))
    told = once(moment())
    if options.json:
        print_json(told)
    else:
        off = "" if settings.EMAIL_BACKEND else ";没有设置 ZHAOSHANG_MAIL,不发邮件"
        sys.stdout.write(
            f"抹去联系方式 {told['contacts_erased']},抹去未确认邮箱 {told['addresses_erased']},"
            f"发出 {told.get('sent', 0)},不必发 {told.get('dropped', 0)},未发成 {told.get('failed', 0)}{off}\n"
        )
    return PROBLEMS if told.get("failed") else DONE


COMMANDS = {"send-notices": Command(_arguments, _tell)}
