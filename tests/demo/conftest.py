"""The demo city, loaded once for all tests of this folder and rolled back after the last."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

import pytest
from django.conf import settings
from django.db import connection, transaction
from statement_guard import wrapper

from zhaoshang.demo.load import load
from zhaoshang.demo.plan import SEED
from zhaoshang.demo.slips import Press, Voucher
from zhaoshang.tenancy.models import City


class QuickPress(Press):
    """Vouchers without a drawing: a page each, told apart by a comment."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def order(self, vouchers: Sequence[Voucher]) -> list[tuple[Voucher, "Future[bytes]"]]:
        ordered = []
        for voucher in vouchers:
            drawn: Future[bytes] = Future()
            drawn.set_result(
                f"%PDF-1.7\n% {voucher.name}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()
            )
            ordered.append((voucher, drawn))
        return ordered


@pytest.fixture(scope="package")
def demo_city(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """Dalian as ``make run`` loads it; every statement names its city while it is loaded."""
    folder: Path = tmp_path_factory.mktemp("demo")
    kept = settings.EVIDENCE_DIR, settings.KEYS_DIR
    settings.EVIDENCE_DIR, settings.KEYS_DIR = folder / "evidence", folder / "keys"
    try:
        with django_db_blocker.unblock(), transaction.atomic():
            with connection.execute_wrapper(wrapper()):
                city = load(SEED, QuickPress())
            connection.check_constraints()  # here once; else PostgreSQL checks all that was loaded after every test
            yield city
            transaction.set_rollback(True)
    finally:
        settings.EVIDENCE_DIR, settings.KEYS_DIR = kept
