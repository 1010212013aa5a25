"""A 10,000-row workbook into the account, against reading the sheet with calamine plus a bare bulk insert of as many rows.

Alone: ``.venv/bin/python bench/imports.py``. It makes a small city in a folder of its own that is thrown away.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

AIM = 4


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compared() -> dict[str, float]:
    """Seconds of the import and of the bare way, in one run, on the same database; and their ratio."""
    import python_calamine
    from cast import NOW, assemble
    from django.db import transaction
    from imports.large import ROWS, workbook

    from zhaoshang.capital.models import Payment
    from zhaoshang.common.ids import uuid7
    from zhaoshang.common.periods import parse_month
    from zhaoshang.review.intake_once import import_file

    cast, content = assemble(), workbook()
    pattern = cast.declared()
    names = [field.attname for field in Payment._meta.concrete_fields if field.attname != "id"]
    same = {name: getattr(pattern, name) for name in names}

    def bare() -> None:
        sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        with transaction.atomic():
            copies = [Payment(id=uuid7(), **same) for _row in sheet.to_python()[1:-1]]
            Payment.objects.bulk_create(copies, batch_size=500)

    def imported() -> None:
        month, by = parse_month("2023-03"), cast.officer
        result = import_file(
            city=cast.city, unit=cast.east, month=month, content=content, filename="a.xlsx", by=by, at=NOW
        )
        if len(result.accepted) != ROWS or not result.written:
            raise SystemExit(f"only {len(result.accepted)} rows were imported: {result.problems[:3]}")

    found = {"import_s": seconds(imported), "bare_s": seconds(bare)}
    return found | {"ratio": found["import_s"] / found["bare_s"]}


def main() -> None:
    """Print one line."""
    root = Path(__file__).resolve().parent.parent
    sys.path[:0] = [str(root), str(root / "tests")]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ZHAOSHANG_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "zhaoshang.config.settings",
            "DATABASE_URL": "",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, interactive=False)
        found = compared()
        connection.close()
    sys.stdout.write(
        f"import: {found['import_s']:.2f} s; the same rows by calamine and a bare insert: {found['bare_s']:.2f} s; "
        f"{found['ratio']:.1f} times (aim: at most {AIM})\n"
    )


if __name__ == "__main__":
    main()
