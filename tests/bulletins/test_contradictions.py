"""What a text says against itself; and that rounding, elision and lists of other things never make a contradiction."""

from pathlib import Path

import pytest

from zhaoshang.bulletins.contradictions import contradictions
from zhaoshang.reading import read

SAMPLES = sorted((Path(__file__).parent.parent / "reading" / "bulletins").glob("*.txt"))

FOUND = {
    "growth_denied": "2023年一季度，全市到位内资729.4亿元，同比增长24.3%，去年同期为742.5亿元。",
    "increase_denied": "2023年一季度，全市到位内资729.4亿元，比去年同期增加100亿元，去年同期为586.6亿元。",
    "parts_do_not_add": "2023年一季度，全市到位内资742.5亿元，其中省外资金586.6亿元，省内资金140.9亿元。",
    "parts_exceed": "2023年一季度，全市到位内资742.5亿元，其中制造业到位资金586.6亿元、服务业到位资金240.9亿元。",
    "completion_denied": "2023年一季度，全市到位内资729.4亿元，完成年度目标1880亿元的48.8%。",
    "ranks_clash": "2023年一季度，全市到位内资729.4亿元，居全省第一位。\n2023年一季度，全市到位内资总量居全省第二位。",
    "said_twice": "2023年一季度，全市到位内资729.4亿元。\n一季度，全市完成到位内资792.4亿元。",
}
SILENT = {
    "a rate that rounding allows": "2023年一季度，全市到位内资729.4亿元，同比增长24.3%，去年同期为586.6亿元。",
    "parts that add up within rounding": "2022年一季度，全市到位内资742.5亿元，其中省外资金586.6亿元，省内资金155.9亿元。",
    "parts that are not all there are": "2022年一季度，全市到位内资742.5亿元，其中制造业到位资金86.6亿元、服务业到位资金140.9亿元。",
    "a headline that rounds": "2023年一季度，全市到位内资730亿元。\n一季度，全市完成到位内资729.4亿元。",
    "ranks of different measures": "2023年一季度，全市到位内资总量居全省第一位，增速居全省第三位。",
    "a growth of the part, not of the whole": (
        "2022年一季度，全市到位内资742.5亿元，其中省外到位内资586.6亿元，同比增长39%，去年同期全市为520.3亿元。"
    ),
}


@pytest.mark.parametrize(("code", "text"), FOUND.items(), ids=FOUND.keys())
def test_a_contradiction_is_found_and_names_its_quotes(code: str, text: str) -> None:
    reading = read(text)
    found = contradictions(reading)
    assert [finding.reason.code for finding in found] == [code]
    assert all(0 <= number < len(reading.claims) for number in found[0].claims)
    assert len(found[0].claims) >= 2


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_what_is_no_contradiction_is_not_called_one(text: str) -> None:
    assert contradictions(read(text)) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_real_bulletins_are_not_accused(path: Path) -> None:
    found = contradictions(read(path.read_text(encoding="utf-8")))
    assert [finding.reason.text for finding in found] == []
