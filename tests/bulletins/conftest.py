"""An account small enough to know by heart, for texts to be held against.

Money in 亿元 by quarter: 2022Q1 省外 6 and 省内 2 (到位内资 then 8); 2023Q1 省外 10, of which 东山区 9 (Shanghai 6, Beijing 3) and
西海区 1, and 省内 1 (到位内资 now 10). 2022 is also stated under the definition of 2023. Targets of 2023: city 50, 东山区 30, 西海区 20.
"""

from datetime import date
from decimal import Decimal

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary, dictionary

from zhaoshang.bulletins.reconcile import Checked, check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import enter_external, restate
from zhaoshang.figures.models import Indicator
from zhaoshang.plans.actions import set_target
from zhaoshang.reading import read


@pytest.fixture
def told(cast: Cast) -> Dictionary:
    """The account of the docstring."""
    words = dictionary(cast)
    Indicator.objects.of(cast.city).filter(code__startswith="capital").update(reading_class="capital_in_place")
    for month, paid_on, amount, source, project in (
        ("2022-03", date(2022, 3, 7), 6, "310000", cast.plant),
        ("2022-03", date(2022, 3, 8), 2, "210100", cast.plant),
        ("2023-02", date(2023, 2, 7), 6, "310000", cast.plant),
        ("2023-03", date(2023, 3, 7), 3, "110000", cast.plant),
        ("2023-03", date(2023, 3, 8), 1, "310000", cast.harbour),
        ("2023-03", date(2023, 3, 9), 1, "210100", cast.plant),
    ):
        cast.verified(
            report_month=parse_month(month),
            paid_on=paid_on,
            amount_fen=amount * YI,
            source_code=source,
            project=project,
        )
    restate(
        version=words.narrow,
        period=Period.parse("2022"),
        document="示例〔2023〕2号",
        reason="示例",
        by=cast.statistician,
        at=NOW,
    )
    for unit, amount in ((None, 50), (cast.east, 30), (cast.west, 20)):
        set_target(
            city=cast.city, indicator="capital_in_place", year=2023, unit=unit, amount=amount * YI, document="示例〔2023〕1号",
            issued_on=date(2023, 1, 5), by=cast.statistician, at=NOW,
        )  # fmt: skip
    enter_external(
        indicator=words.capital, period=Period.parse("2021Q1"), place_code="210200", place_name="示例市", value=5 * YI,
        version=words.wide, source="示例公报", dated=date(2021, 4, 5), by=cast.statistician, at=NOW,
    )  # fmt: skip
    enter_external(
        indicator=words.capital, period=Period.parse("2023Q1"), place_code="210100", place_name="沈阳市", value=7 * YI,
        version=words.narrow, source="示例公报", dated=date(2023, 4, 5), by=cast.statistician, at=NOW,
    )  # fmt: skip
    return words


def held_against(cast: Cast, text: str) -> Checked:
    """A text checked, nothing kept."""
    return check(cast.city, read(text))


def only(checked: Checked, value: str) -> tuple[Outcome, str, list[str]]:
    """What became of the claim with this value: outcome, code of the reason, codes of the explanations."""
    found = [one for one in checked.verdicts if one.claim.value == Decimal(value)]
    assert len(found) == 1, [(one.claim.quote, one.claim.value) for one in checked.verdicts]
    return found[0].outcome, found[0].reason.code, [reason.code for reason in found[0].explanations]
