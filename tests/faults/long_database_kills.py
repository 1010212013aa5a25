"""Kills PostgreSQL itself under writers, again and again: ``make test-long``, or ``python -m faults.long_database_kills 100``.

With fsync on, as installations run it. After each kill the server is started anew, everything is looked through, and what was not
answered is sent again; a process of the application that lived through it must be ready again within ten seconds. Ends with an exit
code of 1 and what was wrong.
"""

import os
import random
import sys
import time
from typing import Any

from with_postgres import cluster

READY_AGAIN_S = 10
DURABLE = ("max_connections=60", "shared_buffers=64MB")


def main(kills: int, seed: int = 20230331) -> int:
    """Kill so many times; prints what was tried and found."""
    with cluster(DURABLE) as server:
        os.environ["DATABASE_URL"] = server.address
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")
        import django

        django.setup()
        return _killing(server, kills, random.Random(seed))


def _killing(server: Any, kills: int, chance: random.Random) -> int:
    from cast import assemble
    from django.core.management import call_command
    from django.db import connections

    from faults.writers import Told, Writer, tried_again, write_on, wrong_after

    call_command("migrate", verbosity=0)
    cast, told, there, slowest_s = assemble(), Told(), 0, 0.0
    assert _status("/readyz") == 200
    for turn in range(kills):
        writers = [Writer(cast, write_on, told) for _ in range(3)]
        for writer in writers:
            writer.wait_for(b"verified")
        time.sleep(chance.uniform(0, 0.2))
        server.kill()
        for writer in writers:
            writer.kill()
        server.start()
        slowest_s = max(slowest_s, _ready_again_s())
        connections.close_all()
        wrong = wrong_after(cast, told)
        there += len(tried_again(cast, told))
        told.declared |= told.tried
        if wrong or (wrong := wrong_after(cast, told)):
            sys.stderr.write(f"after kill {turn + 1}: {wrong}\n")
            return 1
    print(f"{kills} kills of PostgreSQL, {len(told.tried)} payments tried: none lost, none twice, none half;", end=" ")
    print(f"{there} unanswered ones were there already when they were sent again; ready again within {slowest_s:.1f} s")
    return 0 if slowest_s <= READY_AGAIN_S else 1


def _ready_again_s() -> float:
    """How long this process, whose connection died with the server, says that it cannot work."""
    began = time.monotonic()
    while _status("/readyz") != 200 and time.monotonic() - began <= READY_AGAIN_S:
        time.sleep(0.1)
    return time.monotonic() - began


def _status(address: str) -> int:
    """What is answered, connections being looked after as between any two requests."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    answer = WSGIHandler()(RequestFactory().get(address, headers={"host": "localhost"}).environ, lambda *_told: None)
    answer.close()
    return int(answer.status_code)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
