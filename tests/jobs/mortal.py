"""Settings and doers of worker processes that tests start and kill."""

from zhaoshang.config.settings import *  # noqa: F403
from zhaoshang.config.settings import JOBS as OURS

JOBS = OURS | {"sweep": "jobs.mortal.devour"}


def devour(run: object) -> None:
    """Take memory until there is none."""
    held = []
    while True:
        held.append(bytearray(20_000_000))
