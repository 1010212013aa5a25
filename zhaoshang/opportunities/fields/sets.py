"""The declared fields of each kind."""

from decimal import Decimal

from zhaoshang.common.problems import N_
from zhaoshang.opportunities.fields.types import Field, Type
from zhaoshang.opportunities.rules import Kind

LAND_USES = {
    "industrial": N_("工业用地"),
    "logistics": N_("物流仓储用地"),
    "research": N_("科研用地"),
    "commercial": N_("商业服务业用地"),
    "mixed": N_("混合用地"),
    "other": N_("其他用地"),
}
CONDITIONS = {
    "clear": N_("净地"),
    "to_acquire": N_("需收储"),
    "to_clear": N_("待平整"),
    "buildings": N_("有地上建筑物"),
}
UTILITIES = {
    "road": N_("通路"),
    "water": N_("给水"),
    "drainage": N_("排水"),
    "power": N_("供电"),
    "telecom": N_("通信"),
    "gas": N_("燃气"),
    "heat": N_("供热"),
    "levelled": N_("场地平整"),
}
LEVELS = {
    "national": N_("国家级"),
    "provincial": N_("省级"),
    "municipal": N_("市级"),
    "district": N_("区县级"),
}
WAYS = {
    "sole": N_("独资"),
    "joint": N_("合资"),
    "cooperation": N_("合作"),
    "equity": N_("股权投资"),
    "ppp": N_("政府和社会资本合作"),
    "lease": N_("租赁"),
    "supply": N_("配套协作"),
}
STEPS = {
    "idea": N_("谋划"),
    "study": N_("可行性研究"),
    "approved": N_("已立项或备案"),
    "ready": N_("具备开工条件"),
    "building": N_("在建"),
}
PERCENT = {"unit": "%", "most": Decimal(100)}

_CONTACT = (
    Field("contact", N_("联系部门"), needed=True, most=Decimal(60)),
    Field("contact_phone", N_("联系电话"), needed=True, most=Decimal(40), plain=True),
    Field("contact_person", N_("联系人"), public=False, most=Decimal(40)),
    Field("contact_email", N_("电子邮箱"), most=Decimal(80), plain=True),
)
_AREAS = (
    Field("area_planned", N_("规划面积"), Type.NUMBER, unit=N_("平方公里"), needed=True),
    Field("area_built", N_("建成面积"), Type.NUMBER, unit=N_("平方公里"), not_above="area_planned"),
    Field("area_available", N_("可供地面积"), Type.NUMBER, unit=N_("平方公里"), not_above="area_planned"),
)
_FACTORS = (
    Field("land_price", N_("工业用地参考价"), Type.NUMBER, unit=N_("万元/亩"), most=Decimal(10_000)),
    Field("factory_rent", N_("厂房租金"), Type.NUMBER, unit=N_("元/平方米·月"), most=Decimal(10_000)),
    Field("factory_price", N_("厂房售价"), Type.NUMBER, unit=N_("元/平方米"), most=Decimal(1_000_000)),
    Field("water_price", N_("工业用水"), Type.NUMBER, unit=N_("元/立方米"), most=Decimal(1_000)),
    Field("power_price", N_("工业用电"), Type.NUMBER, unit=N_("元/千瓦时"), most=Decimal(100), places=4),
    Field("gas_price", N_("天然气"), Type.NUMBER, unit=N_("元/立方米"), most=Decimal(1_000)),
    Field("steam_price", N_("蒸汽"), Type.NUMBER, unit=N_("元/吨"), most=Decimal(10_000)),
)
_DISTANCES = (
    Field("km_port", N_("距最近港口"), Type.NUMBER, unit=N_("公里"), most=Decimal(2_000), places=1),
    Field("km_rail", N_("距最近铁路货站"), Type.NUMBER, unit=N_("公里"), most=Decimal(2_000), places=1),
    Field("km_airport", N_("距最近机场"), Type.NUMBER, unit=N_("公里"), most=Decimal(2_000), places=1),
)
_POINT = Field(
    "point", N_("坐标"), Type.POINT, hint=N_("经度在前、纬度在后，如 121.61, 38.91（CGCS2000，不用 GCJ-02 或百度坐标）")
)
_POLICIES = Field(
    "policies",
    N_("政策文件"),
    Type.DOCUMENTS,
    hint=N_("一行一份：名称 | 文号 | 起始日 | 截止日 | 网址；后三项可空，日期写成 2023-01-01"),
)

ZONE = (
    Field("level", N_("级别"), Type.CHOICE, choices=LEVELS, needed=True),
    Field("legal_body", N_("管理机构"), needed=True, most=Decimal(120)),
    *_AREAS,
    Field("leading_industries", N_("主导产业"), needed=True, most=Decimal(200)),
    *_FACTORS,
    *_DISTANCES,
    Field("sewage_quota", N_("剩余污水处理能力"), Type.NUMBER, unit=N_("万吨/日")),
    Field("energy_quota", N_("可用能耗指标"), Type.NUMBER, unit=N_("万吨标准煤"), public=False),
    Field("chemical_park", N_("认定的化工园区"), Type.YES),
    Field("talent", N_("人才与住房"), Type.LONG, most=Decimal(500)),
    _POLICIES,
    _POINT,
    *_CONTACT,
)
KEY_REGION = (
    Field("location", N_("位置和四至"), needed=True, most=Decimal(200)),
    Field("leading_industries", N_("产业方向"), needed=True, most=Decimal(200)),
    Field("planned_use", N_("主要规划用途"), Type.CHOICE, choices=LAND_USES, needed=True),
    Field("construction_conditions", N_("建设条件"), Type.LONG, most=Decimal(500)),
    _POLICIES,
    _POINT,
    *_CONTACT,
)
PARCEL = (
    Field("location", N_("所在位置"), needed=True, most=Decimal(200)),
    Field("planned_use", N_("规划用途"), Type.CHOICE, choices=LAND_USES, needed=True),
    Field("plot_ratio_low", N_("容积率下限"), Type.NUMBER, most=Decimal(20), not_above="plot_ratio_high"),
    Field("plot_ratio_high", N_("容积率上限"), Type.NUMBER, most=Decimal(20), needed=True),
    Field("building_coefficient", N_("建筑系数"), Type.NUMBER, **PERCENT),  # type: ignore[arg-type]
    Field("green_ratio", N_("绿地率"), Type.NUMBER, **PERCENT),  # type: ignore[arg-type]
    Field("height_limit", N_("限高"), Type.NUMBER, unit=N_("米"), most=Decimal(1_000), places=1),
    Field("industry_direction", N_("产业方向"), needed=True, most=Decimal(200), hint=N_("可写 GB/T 4754 小类")),
    Field("term_years", N_("出让年限"), Type.NUMBER, unit=N_("年"), least=Decimal(1), most=Decimal(70), places=0),
    Field("starting_price", N_("起始价"), Type.MONEY, unit=N_("万元")),
    Field("deposit", N_("保证金"), Type.MONEY, unit=N_("万元"), not_above="starting_price"),
    Field("invest_intensity", N_("投资强度下限"), Type.NUMBER, unit=N_("万元/亩")),
    Field("output_per_mu", N_("产出下限"), Type.NUMBER, unit=N_("万元/亩")),
    Field("tax_per_mu", N_("税收下限"), Type.NUMBER, unit=N_("万元/亩")),
    Field("office_share", N_("行政办公用地上限"), Type.NUMBER, **PERCENT),  # type: ignore[arg-type]
    Field("utilities", N_("配套"), Type.CHOICES, choices=UTILITIES, needed=True),
    Field("condition", N_("土地现状"), Type.CHOICE, choices=CONDITIONS, needed=True),
    Field("condition_note", N_("现状说明"), Type.LONG, most=Decimal(500), public=False),
    _POINT,
    *_CONTACT,
)
_PROJECT = (
    Field("content", N_("建设内容和规模"), Type.LONG, needed=True, most=Decimal(800)),
    Field("site", N_("拟选址"), needed=True, most=Decimal(200)),
    Field("way", N_("合作方式"), Type.CHOICES, choices=WAYS, needed=True),
    Field("step", N_("进展"), Type.CHOICE, choices=STEPS, needed=True),
)
PLANNED = (
    *_PROJECT,
    Field("capacity", N_("产品和产能"), most=Decimal(200)),
    Field("market", N_("市场和原料条件"), Type.LONG, most=Decimal(800)),
    Field("output_value", N_("预计年产值"), Type.MONEY, unit=N_("亿元")),
    Field("tax_value", N_("预计年税收"), Type.MONEY, unit=N_("万元")),
    Field("jobs", N_("预计用工"), Type.NUMBER, unit=N_("人"), places=0),
    Field("payback", N_("回收期"), Type.NUMBER, unit=N_("年"), most=Decimal(100), places=1),
    Field("land_feasibility", N_("用地落实情况"), most=Decimal(200)),
    Field("approvals", N_("规划、环评、能评办理情况"), Type.LONG, most=Decimal(500)),
    Field("high_energy", N_("属于高耗能、高排放"), Type.YES, public=False),
    _POINT,
    *_CONTACT,
)
SOE = (
    Field("soe", N_("市属国企"), needed=True, most=Decimal(120)),
    *_PROJECT,
    Field("seeks", N_("希望合作方"), Type.LONG, needed=True, most=Decimal(500)),
    Field("brings", N_("国企投入"), Type.LONG, most=Decimal(500)),
    Field("share_offered", N_("拟出让股比"), Type.NUMBER, **PERCENT),  # type: ignore[arg-type]
    Field("output_value", N_("预计年产值"), Type.MONEY, unit=N_("亿元")),
    Field("minimum_price", N_("底价"), Type.MONEY, unit=N_("万元"), public=False),
    _POINT,
    *_CONTACT,
)
GOVERNMENT = (
    *_PROJECT,
    Field("owner", N_("业主或责任单位"), needed=True, most=Decimal(120)),
    Field("starts", N_("计划开工"), most=Decimal(20), plain=True),
    Field("ends", N_("计划建成"), most=Decimal(20), plain=True),
    Field("approvals", N_("前期手续"), Type.LONG, most=Decimal(500)),
    _POINT,
    *_CONTACT,
)
FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.ZONE: ZONE,
    Kind.KEY_REGION: KEY_REGION,
    Kind.PARCEL: PARCEL,
    Kind.PLANNED: PLANNED,
    Kind.SOE: SOE,
    Kind.GOVERNMENT: GOVERNMENT,
}
