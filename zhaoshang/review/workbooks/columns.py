"""The columns of the form "payments" (到位内资): what each is called in the workbooks that districts send, and what
it must not be.

To teach intake a new heading, add it here. ``names`` are matched whole first, then as part of the heading; a heading
that only contains a name and has a word of ``never`` in it is not that column, however well it fits.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from zhaoshang.capital.rules import Kind, Origin, Proof
from zhaoshang.common.problems import N_

Code = TypeVar("Code", bound=str)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form."""

    key: str
    label: str
    names: tuple[str, ...]
    never: tuple[str, ...] = ()
    needed: bool = False


COLUMNS = (
    Column(
        "project_code",
        N_("项目编号"),
        _words("项目编号 项目编码 项目代码 项目号 统一项目代码 编码"),
    ),
    Column(
        "project_name",
        N_("项目名称"),
        _words("项目名称 项目名 招商项目 项目 投资项目 落地项目 项目全称 引进项目"),
        never=_words("编号 编码 代码 类别 类型 性质 内容 负责人 总投资 单位 个数 进展 情况 阶段 地址 地点 状态 行业"),
        needed=True,
    ),
    Column(
        "enterprise_name",
        N_("企业名称"),
        _words(
            "企业名称 企业 公司名称 单位名称 项目单位 项目公司 落地企业 收款企业 收款单位 收款人 建设单位 注册企业 "
            "法人单位 被投资企业 法人名称 引进企业 内资企业 落户企业 引资企业"
        ),
        never=_words("代码 性质 类型 投资方 付款 投资企业 地址 法定代表人 注册资本 汇款 打款 出资 对方 填报 报送"),
    ),
    Column(
        "uscc",
        N_("统一社会信用代码"),
        _words("统一社会信用代码 社会信用代码 信用代码 统一信用代码 组织机构代码 营业执照号 税号"),
    ),
    Column(
        "district",
        N_("地区"),
        _words(
            "地区 区市县 所属地区 所在地区 所属区 区县 县区 填报单位 报送单位 落地地区 落地区县 辖区 属地 所属园区 "
            "所属区域 填报地区 报送地区 引资单位"
        ),
        never=_words("来源 投资方 资方 代码"),
    ),
    Column(
        "month",
        N_("报送月份"),
        _words("报送月份 所属月份 月份 统计月份 报告期 所属期 到位月份 所属月 报告月份 上报月份"),
        never=_words("累计 资金 金额 内资"),
    ),
    Column(
        "arrived_on",
        N_("到位日期"),
        _words(
            "到位日期 到账日期 到位时间 到账时间 资金到位时间 入账日期 进账日期 交易日期 付款日期 汇款日期 日期 时间"
        ),
        never=_words("开工 竣工 投产 签约 注册 成立 计划 预计 填报 填表 合同 协议 备案 批准 立项 汇率 折算"),
        needed=True,
    ),
    Column(
        "amount",
        N_("到位金额"),
        _words(
            "到位金额 到位资金 到位内资 实际到位 实际到位资金 实际到位金额 到位额 到账金额 本月到位 本期到位 当月到位 "
            "本次到位 本月到位资金 到位资金额 实际到位内资 金额 资金额 进账金额 交易金额 汇款金额 发生额 实际到资 到资额 "
            "引资额 实际引资 利用内资 到位省外资金 到位市外资金 实际到位省外资金 收款金额 转入金额"
        ),
        never=_words(
            "累计 计划 总投资 合同 协议 注册资本 目标 拟 预计 完成率 占比 增幅 增长 同比 时间 日期 来源 性质 类型 用途 "
            "方式 上年 去年 上月 其中 外币 原币 美元 外资 % 余额 凭证 大写 形式"
        ),
        needed=True,
    ),
    Column(
        "currency",
        N_("币种"),
        _words("币种 币别 货币 货币种类 到位币种 原币币种"),
        never=_words("金额 资金 汇率 出资"),
    ),
    Column(
        "foreign_amount",
        N_("原币金额"),
        _words("原币金额 外币金额 原币 到位原币 到位外币 原币到位金额 外币到位金额"),
        never=_words("币种 币别 汇率 日期 折 累计 计划 合同"),
    ),
    Column(
        "rate",
        N_("汇率"),
        _words("汇率 折算汇率 中间价 汇率中间价 人民币汇率"),
        never=_words("日期 来源"),
    ),
    Column(
        "rate_on",
        N_("汇率日期"),
        _words("汇率日期 折算日期 汇率日 中间价日期"),
    ),
    Column(
        "place",
        N_("资金来源地"),
        _words(
            "资金来源地 来源地 资金来源 来源省份 来源省市 投资方所在地 投资方来源地 客商来源地 省份 外来方所在地 "
            "投资来源地 投资方所在省市 投资方注册地 付款方所在地 来源地区 资金来源省份 投资方省份 来源省 外来资金来源地"
        ),
        never=_words("金额 类别"),
    ),
    Column(
        "kind",
        N_("资金类型"),
        _words(
            "资金类型 资金性质 资金类别 资金用途 用途 到位资金类型 投资类型 出资方式 到位方式 资金形式 投资方式 款项性质 "
            "出资形式 资金种类"
        ),
    ),
    Column(
        "origin",
        N_("新建/续建"),
        _words(
            "新建续建 新续建 新建或续建 项目性质 建设性质 新增续建 新签续建 是否新建 项目类别 新建 续建 新开工续建 "
            "是否续建"
        ),
    ),
    Column(
        "evidence",
        N_("佐证材料"),
        _words("佐证材料 证明材料 凭证类型 凭证种类 证明文件 到位凭证 佐证 附件 凭证名称 佐证类型 凭证"),
    ),
    Column(
        "bank_serial",
        N_("银行流水号"),
        _words(
            "银行流水号 流水号 交易流水号 交易流水 银行回单号 回单编号 回单号 进账单号 电子回单号码 交易号 银行流水 "
            "银行凭证号 回单号码 进账单编号 回单流水号"
        ),
    ),
    Column(
        "payer",
        N_("付款人"),
        _words(
            "付款人 付款方 付款单位 汇款人 汇款方 汇款单位 投资方 出资方 投资方名称 投资主体 投资人 投资单位 出资人 "
            "对方户名 付款户名 投资企业 股东 投资者 付款账户 打款单位 对方单位 对方单位名称 出资单位 转账单位 外来投资方"
        ),
        never=_words("所在 来源 注册地 省 地址 日期 金额 占比 性质 账号 被投资"),
    ),
    Column(
        "row_key",
        N_("凭证号"),
        _words("凭证号 凭证编号 来源行号 记录编号 唯一编号 行号 记录号 业务编号 到位编号 唯一标识 记账凭证号"),
        never=_words("税"),
    ),
    Column(
        "note",
        N_("备注"),
        _words("备注 说明 摘要 附言 备注说明"),
    ),
    Column(
        "counts_because",
        N_("计入理由"),
        _words("计入理由 计入说明 计入依据"),
    ),
)

BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
NOT_READ = ("示例", "样表", "填表说明", "填报说明", "选项")
"""How the names of sheets begin that explain a form instead of filling it."""

IDENTIFYING = ("project_name", "enterprise_name", "project_code")

KIND_WORDS = {
    Kind.FIXED_ASSETS: ("固定资产", "固投", "厂房", "建安", "土建", "建设", "工程", "装修", "基建"),
    Kind.EQUIPMENT: ("设备", "生产线", "仪器"),
    Kind.LAND: ("土地", "地价", "出让金", "购地", "拿地"),
    Kind.EQUITY: ("股权", "股本", "注册资本", "注册资金", "资本金", "增资", "入股", "实缴", "货币出资", "货币"),
    Kind.WORKING_CAPITAL: ("流动资金", "运营资金", "流动", "周转"),
    Kind.OTHER: ("其他", "其它"),
}
ORIGIN_WORDS = {
    Origin.NEW: ("新建", "新增", "新签", "新设", "新"),
    Origin.CONTINUED: ("续建", "续", "结转", "在建", "扩建"),
}
PROOF_WORDS = {
    Proof.BANK_RECEIPT: ("进账单", "回单", "转账", "汇款凭证", "银行凭证", "银行流水", "汇票", "银行"),
    Proof.CAPITAL_VERIFICATION: ("验资",),
    Proof.LAND_RECEIPT: ("土地", "出让金"),
    Proof.EQUIPMENT_LIST: ("设备清单", "设备明细"),
    Proof.INVOICE: ("发票",),
    Proof.PROGRESS_SHEET: ("进度",),
    Proof.SPLIT_CERTIFICATE: ("分割",),
    Proof.OTHER: ("其他", "其它"),
}

_BRACKETS = re.compile(r"[(\[【〔<《](?![^)\]】〕>》]{0,60}(?:美元|外币|外资|%))[^)\]】〕>》]{0,60}[)\]】〕>》]")
_MARKS = re.compile(r"[\s*#:：、,，.。/／\\\-—_·\"'“”]+")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.．]")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a heading fits a column: 0-100, and why in words (``reason`` is a code of :data:`REASONS`)."""

    score: int
    reason: str
    word: str


REASONS = {
    "person": N_("由您指定"),
    "memory": N_("上次已确认"),
    "same": N_("表头就是“{word}”"),
    "contains": N_("表头含有“{word}”"),
    "content": N_("内容像是{label}"),
    "none": N_("没有对应的栏目，不读取"),
}


def bare(heading: str) -> str:
    """A heading without spaces, marks, numbering and what stands in brackets (units, explanations)."""
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", heading).strip())
    return _MARKS.sub("", without_brackets(plain)) or _MARKS.sub("", plain)


def without_brackets(text: str) -> str:
    """``text`` without its asides."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text))


def fit(column: Column, heading: str, lowest: str = "") -> Fit:
    """How well ``heading`` names ``column``; ``lowest`` is the bottom line of a heading of several, which may name it
    alone.
    """
    whole = bare(heading)
    if not whole or (whole not in column.names and any(word in whole for word in column.never)):
        return Fit(0, "none", "")
    below = _fit_of(column, bare(lowest)) if lowest and lowest != heading else Fit(0, "none", "")
    return max(
        _fit_of(column, whole), Fit(max(below.score - 5, 0), below.reason, below.word), key=lambda found: found.score
    )


def _fit_of(column: Column, text: str) -> Fit:
    if text in column.names:
        return Fit(100 - min(column.names.index(text), 20) // 2, "same", text)
    inside = [name for name in column.names if len(name) > 1 and name in text]
    if not inside:
        return Fit(0, "none", "")
    longest = max(inside, key=len)
    return Fit(40 + 45 * len(longest) // len(text), "contains", longest)


def _coded(text: str, words: Mapping[Code, Sequence[str]]) -> Code | None:
    """The code whose words ``text`` contains; the longest word wins, then the first in order. One letter must be the whole text."""
    plain = bare(text) or text
    found = [
        (len(word), -place, code)
        for place, (code, group) in enumerate(words.items())
        for word in group
        if (word in plain if len(word) > 1 else word == plain)
    ]
    return max(found, key=lambda entry: entry[:2])[2] if found else None


@lru_cache(maxsize=4096)
def kind_of(text: str) -> Kind | None:
    """What money was for, in a district's words; ``None`` when they say nothing known."""
    return _coded(text, KIND_WORDS)


@lru_cache(maxsize=4096)
def origin_of(text: str) -> Origin | None:
    """Whether a project is new or continued, in a district's words; ``None`` when they say nothing known."""
    return _coded(text, ORIGIN_WORDS)


@lru_cache(maxsize=4096)
def proofs_of(text: str) -> tuple[Proof, ...]:
    """The kinds of evidence that a cell lists; what is not known is other."""
    pieces = [piece for piece in re.split(r"[、,，;；/／\n+]", text) if piece.strip()]
    return tuple(dict.fromkeys(_coded(piece, PROOF_WORDS) or Proof.OTHER for piece in pieces))
