"""Every sentence that intake can say about a cell, by code: translatable, and each says what to do.

Fatal problems keep the whole file out; the rest (:data:`WARNINGS`) are shown for a person to confirm.
"""

from zhaoshang.common.problems import N_, Problem

MESSAGES = {
    # the file and its sheets
    "no_table": N_("没有找到表头：至少要有“到位金额”和“项目名称”（或“企业名称”）两列；请检查表头文字，或在预览页指定"),
    "no_rows": N_("表头下面没有数据行"),
    "sheet_unknown": N_("文件里没有名为“{name}”的工作表"),
    "sheet_not_read": N_("工作表“{name}”也像到位资金表，本次没有读取；需要时请在预览页选择它"),
    "hidden_sheet_not_read": N_("隐藏的工作表“{name}”没有读取；需要报送请先取消隐藏"),
    "rows_without_payment": N_("第 {rows} 行没有填日期和金额，按没有到位资金处理，未读取；有到位资金请补填"),
    "hidden_rows": N_("有 {count} 行被隐藏（第 {rows} 行），已读取并计入；不想报送请删除这些行"),
    "hidden_columns": N_("第 {columns} 列被隐藏，其中的内容已读取"),
    # the columns
    "column_missing": N_("没有找到“{label}”列；请补上这一列，或在预览页指定"),
    "column_ambiguous": N_("“{label}”有不止一列可选：{columns}；现取 {chosen} 列，请核对"),
    "amount_ambiguous": N_(
        "不止一列像是“{label}”，内容又不同：{chosen} 列与 {columns}；请在预览页指定，或删去多余的列"
    ),
    "unit_missing": N_("金额单位未注明（元、万元还是亿元）；请在预览页选择，或在表头写明"),
    "unit_conflict": N_("金额单位前后不一致：{first}与{second}；请在预览页选择正确的单位"),
    "too_many_problems": N_("已有 {count} 处问题，从这一行起没有再读；请先改正前面的问题"),
    # amounts
    "amount_missing": N_("金额未填"),
    "amount_unreadable": N_("“{value}”不是可识别的金额；请写成数字，如 1200 或 1,200.50"),
    "amount_grouping": N_("“{value}”的千分位不对；请写成 12,000 或 12000"),
    "amount_scientific": N_("“{value}”是科学计数法，末几位可能已丢失；请把单元格设为数值后重新填写完整数字"),
    "amount_currency": N_("“{value}”是外币或带有币种；请只写数字。到位的外币另填币种和原币金额，其他金额折成人民币"),
    "amount_approximate": N_("“{value}”是约数；请按凭证填写准确金额"),
    "amount_several": N_("“{value}”里有不止一个数；请每笔到位资金填一行"),
    "amount_formula": N_("这里是公式（结果 {value}），结果无法核对；请“复制－选择性粘贴－数值”后再上传"),
    "amount_error": N_("这里是错误值 {value}；请改成金额"),
    "amount_percent": N_("{value} 是百分比，不是金额"),
    "amount_date": N_("这里被存成了日期（{value}）；请把单元格设为数值后重新填写"),
    "amount_scaled_format": N_(
        "这一格的显示格式把数缩小了（存的是 {value}），看到的与存的不同；请改为常规格式并核对单位"
    ),
    "amount_digits": N_("{value} 超过 15 位有效数字，Excel 已改动末几位；请设为文本后重新填写"),
    "amount_zero": N_("金额为零；没有到位请删去这一行"),
    "amount_negative": N_("金额为负（{value}）；冲减不能由表格导入，请在系统中对原记录办理冲正"),
    "amount_not_fen": N_("{value}{unit} 不是整数分；请按凭证填写准确金额"),
    "amount_too_large": N_("{value}{unit} 超过 1 万亿元，请核对金额和单位"),
    "amount_merged": N_("金额单元格合并了多行；请取消合并，每笔填自己的金额"),
    "outlier": N_("金额 {amount} 万元，与本表其他行（中位数 {median} 万元）相差上千倍；请核对单位，无误则确认"),
    "all_outliers": N_(
        "本表金额的中位数为 {median} 万元，与上期（{usual} 万元）相差上千倍；请核对金额单位，无误则确认"
    ),
    # foreign money
    "currency_unknown": N_("认不出币种“{value}”；请填 ISO 4217 代码（如 USD）或中文名称，人民币可不填"),
    "currency_missing": N_("填了“{value}”，却没有填币种；外币请填币种，人民币请留空"),
    "foreign_missing": N_("币种是{currency}，却没有填原币金额"),
    "foreign_unreadable": N_("“{value}”不是{currency}的金额；请写成数字，大于零，最多 {digits} 位小数"),
    "rate_missing": N_("{currency} 在 {day} 没有在册的汇率；请统计员先录入当天公布的，再导入"),
    "rate_unreadable": N_("“{value}”不是汇率；请写 1 单位外币折多少元人民币，或留空"),
    "rate_differs": N_("汇率写的是 {value}，在册的是 {rate}（{day}）；请核对，或留空由系统按在册的折算"),
    "rate_day_differs": N_("汇率日期写的是 {value}，到账当天应用的汇率是 {day} 公布的；请核对，或留空"),
    "amount_not_converted": N_("金额写的是 {value}，按在册的汇率折算为 {yuan} 元；请改正，或把这一格留空"),
    # dates
    "date_missing": N_("到位日期未填"),
    "date_unreadable": N_("“{value}”不是可识别的日期；请写成 2023-03-05"),
    "date_impossible": N_("“{value}”这一天不存在；请核对"),
    "date_ambiguous": N_("“{value}”分不清年、月、日；请写成 2023-03-05"),
    "date_year_missing": N_("“{value}”没有写年份；请写成 2023-03-05"),
    "date_day_missing": N_("“{value}”没有写到日；请按凭证填写到位当天"),
    "date_future": N_("到位日期 {value} 晚于今天；未到位的资金不能报"),
    "date_too_old": N_("到位日期 {value} 早于 2000 年；请核对"),
    "date_after_month": N_("到位日期 {value} 晚于报送月份 {month}；请核对"),
    "date_other_month": N_("第 {rows} 行的到位日期早于报送月份，按报送月份补报；请核对"),
    "month_unreadable": N_("“{value}”不是可识别的月份；请写成 2023-03"),
    # other cells
    "name_missing": N_("项目名称（或企业名称、项目编号）未填；若这是合计行，请在该行写“合计”"),
    "uscc_wrong": N_("统一社会信用代码“{value}”不对：{reason}；请核对营业执照"),
    "serial_digits_lost": N_("流水号 {value} 被 Excel 存成了数字，末几位已丢失；请把单元格设为文本后重新填写"),
    "place_missing": N_("第 {rows} 行没有填资金来源地；将按项目登记的投资方所在地认定，请核对"),
    "place_unknown": N_("认不出来源地“{value}”；请写省、自治区、直辖市或本省城市的名称"),
    "kind_unknown": N_("认不出资金类型“{value}”；可填：{allowed}"),
    "origin_unknown": N_("认不出“{value}”；请填“新建”或“续建”"),
    "district_unknown": N_("认不出地区“{value}”"),
    "district_other": N_("这一行属于“{value}”，不是本次报送的地区；请删去，或由该地区报送"),
    "cell_error": N_("这里是错误值 {value}；请改正"),
    "text_too_long": N_("文字有 {length} 个字，超过 {limit} 个；请缩短"),
    # rows against each other
    "duplicate": N_("与第 {other} 行重复（日期、金额、付款人、流水号都相同）；确为两笔请分别填写流水号或凭证号"),
    "key_repeated": N_("凭证号“{value}”与第 {other} 行相同而内容不同；请核对"),
    "total_differs": N_(
        "{label}写的是 {stated} 万元，各行相加为 {summed} 万元，差 {difference} 万元；请核对是否有漏行或错数"
    ),
}

WARNINGS = frozenset(
    {
        "sheet_not_read",
        "hidden_sheet_not_read",
        "rows_without_payment",
        "hidden_rows",
        "hidden_columns",
        "column_ambiguous",
        "outlier",
        "all_outliers",
        "date_other_month",
        "place_missing",
        "total_differs",
    }
)


def problem(code: str, sheet: str, row: int = 0, column: str = "", value: str = "", **params: object) -> Problem:
    """The problem ``code`` at a place; the cell's own text is always among the parameters as ``value``."""
    shown = value if len(value) <= 60 else value[:57] + "…"
    filled = {"value": shown, **params}
    return Problem(sheet, row, column, shown, MESSAGES[code].format(**filled), code, code not in WARNINGS, filled)
