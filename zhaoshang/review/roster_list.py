"""Reads the names of a list of central SOEs (央企名录), as published."""

from dataclasses import dataclass, field

from zhaoshang.common.problems import N_, Problem
from zhaoshang.review.lists import find_list
from zhaoshang.review.workbooks.columns import Column

COLUMNS = (
    Column(
        "name", N_("企业名称"), ("企业名称", "央企名称", "集团名称", "名称", "企业（集团）名称", "企业"), needed=True
    ),
)
WORDS = {
    "no_table": N_("没有找到表头。要有“企业名称”一栏；可下载空白表填写。"),
    "no_name": N_("企业名称没有填。"),
    "long_name": N_("企业名称超过 120 字。请按公布的名称填写。"),
    "twice": N_("“{value}”在这份表里出现两次。请合并为一行。"),
}


@dataclass(slots=True)
class Names:
    """The names in order, and what is wrong by cell."""

    names: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_names(content: bytes, filename: str) -> Names:
    """Raises ``common.problems.Refused`` for a file that cannot be trusted or opened."""
    listed = find_list(content, filename, COLUMNS)
    if isinstance(listed, str):
        return Names(problems=[Problem(listed, 0, "", "", WORDS["no_table"], "no_table")])
    found = Names()
    for row, texts in listed.rows():
        name = texts["name"]
        fault = "no_name" if not name else "long_name" if len(name) > 120 else "twice" if name in found.names else ""
        if fault:
            found.problems.append(listed.problem(fault, WORDS, row, "name", name))
        else:
            found.names.append(name)
    return found
