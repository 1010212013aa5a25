"""The catalogue of attacks and faults, held against the tests that are marked with its cases: ``docs/trust.md``."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
HEAD = """# Attacks and faults, and the tests that show each

Written by `make docs` from `tests/architecture/trust_cases.toml` and from the tests marked `@pytest.mark.case("A1")`. *Shown*: the tests
named show all that the case asks; where one might take it to ask more, what they do not show is said. *In part*: they show the rest; what
is missing is said. *Not yet*: no test shows it. A claim here says that a test exists, not when it last ran; of what only `make test-long`
does in the numbers that the case names, the last time is said.

| shown | in part | not yet | cases |
|---|---|---|---|
"""
STATES = ["shown", "in part", "not yet"]


@dataclass(slots=True)
class Case:
    """One case. ``lacks``: what no test shows of it; empty when the tests show all. ``beyond``: what it does not ask and nobody should take
    for shown. ``long``: what only `make test-long` shows, and when it did last. ``shown_by``: file::test, below ``tests/``."""

    area: str
    asks: str
    lacks: str
    beyond: str
    long: str
    shown_by: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Shown, in part or not yet."""
        if not self.shown_by:
            return "not yet"
        return "in part" if self.lacks else "shown"

    def row(self, key: str) -> str:
        """The case's line in the page."""
        tests = "<br>".join(f"`{test}`" for test in self.shown_by) or "—"
        said = "; ".join(one for one in (self.lacks, self.beyond, self.long) if one)
        state = f"{self.state}: {said}" if said else self.state
        return f"| {key} {self.asks} | {tests} | {state} |"


def marks() -> Iterator[tuple[str, str]]:
    """Each case that a test is marked with, and the test; read from the text, so that no test need be imported."""
    for path in sorted(TESTS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.case(" in text:
            module = ast.parse(text)
            of_all = [key for node in module.body if _marks_the_module(node) for key in _cases_in(node)]
            for node in ast.walk(module):
                if isinstance(node, ast.FunctionDef):
                    own = [key for mark in node.decorator_list for key in _cases_in(mark)]
                    every = dict.fromkeys([*own, *(of_all if node.name.startswith("test_") else [])])
                    yield from ((key, f"{path.relative_to(TESTS)}::{node.name}") for key in every)


def _marks_the_module(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _cases_in(node: ast.AST) -> Iterator[str]:
    for mark in ast.walk(node):
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.case":
            yield from map(ast.literal_eval, mark.args)


def catalogue() -> dict[str, Case]:
    """Every case in the catalogue's order, with its tests; KeyError for a mark that names none."""
    written = tomllib.loads((TESTS / "architecture" / "trust_cases.toml").read_text(encoding="utf-8"))
    cases = {
        key: Case(area["title"], one["asks"], *(one.get(name, "") for name in ("lacks", "beyond", "long")))
        for area in written.values()
        for key, one in area.items()
        if key != "title"
    }
    for key, test in marks():
        cases[key].shown_by.append(test)
    return cases


def written_cases() -> str:
    """The whole of ``docs/trust.md``."""
    cases = catalogue()
    states = [case.state for case in cases.values()]
    counts = " | ".join(str(states.count(state)) for state in STATES)
    lines = [f"{HEAD}| {counts} | {len(cases)} |"]
    area = ""
    for key, case in cases.items():
        if case.area != area:
            area = case.area
            lines.append(f"\n## {key[0]} · {area}\n\n| case | shown by | state |\n|---|---|---|")
        lines.append(case.row(key))
    return "\n".join(lines) + "\n"
