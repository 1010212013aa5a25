"""Sentences about an uploaded workbook that only the account can tell: unknown projects, slips in use, rows that stand already.

The same form as ``workbooks.messages``: Chinese, translatable, each says what to do.
"""

from collections.abc import Mapping

from zhaoshang.common.problems import N_, Problem
from zhaoshang.review.workbooks.messages import MESSAGES

ACCOUNT_MESSAGES = {
    "month_closed": N_("{month} 已关账或尚未开放，不能导入；请报入开放的月份，或请统计员申请重开"),
    "project_unknown": N_("账上没有项目“{name}”；名称写错请改正，新项目请先登记"),
    "project_unknown_like": N_("账上没有项目“{name}”；是不是“{like}”？请改正；确是新项目请先登记"),
    "project_several": N_("“{name}”对应 {count} 个项目（{codes}）；请填项目编号"),
    "project_name_differs": N_("编号 {number} 在账上是“{known}”，表中写的是“{name}”；按编号导入，请核对"),
    "month_differs": N_("这一行写的报送月份是 {month}，本次报送的是 {wanted}；请删去，或另在 {month} 报送"),
    "row_verified": N_("这一行与已核定的到位不同（{known}）；已核定的不能改，请办理冲减"),
    "key_other_project": N_("凭证号“{value}”已用于{known}；请核对凭证号"),
    "same_payment": N_("与第 {other} 行指的是同一笔到位（{known}）；请只留一行"),
    "slip_in_use": N_("同一流水号、付款人、日期和金额的凭证已用于{holder}，不能再用于“{wanted}”；请核对凭证"),
    "told_not_in_place": N_(
        "{where}中有“{word}”（{name}）：{advice}确已到位的，请在“计入理由”一栏写明后再导入，由审核人一并核对"
    ),
    "slip_repeated": N_("与第 {other} 行的流水号、付款人、日期和金额相同；同一凭证只能支持一笔到位"),
    "returned_before": N_(
        "与已退回的一笔相同（退回原因：{reason}），不再申报；请改正后再导入，或在那一笔的页面重新申报"
    ),
    "kind_assumed": N_("第 {rows} 行没有填资金类型，按“{kind}”申报；请核对，或在上方选定"),
    "origin_assumed": N_("第 {rows} 行没有填新建或续建，项目也没有签约日期，按“新建”申报；请核对"),
}
ACCOUNT_WARNINGS = frozenset({"project_name_differs", "returned_before", "kind_assumed", "origin_assumed"})
TEMPLATES: Mapping[str, str] = {**MESSAGES, **ACCOUNT_MESSAGES}

# Doubts that a person must answer for before the file is accepted; other warnings are only shown.
TO_CONFIRM = frozenset({"outlier", "all_outliers", "total_differs"})


def account_problem(code: str, sheet: str, row: int, column: str = "", value: str = "", **params: object) -> Problem:
    """A problem of this file's list, or of ``workbooks.messages``, at a place."""
    shown = value if len(value) <= 60 else value[:57] + "…"
    filled = {"value": shown, **params}
    message = TEMPLATES[code].format(**filled)
    return Problem(sheet, row, column, shown, message, code, code not in ACCOUNT_WARNINGS, filled)
