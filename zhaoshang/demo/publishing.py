"""What the demo city says on its site: standing pages, news, policies, one corrected, one withdrawn, one waiting for its hour. Invented."""

from datetime import date, datetime, timedelta

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import after
from zhaoshang.demo.gathering import Gathering
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.demo.pictures import drawing
from zhaoshang.demo.plan import LAST
from zhaoshang.publishing import actions, asking
from zhaoshang.publishing.actions import Words
from zhaoshang.publishing.announcing import announce_activity
from zhaoshang.publishing.imaging import add_image
from zhaoshang.publishing.models import ArticleVersion
from zhaoshang.publishing.queries import SITE
from zhaoshang.publishing.rules import Asked, Kind, Outcome
from zhaoshang.searches.actions import confirm_search, save_search

_SAYS = "示例内容，仅供演示。"
_SAYS_EN = "Sample text for the demonstration. "
PAGES = {
    "copyright": Words(
        "版权声明（示例）",
        f"{_SAYS}本站文字、图表和数据可以转载，请写明来源和发布日期，不要改动数字。\n\n转载自其他单位的文章，版权属于原作者；权利人可以随时提出下架。",
        "Copyright (sample)",
        f"{_SAYS_EN}Texts, charts and data of this site may be reused with their source and date, figures unchanged.\n\n"
        "Articles reposted from others belong to their authors, who may ask at any time for them to be taken down.",
    ),
    "disclaimer": Words(
        "免责声明（示例）",
        f"{_SAYS}招商条目以“最近核实”日期为准；土地、价格和政策以正式文件为准。\n\n统计数字的口径和规则写在每个数字的印里。",
        "Disclaimer (sample)",
        f"{_SAYS_EN}Opportunities are as of the day they were last checked; land, prices and policies as in the official documents."
        "\n\nThe definition and rule of each figure stand behind its seal.",
    ),
    "privacy": Words(
        "个人信息保护（示例）",
        f"{_SAYS}我们只收办理所需的最少信息：\n\n- 称呼和联系方式可以不填\n- 办结后按公布的天数抹去\n- 每次查看电话都会留痕",
        "Personal information (sample)",
        f"{_SAYS_EN}We ask for no more than the matter needs:\n\n- name and contact may be left out\n- both are erased after the days "
        "given on the form\n- every look at a phone number leaves a line in the diary",
    ),
    "contact": Words(
        "联系我们（示例）",
        f"{_SAYS}工作日 8:30—17:00。更正、个人信息和侵权事项请用页脚的“提出申请”。",
        "Contact (sample)",
        f"{_SAYS_EN}Working days 8:30–17:00. For corrections, personal information and takedowns use the form in the foot of the page.",
    ),
}
NEWS = [
    (
        "sample-briefing",
        Kind.NEWS,
        Words(
            "示例：央企对接会将发布一指南两清单",
            f"{_SAYS}对接会上将首次发布招商指南和两张清单。\n\n[图1]\n\n## 看点\n\n- 清单可在地图上查\n"
            "- 每个条目写明最近核实日期\n- 已落定的条目自动下架",
            "Sample: guide and two lists to be issued at the matchmaking meeting",
            f"{_SAYS_EN}The guide and two lists will be issued for the first time.\n\n[image 1]\n\n"
            "## What is new\n\n- entries can be found on a map\n"
            "- each says when it was last checked\n- what is taken leaves by itself",
            keywords="央企 对接会 清单",
        ),
    ),
    (
        "sample-repost",
        Kind.NEWS,
        Words(
            "示例转载：园区道路一期通车",
            f"{_SAYS}转载示例：通车路段长三公里。",
            source_name="示例晚报",
            source_url="https://example.org/sample",
        ),
    ),
    (
        "sample-incentives-2023",
        Kind.POLICY,
        Words(
            "示例：招商项目服务若干措施",
            f"{_SAYS}一、重点项目设专班服务。\n\n二、诉求五个工作日内答复。",
            "Sample: measures for serving investment projects",
            f"{_SAYS_EN}1. Key projects have a team of their own.\n\n2. Demands are answered within five working days.",
            document="示例发〔2023〕1号",
            valid_from=datetime(2023, 1, 1).date(),
            valid_until=datetime(2025, 12, 31).date(),
        ),
    ),
    (
        "sample-old-measures",
        Kind.NOTICE,
        Words("示例公告：报名方式调整", f"{_SAYS}报名改为网上办理。"),
    ),
]


class Site:
    """Writes as the statistician, decides as the verifier, in the account's own time."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.city, self.writer, self.decider = account.city, account.people["tongji"], account.people["shenhe"]
        self.at = after(LAST, 10, 9)

    def fill(self) -> None:
        """All of it."""
        issue_sample(self.city, SITE, self.writer, valid_from=date(2023, 1, 1))
        for code, words in PAGES.items():
            self._publish(code, Kind.PAGE, words)
        told = [self._publish(code, kind, words) for code, kind, words in NEWS]
        self._correct(told[0])
        actions.withdraw_article(
            article=told[3].article, reason="示例：报名方式以新公告为准", by=self.decider, at=self._later(days=3)
        )
        waiting = actions.write_article(
            city=self.city, code="sample-visit", kind=Kind.NEWS, words=Words("示例：商会企业家来访预告", f"{_SAYS}下周来访。"),
            by=self.writer, at=self._later(), is_sample=True,
        )  # fmt: skip
        actions.submit(version=waiting, by=self.writer, at=self._later())
        self._asked(told)
        for activity in Gathering(self.account).to_come():
            announce_activity(activity=activity, by=self.decider, at=after(LAST, 12, 9))
        found = save_search(
            city=self.city, given={"industry": "C", "land": "60"}, mail="investor@example.org", language="zh-hans",
            at=self._later(), is_sample=True,
        )  # fmt: skip
        assert found
        confirm_search(search=found, at=self._later())

    def _later(self, **step: int) -> datetime:
        self.at += timedelta(**(step or {"minutes": 7}))
        return self.at

    def _publish(self, code: str, kind: Kind, words: Words) -> ArticleVersion:
        version = actions.write_article(
            city=self.city, code=code, kind=kind, words=words, by=self.writer, at=self._later(), is_sample=True
        )
        if "[图1]" in words.body:
            add_image(
                article=version.article, content=drawing(1), name="sample.png", alt="示例图：港湾边的厂房，虚构",
                alt_en="Sample drawing: sheds by a bay, invented", by=self.writer, at=self._later(),
            )  # fmt: skip
        actions.submit(version=version, by=self.writer, at=self._later())
        return actions.approve(version=version, by=self.decider, at=self._later())

    def _correct(self, version: ArticleVersion) -> None:
        fixed = actions.correct_article(
            article=version.article, correction="首发时漏写地图查询的说明", by=self.writer, at=self._later(days=1)
        )
        words = Words(
            **{
                name: getattr(fixed, name).replace("清单可在地图上查", "清单可在地图上查，也可按行业、面积筛选")
                if isinstance(getattr(fixed, name), str)
                else getattr(fixed, name)
                for name in Words.__dataclass_fields__
            }
        )
        fixed = actions.rewrite(version=fixed, revision=1, words=words, by=self.writer, at=self._later())
        actions.submit(version=fixed, by=self.writer, at=self._later())
        actions.approve(version=fixed, by=self.decider, at=self._later())

    def _asked(self, told: list[ArticleVersion]) -> None:
        """Two requests: one answered, one that waits."""
        texts = [
            (Asked.CORRECTION, told[0], "示例：没有写清单怎么查"),
            (Asked.TAKEDOWN, told[1], "示例：转载未注明作者"),
        ]
        for asked, version, text in texts:
            at = self._later(hours=2)
            request, _receipt = asking.take_request(
                city=self.city, asked=asked, text=text, article=version.article, published=at.date(), at=at, today=at.date(),
                name="示例读者", contact="reader@example.org", is_sample=True,
            )  # fmt: skip
            if asked == Asked.CORRECTION:
                asking.answer(
                    request=request, outcome=Outcome.ACCEPTED, reply="示例答复：已补充。", public_reply="采纳，已在更正中补充查询方法。",
                    by=self.writer, at=self._later(hours=5), today=at.date(),
                )  # fmt: skip
