"""Four questions that the demo's statistician shares with everybody who may ask."""

from urllib.parse import parse_qs

from zhaoshang.demo.clock import after
from zhaoshang.demo.plan import LAST
from zhaoshang.people.models import User
from zhaoshang.questions.actions import save_question
from zhaoshang.questions.rules import parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.tenancy.models import City

SHARED = {
    "一季度各地区省外资金按行业": "about=payments&rows=unit&columns=industry&source_class=outside_province&standing=verified"
    "&period=2023Q1&money=yi",
    "到位内资各地区与上年同期": "about=payments&rows=unit&measure=counted&version=capital_in_place@2023&period=2023Q1&compare=2022Q1"
    "&money=yi",
    "资金来源前十省份": "about=payments&rows=province&standing=verified&period=2023Q1&top=10&show=bars&money=yi",
    "签约项目按季度和合同额档次": "about=projects&rows=signed_quarter&columns=size&period=2022-01/2023-03",
}


def save_questions(city: City, by: User) -> None:
    """Saved the day after the first quarter was published."""
    for title, text in SHARED.items():
        question = parse(parse_qs(text), SUBJECTS)
        save_question(city=city, question=question, title=title, shared=True, by=by, at=after(LAST, 20))
