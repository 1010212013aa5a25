"""The system's settings with the bench's addresses."""

from zhaoshang.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.served"
