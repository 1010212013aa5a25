"""Duties of the demo, plainly invented: who answers for key projects, clocks, problems and orders in every state, lost leads, and a
sweep whose findings are those of April 2023. No published figure moves."""

from datetime import date, timedelta
from typing import Any

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import FOUNDED, after
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.demo.plan import LAST
from zhaoshang.duties.actions.clocks import answer_clock, start_clock
from zhaoshang.duties.actions.matters import answer_matter, close_matter, raise_problem, send_back, write_order
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.duties.queries import DUTIES, rules_on, unassigned
from zhaoshang.people.actions import open_account
from zhaoshang.people.rules import Role
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import close_project, note_progress, reopen_project
from zhaoshang.projects.stages.rules import Cause, Standing
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.actions import grant, withdraw
from zhaoshang.review.rules import Sought
from zhaoshang.review.sweeps import ask_sweep

NOTED_EVERY, LEFT_OPEN = 2, 3
LEADERS = ("示例副市长甲", "示例副市长乙", "示例秘书长")
LOST = (
    ("示例储能电芯", "苏州市", Cause.SUPPLY, "示例：蒸汽和用电不能按期保障"),
    ("示例医疗器械", "合肥市", Cause.POLICY, "示例：当地基金跟投条件更好"),
    ("示例跨境仓储", "青岛市", Cause.LAND, "示例：净地不能在年内交付"),
    ("示例精密铸件", "合肥市", Cause.COST, "示例：物流成本高"),
    ("示例软件外包", "", Cause.FUNDS, "示例：投资方资金安排有变"),
)
PROBLEMS = (
    ("示例：用地指标不足，二期无法供地", "自然资源局", "city"),
    ("示例：施工道路未通，大型设备进不了场", "交通运输局", "unit"),
    ("示例：环评批复超过承诺时间", "生态环境局", "city"),
    ("示例：企业高管子女入学没有落实", "教育局", "unit"),
)


class Duties:
    """Fills the demo city's duties; everything happens in the first days of April 2023."""

    def __init__(self, account: Account) -> None:
        self.account, self.city, self.people = account, account.city, account.people
        self.at = after(LAST, 7, 10)
        self.bureau = self.people["tongji"]

    def fill(self) -> None:
        """All of it."""
        self._rules()
        projects = self._assigned()
        self._somebody_left(projects)
        self._notes(projects)
        self._clocks(projects)
        self._matters(projects)
        self._losses()
        ask_sweep(city=self.city, by=self.bureau, at=after(LAST, 10, 9), sought=Sought.FINDINGS, at_once=True)

    def _officer(self, project: Project) -> Any:
        return self.people[project.unit.code]

    def _rules(self) -> None:
        issue_sample(self.city, DUTIES, self.bureau)
        told: dict[str, Any] = {
            "document": "示例：尚无放假通知，先按此安排",
            "is_sample": True,
            "by": self.bureau,
            "at": self.at,
        }
        for day, works in ((date(2027, 2, 8), False), (date(2027, 2, 14), True)):
            set_day(city=self.city, day=day, works=works, **told)

    def _assigned(self) -> list[Project]:
        """Key projects by unit, all but the last few; the lead official has an account in one unit of two."""
        viewer = viewer_of(self.bureau, self.city)
        rows = list(unassigned(viewer, rules_on(self.city, self.at.date())).order_by("code"))[:-LEFT_OPEN]
        by_unit: dict[str, list[Project]] = {}
        for project in rows:
            by_unit.setdefault(project.unit.code, []).append(project)
        for place, (code, projects) in enumerate(sorted(by_unit.items())):
            lead = {"leader": self.people["lingdao"]} if place % 2 else {"leader_name": LEADERS[place % len(LEADERS)]}
            reassign(
                city=self.city, projects=projects, team=Team(handler=self.people[code], **lead), reason="示例：年度包保分工",
                since=date(2023, 1, 3), is_sample=True, by=self.bureau, at=self.at,
            )  # fmt: skip
        return rows

    def _somebody_left(self, projects: list[Project]) -> None:
        """Two projects of one unit were another officer's, whose role was taken back: they are orphans."""
        own = [one for one in projects if one.unit_id == projects[0].unit_id][:2]
        left = open_account(
            city=self.city, username="ligang", display_name="示例离岗员", display_name_en="Sample Officer who left", password=None,
            by=self.people["xitong"], at=FOUNDED, is_sample=True,
        )  # fmt: skip
        held = grant(
            city=self.city, user=left, role=Role.OFFICER, unit=own[0].unit, by=self.people["anquan"], at=FOUNDED
        )
        team = Team(handler=left)
        reassign(
            city=self.city, projects=own, team=team, reason="示例：专人负责", since=date(2023, 2, 1), is_sample=True, by=self.bureau,
            at=self.at,
        )  # fmt: skip
        withdraw(membership=held, by=self.people["anquan"], at=self.at)

    def _notes(self, projects: list[Project]) -> None:
        for place, project in enumerate(projects[::NOTED_EVERY]):
            day = self.at.date() - timedelta(days=1 + place % 40)
            note_progress(project=project, on=day, text="示例：主体施工正常推进", by=self._officer(project), at=self.at)

    def _clocks(self, projects: list[Project]) -> None:
        kinds = ("lead_answer", "first_view", "referrer", "progress")
        for place, project in enumerate(projects[: 4 * len(kinds)]):
            started = after(LAST, 3, 9) - timedelta(days=place % 5)
            clock = start_clock(
                city=self.city, kind=kinds[place % len(kinds)], subject=f"{project.name}：示例来电问询", href_name="desk:project",
                subject_id=project.code, unit=project.unit, handler=self._officer(project), project=project, is_sample=True,
                by=self.bureau, at=started,
            )  # fmt: skip
            if place % 4 != 1:
                days = 0 if place % 3 else 9
                answer_clock(
                    clock=clock,
                    answer="示例：已答复来电人",
                    by=self._officer(project),
                    at=started + timedelta(days=days),
                )

    def _matters(self, projects: list[Project]) -> None:
        leader = self.people["lingdao"]
        for place, (text, department, level) in enumerate(PROBLEMS):
            project = projects[5 * place]
            problem = raise_problem(
                project=project, text=text, level=level, department=department, for_firm=project.enterprise.name if place % 2 else "",
                is_sample=True, by=self._officer(project), at=self.at - timedelta(days=20),
            )  # fmt: skip
            if place:
                said: dict[str, Any] = {"text": "示例：已协调，月底前落实", "by": self.bureau, "at": self.at}
                problem = answer_matter(matter=problem, **said)
            if place == 1:
                close_matter(matter=problem, text="示例：道路已通，确认解决", by=self._officer(project), at=self.at)
            if place == 2:
                send_back(matter=problem, text="示例：批复还没有拿到", by=self._officer(project), at=self.at)
        for place, text in enumerate(
            ("示例：请说明进度慢的原因", "示例：本周内到企业走访一次", "示例：把缺的凭证补齐")
        ):
            project = projects[7 * place + 1]
            order = write_order(
                unit=project.unit, text=text, due_on=self.at.date() + timedelta(days=place - 1), about=project.name,
                href=f"/desk/projects/{project.code}/", project=project, is_sample=True, by=leader, at=self.at - timedelta(days=3),
            )  # fmt: skip
            if place:
                order = answer_matter(matter=order, text="示例：已办，情况附后", by=self._officer(project), at=self.at)
            if place == 2:
                close_matter(matter=order, text="示例：可以", by=leader, at=self.at)

    def _losses(self) -> None:
        """Leads without any counted day that were lost in the quarter; one came back."""
        units = [self.account.units[code] for code in sorted(self.account.units)]
        for place, (name, city, cause, reason) in enumerate(LOST):
            unit = units[place % len(units)]
            new = NewProject(
                code=f"2023-95{place:02}", name=f"{name}（流失）", source_code="310000", industry="C", contract_fen=(place + 1) * 10**10,
                is_sample=True,
            )  # fmt: skip
            firm = next(iter(self.account.projects.values())).enterprise
            at = after(LAST - 2 + place % 3, 12, 9)
            lead = register_project(
                city=self.city, unit=unit, enterprise=firm, new=new, by=self.people[unit.code], at=at
            )
            standing = Standing.LOST if city else Standing.WITHDRAWN
            said: dict[str, Any] = {"by": self.people[unit.code], "at": at}
            close_project(project=lead, standing=standing, reason=reason, cause=cause, lost_to=city, **said)
        back = {"by": said["by"], "at": self.at}
        reopen_project(project=lead, reason="示例：投资方重新来谈", **back)
