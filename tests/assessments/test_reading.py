"""A regulation's text: what is wrong is named by line and article, all at once."""

import pytest

from assessments.city import LIGHTS, SCORES
from zhaoshang.assessments.rules.reading import LONGEST, read_scheme
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.assessments.rules.tables import BadRegulation


def faults(text: str, purpose: Purpose = Purpose.SCORES) -> list[tuple[int, str, str]]:
    """Line, article and sentence of each fault."""
    with pytest.raises(BadRegulation) as refused:
        read_scheme(text, purpose)
    return [(one.line, one.article, one.template.format(**one.params)) for one in refused.value.faults]


def line_of(text: str, words: str, nth: int = 0) -> int:
    return [place for place, line in enumerate(text.splitlines(), start=1) if words in line][nth]


def test_a_broken_line_is_named() -> None:
    text = SCORES.replace("weight = 60", "weight = sixty")
    [(line, _article, said)] = faults(text)
    assert (line, "读不懂" in said) == (line_of(text, "sixty"), True)


@pytest.mark.parametrize(
    ("was", "now", "article", "says"),
    [
        ("weight = 60", 'weight = "60"', "一", "须是一个数"),
        ("weight = 60", "weight = 0", "一", "须大于 0"),
        ("weight = 60", "weigth = 60", "一", "不认识“weigth”"),
        ('kind = "efficacy"', 'kind = "linear"', "二", "“kind”只能是"),
        ("capital_in_place.value", "capital_in_place.height", "二", "没有“height”这个方面"),
        ("entered.inspection", "entered.nothing", "三", "没有定义"),
        ('no = "二"', 'no = "一"', "一", "条号重复"),
        ('text = "按功效系数计分"\n', "", "二", "“text”须是"),
        ("each = 2", "each = -2", "三", "须大于 0"),
    ],
)
def test_a_fault_names_its_article(was: str, now: str, article: str, says: str) -> None:
    found = faults(SCORES.replace(was, now, 1))
    assert any(line and where == article and says in said for line, where, said in found), found


def test_all_faults_are_told_at_once() -> None:
    text = SCORES.replace("weight = 60", "weight = -1").replace("weight = 40", 'weight = "x"')
    assert [(line, article) for line, article, _ in faults(text)][:2] == [
        (line_of(text, "weight", 0), "一"),
        (line_of(text, "weight", 1), "二"),
    ]


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("ahead < -30", "ahead is low", "须写成"),
        (
            'colour = "red", when = ["capital_in_place.ahead',
            'colour = "blue", when = ["capital_in_place.ahead',
            "colour",
        ),
        ('otherwise = "green"', 'otherwise = "none"', "otherwise"),
    ],
)
def test_faults_of_lights(was: str, now: str, says: str) -> None:
    assert any(says in said for _, _, said in faults(LIGHTS.replace(was, now, 1), Purpose.LIGHTS))


def test_a_text_for_scores_gives_no_lights() -> None:
    assert any("没有一条" in said for _, _, said in faults(SCORES, Purpose.LIGHTS)) or faults(SCORES, Purpose.LIGHTS)


@pytest.mark.parametrize(
    "text", ["", "=", "[[line]]", "line = 3", "[[line]]\nno = 1", "line = [1]", "x" * (LONGEST + 1), "groups = 3"]
)
def test_nonsense_is_refused_and_never_breaks(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999", "true", "1979-05-27", "[1]", "{}"])
def test_no_odd_number_gets_through(value: str) -> None:
    assert faults(SCORES.replace("weight = 60", f"weight = {value}"))
