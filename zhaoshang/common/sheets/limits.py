"""How big an honest file may be, and what is said to the sender of any other.

Chosen from what districts send (10,000 rows by a dozen columns is a large year) with room of five to ten times;
together they keep reading within 5 s and 200 MB on one slow core, whatever the file claims about itself.
"""

from zhaoshang.common.problems import N_, Refused

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNZIPPED_BYTES = 100 * 1024 * 1024
MAX_PART_BYTES = 40 * 1024 * 1024
MAX_TAG_BYTES = 512 * 1024
MAX_ELEMENTS = 500_000
MAX_RATIO = 200
RATIO_MATTERS_ABOVE_BYTES = 1024 * 1024
MAX_PARTS = 1_000
MAX_DIRECTORY_BYTES = 256 * 1024
MAX_SHEETS = 60
MAX_ROW = 100_000
MAX_COLUMN = 256
MAX_SHEET_ELEMENTS = 1_500_000
MAX_FILLED_CELLS = 300_000
MAX_SHARED_STRINGS = 300_000
MAX_TEXT_CHARACTERS = 32_767
MAX_TOTAL_TEXT_CHARACTERS = 20_000_000
MAX_MERGED = 20_000
MAX_STYLES = 70_000
MAX_XML_DEPTH = 64

REFUSALS = {
    "empty": N_("文件是空的，请重新选择文件"),
    "too_large": N_("文件有 {size_mb} MB，超过 {limit_mb} MB 的上限；请删去图片和无关工作表，或分成几份"),
    "wrong_type": N_("这不是 Excel 工作簿或 CSV 文件（内容像是 {found}）；请用 Excel 或 WPS 另存为 .xlsx 后再上传"),
    "old_xls": N_("这是 Excel 95 或更早的 .xls 文件；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"),
    "xlsb": N_("这是二进制的 .xlsb 文件；请用 Excel 打开后另存为 .xlsx 再上传"),
    "not_a_workbook": N_("这不是 Excel 工作簿（像是 Word、PPT 等文件）；请用 Excel 或 WPS 另存为 .xlsx 后再上传"),
    "encrypted": N_("文件设有密码；请取消密码后另存再上传"),
    "damaged": N_("文件已损坏或没有传完整（{where}）；请重新导出后再上传"),
    "zip_bomb": N_("文件展开后过大（{where}），不予打开；请把需要的内容复制到新建的工作簿"),
    "too_many_parts": N_(
        "文件内部有 {count} 个部分，超过 {limit} 个的上限，不予打开；请把需要的内容复制到新建的工作簿"
    ),
    "macros": N_("文件含有宏（{where}）；请另存为不含宏的 .xlsx 后再上传"),
    "embedded": N_("文件嵌有其他对象（{where}）；请删去嵌入的对象后再上传"),
    "external_link": N_("文件引用了别的文件（{where}）；请在“数据－编辑链接”中断开链接后再上传"),
    "forbidden_xml": N_("文件内部含有 DTD 或实体定义（{where}），正常的 Excel 文件没有这些，不予打开"),
    "too_many_sheets": N_("工作簿有 {count} 个工作表，超过 {limit} 个的上限；请只保留要报送的工作表"),
    "too_many_rows": N_("工作表“{where}”用到了第 {row} 行，超过 {limit} 行的上限；请删去数据下方的空行，或分成几份"),
    "too_many_columns": N_("工作表“{where}”用到了 {cell}，超过 {limit} 列的上限；请删去数据右侧的空列"),
    "too_many_cells": N_("工作表“{where}”的单元格超过 {limit} 个（含带格式的空单元格）；请把数据复制到新建的工作簿"),
    "too_much_text": N_("文件中的文字过多（{where}），不予打开；请只保留要报送的内容"),
    "no_sheet": N_("工作簿里没有可读的工作表"),
    "unknown_encoding": N_("无法识别文字编码；请另存为 UTF-8 编码的 CSV，或另存为 .xlsx"),
}


def refusal(code: str, **params: object) -> Refused:
    """The :class:`Refused` to raise, with the sentence for ``code``."""
    return Refused(code, REFUSALS[code], **params)
