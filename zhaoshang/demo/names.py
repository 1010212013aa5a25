"""Invented names. Each begins with 示例, so that nobody takes one for a real firm."""

from random import Random

from stdnum.cn import uscc

_FIRST = "海云星辰启明瑞和嘉泰远景恒岳清澜卓越弘毅晨曦博川"
_SECOND = "达源信诚科航宇拓隆驰丰盛润通联合"
_FIELDS = {
    "C": ("装备制造", "新材料", "精细化工", "智能制造", "生物医药", "船舶配套"),
    "D": ("海上风电", "氢能", "储能"),
    "F": ("供应链", "冷链商贸"),
    "G": ("港航物流", "智慧仓储"),
    "I": ("软件信息", "数据中心", "集成电路设计"),
    "K": ("置业",),
    "L": ("商务服务", "总部经济"),
    "M": ("检验检测", "工业设计"),
    "N": ("生态环保",),
    "R": ("文旅",),
}
INDUSTRY_WEIGHTS = {"C": 42, "D": 12, "F": 6, "G": 9, "I": 15, "L": 5, "M": 5, "N": 3, "R": 3}


def word(chance: Random) -> str:
    """Two characters that make a firm's name."""
    return chance.choice(_FIRST) + chance.choice(_SECOND)


def field(chance: Random, industry: str) -> str:
    """A branch of the GB/T 4754 section ``industry``."""
    return chance.choice(_FIELDS[industry])


def enterprise(chance: Random, industry: str, number: int) -> str:
    """The firm that receives the money; the number keeps names apart."""
    return f"示例{word(chance)}{field(chance, industry)}有限公司({number:04d})"


def project(chance: Random, industry: str, number: int) -> str:
    """A project's name."""
    return f"示例{word(chance)}{field(chance, industry)}项目{number:04d}"


def investor(chance: Random, place: str) -> str:
    """The investor behind the money, named after its place."""
    return f"示例{place}{word(chance)}投资有限公司"


def code(number: int) -> str:
    """A well-formed social credit code of no real firm: its region is 000000, which GB/T 2260 never gives."""
    body = f"91000000DEMX{number:05d}"
    return body + str(uscc.calc_check_digit(body))
