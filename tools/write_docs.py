"""Writes the generated pages of docs/ anew: ``commands.md`` from the commands’ own help, ``permissions.md`` from the addresses,
``trust.md`` from the marks of the tests."""

import contextlib
import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "commands.md"
WIDTH = "100"
HEAD = """# Commands

Written by `make docs` from the commands' own help. Exit codes: 0 done, 1 problems in the input, 2 wrong use.
Settings come from the environment: see the head of `zhaoshang/config/settings.py`. In JSON, amounts of money are yuan as decimal
strings (claims as numbers, as in the samples), percentages decimal strings.
"""


def help_of(*words: str) -> str:
    """What ``zhaoshang … --help`` prints."""
    from zhaoshang.cli import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        main([*words, "--help"])
    return said.getvalue().strip()


def commands_page() -> str:
    """The command line's page."""
    from zhaoshang.cli import COMMANDS

    parts = [HEAD, f"```\n{help_of()}\n```\n"]
    parts += [f"## {name}\n\n```\n{help_of(name)}\n```\n" for name in COMMANDS]
    return "\n".join(parts)


def permissions_page() -> str:
    """Who may call what, from the URL configuration."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")
    import django

    django.setup()
    from architecture.routes import written_matrix

    return written_matrix()


def trust_page() -> str:
    """Which test shows which attack or fault."""
    from architecture.trust import written_cases

    return written_cases()


def main() -> None:
    """Write the pages."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    os.environ["COLUMNS"] = WIDTH
    (ROOT / "docs" / "trust.md").write_text(trust_page(), encoding="utf-8")
    (ROOT / "docs" / "permissions.md").write_text(permissions_page(), encoding="utf-8")
    PAGE.write_text(commands_page(), encoding="utf-8")
    sys.stdout.write(f"written: {PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
