"""The command line over the demo city, as scripts use it."""

import json
from pathlib import Path
from typing import Any

import pytest

from zhaoshang.cli import main
from zhaoshang.demo import show
from zhaoshang.projects.models import Project
from zhaoshang.tenancy.models import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(demo_city: City, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command; gives exit code and output, as JSON where ``--json`` asked for it."""

    def run(*words: str) -> tuple[int, Any]:
        code = main(words)
        out = capsys.readouterr().out
        return code, json.loads(out) if "--json" in words else out

    return run


def test_a_figure_says_its_value_version_growth_base_and_rank(run: Any) -> None:
    code, said = run("figure", "capital_in_place", "--unit", "dalian", "--period", "2023Q1", "--json")
    assert code == 0 and said["value"].startswith("7294") and said["version"] == "2023"
    assert (said["growth_percent"], said["base"]["basis"], said["rank"]["rank"]) == ("24.34", "restated", 1)


def test_a_units_figure_has_its_rank_among_the_units(run: Any) -> None:
    code, said = run("figure", "capital_in_place", "--unit", "金普新区", "--period", "2023Q1", "--json")
    assert code == 0 and said["rank"] == {"rank": 1, "of": 13, "scope": "全市"}


def test_a_figure_explains_itself_by_rules_parts_and_payments(run: Any) -> None:
    _, said = run("figure", "capital_in_place", "--unit", "jinpu", "--period", "2023Q1", "--explain", "--json")
    explained = said["explanation"]
    assert [rule["no"] for rule in explained["rules"]] == ["一", "二", "三", "四"]
    assert explained["payments"][0]["digest"] and set(explained["parts"]) == {"origin", "source", "kind"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("figure", "capital_in_place", "--unit", "nowhere", "--period", "2023Q1"),
        ("figure", "capital_in_place", "--unit", "dalian", "--period", "一季度"),
        ("figure", "no_such", "--unit", "dalian", "--period", "2023Q1"),
        ("figure", "capital_in_place", "--unit", "dalian", "--period", "2022-12/2023-01"),
        ("league", "--indicator", "no_such", "--period", "2023Q1"),
        ("import", "/nowhere.xlsx", "--unit", "jinpu", "--month", "2023-03"),
        ("import", __file__, "--unit", "dalian", "--month", "2023-03"),
        ("restore", "/nowhere.tar"),
    ],
)
def test_wrong_use_ends_with_two_and_one_line(wrong: tuple[str, ...], demo_city: City, capsys: Any) -> None:
    assert main(wrong) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("zhaoshang: ") and said.err.count("\n") == 1


def test_the_league_ranks_thirteen_units_whose_shares_make_the_whole(run: Any) -> None:
    code, said = run("league", "--indicator", "capital_in_place", "--period", "2023Q1", "--json")
    ranks = [row["rank"] for row in said["rows"]]
    assert code == 0 and len(ranks) == 13 and ranks == sorted(ranks)
    assert abs(sum(float(row["share_percent"]) for row in said["rows"]) - 100) < 0.1
    assert "金普新区" in run("league", "--indicator", "capital_in_place", "--period", "2023Q1")[1]


def test_the_ledger_is_verified_and_its_totals_rebuilt(run: Any) -> None:
    code, said = run("verify-ledger", "--json")
    assert code == 0 and said["faults"] == [] and said["entries"] > 800
    assert run("rebuild-totals", "--json")[1]["drifted"] == 0


def test_a_tampered_total_is_found(run: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE capital_total SET amount_fen = amount_fen + 1 WHERE facet = '' AND payments > 0")
    code, said = run("verify-ledger", "--json")
    assert code == 1 and said["faults"]


def test_checkpoint_and_export_agree_and_the_stand_alone_verifier_accepts_them(run: Any, tmp_path: Path) -> None:
    import subprocess
    import sys

    point, ledger = tmp_path / "point.json", tmp_path / "ledger.jsonl"
    assert run("checkpoint", "--output", str(point))[0] == run("export-ledger", "--output", str(ledger))[0] == 0
    tool = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
    ran = subprocess.run(
        [sys.executable, str(tool), str(ledger), "--checkpoint", str(point)], check=False, capture_output=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_check_tells_what_each_claim_was_held_against(run: Any, tmp_path: Path) -> None:
    text = tmp_path / "scraped.txt"
    text.write_text(show.scraped(), encoding="utf-8")
    code, said = run("check", str(text), "--json")
    first = said["claims"][0]
    assert code == 0 and first["verdict"] == "confirmed" and first["figure"]["indicator"] == "capital_in_place"
    assert isinstance(first["reason"], str) and said["summary"]["differs"] == 0


def test_a_false_bulletin_ends_with_one_and_the_other_meaning_is_named(run: Any, tmp_path: Path) -> None:
    text = tmp_path / "false.txt"
    text.write_text("大连市2023年一季度到位内资731.9亿元。", encoding="utf-8")
    code, said = run("check", str(text), "--json")
    assert code == 1 and said["claims"][0]["verdict"] == "differs"


def test_a_units_sheet_is_imported_once(run: Any, tmp_path: Path, demo_city: City) -> None:
    project = (
        Project.objects.of(demo_city)
        .filter(unit__code="jinpu", unit__city=demo_city, landed_on__lt="2022-01-01")
        .first()
    )
    book = tmp_path / "march.csv"
    heads = "项目编号,项目名称,到账日期,到位金额(万元),资金来源地,资金类型,银行流水号,付款单位"
    row = f"{project.code},{project.name},2023-03-20,1234.56,北京市,固定资产投资,T-1,{project.investor}"
    book.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    words = ("import", str(book), "--unit", "jinpu", "--month", "2023-03", "--confirm", "--json")
    code, said = run(*words)
    assert (code, said["written"], [one["amount"] for one in said["accepted"]]) == (0, True, ["12345600.00"]), said[
        "problems"
    ]
    code, again = run(*words)
    assert (code, again["already_imported"], again["accepted"]) == (0, True, [])


def test_a_sheet_with_an_unknown_project_is_read_without_writing(run: Any, tmp_path: Path) -> None:
    book = tmp_path / "empty.csv"
    book.write_text("项目名称,到账日期,到位金额(万元)\n示例没有的项目,2023-03-05,100\n", encoding="utf-8")
    code, said = run("import", str(book), "--unit", "jinpu", "--month", "2023-03", "--dry-run", "--json")
    assert (code, said["written"], said["accepted"][0]["amount"]) == (1, False, "1000000.00")
    assert {"sheet", "row", "column", "value", "message"} <= set(said["problems"][0])
