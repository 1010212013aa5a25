"""The page of attacks and faults says what the tests say: every case is on it, and nothing is claimed without a test."""

from architecture.rooms import ROOT
from architecture.trust import catalogue, marks, written_cases

NUMBERS = {
    "A": "1 2 4 5 6 7 8 9 10 11 12",
    "B": "1 2 3 5 6 7 8 10 12 13 14 15",
    "C": "1 3 4 5 6 7 9 10 11 12 13 15 16",
    "D": "1 2 3 4 5 6 7 9 10 11 12 13",
    "E": "1 2 3 4 5 6 7 8 9 10",
    "F": "1 5 6 7 9 10 11 12 13 15 16 18 19 20 21 22 23",
    "G": "1 3 4 5 6 7 8 9 10 11 12",
    "H": "1 2 3 4 5 6 7 8 10 11 12 14 15 16 17",
    "I": "1 2 3 4 5 7 8 9 11",
    "J": "1 2 3 5 6 7 9 10 11 12",
}


def test_every_case_of_the_catalogue_is_held_against_the_tests() -> None:
    assert list(catalogue()) == [f"{area}{number}" for area, numbers in NUMBERS.items() for number in numbers.split()]


def test_the_page_says_what_the_marks_say() -> None:
    written = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    assert written == written_cases(), "run `make docs` and read what changed"


def test_a_case_without_a_test_says_what_it_lacks() -> None:
    assert [key for key, case in catalogue().items() if not case.shown_by and not case.lacks] == []


def test_marks_name_cases_once_and_stand_on_tests() -> None:
    found = list(marks())
    assert len(found) == len(set(found))
    assert {key for key, _ in found} <= set(catalogue())
    assert [test for _, test in found if not test.split("::")[1].startswith("test_")] == []
