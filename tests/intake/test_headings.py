"""What districts call their columns, and what each is. A heading that means something else must not be taken."""

import pytest

from zhaoshang.review.workbooks.columns import COLUMNS, fit
from zhaoshang.review.workbooks.tables import LEAST_SCORE

CALLED = {
    "project_code": "项目编号 项目代码 统一项目代码",
    "project_name": "项目名称 项目全称 引进项目名称 项目（企业）名称 招商项目",
    "enterprise_name": "企业名称 引进企业 内资企业名称 法人名称 被投资企业 项目公司名称 单位名称 收款单位",
    "uscc": "统一社会信用代码 信用代码（18位） 税号",
    "district": "地区 区县 所属区域 填报地区 区市县 填报单位",
    "month": "月份 报告月份 统计月份 所属月",
    "arrived_on": "到位日期 到账时间（年月日） 入账时间 打款日期 资金到位日期 交易日期",
    "amount": "到位金额（万元） 实际到位资金 到位内资额 本月实际到位资金 到账金额（亿元） 到资额 实际引资额 利用内资额 到位省外资金"
    " 2023年3月到位资金 3月份到位资金 贷方发生额",
    "place": "资金来源地 投资方所在省市 投资方所在地（省、市） 来源省份 省份 投资方省份 资金来源",
    "kind": "资金性质 资金用途 到位资金形式 款项性质",
    "origin": "新建/续建 新建（续建） 新开工/续建 项目性质",
    "evidence": "佐证材料 凭证 到位凭证类型",
    "bank_serial": "银行流水号 交易流水号 回单编号 进账单编号 银行凭证号",
    "payer": "付款人 付款方名称 汇款单位名称 对方单位名称 投资方 投资方（股东）名称 打款单位",
    "row_key": "凭证号 来源行号 记账凭证号 唯一标识",
    "note": "备注 说明",
    "": "序号 单位 总投资 计划总投资（亿元） 累计到位资金 年度计划到位 注册资本（万元） 合同外资 签约时间 开工时间"
    " 联系人 联系电话 所属行业 同比增长 完成比例 开户行 收款账号 项目状态 投资额",
}


@pytest.mark.parametrize(
    ("key", "heading"), [(key, heading) for key, called in CALLED.items() for heading in called.split()]
)
def test_a_heading_is_known_for_what_it_is(key, heading):
    best = max(COLUMNS, key=lambda column: fit(column, heading).score)
    assert (best.key if fit(best, heading).score >= LEAST_SCORE else "") == key
