"""Amounts in the capital numerals of vouchers (大写金额), which cannot be altered with a stroke of the pen.

Written by the People's Bank's rules for filling in bills (支付结算办法, 1997, annex 1), which let a zero in the place of
万 or 元 go unwritten.
"""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def amount_in_capitals(amount_fen: int) -> str:
    """``amount_fen`` as 人民币…元…角…分 or …整. Raises ``ValueError`` below zero and from 10^16 yuan."""
    yuan, rest = divmod(amount_fen, 100)
    if amount_fen < 0 or yuan >= 10**16:
        raise ValueError(f"{amount_fen} fen has no capital form: it must lie between 0 and 10^16 yuan")
    jiao, fen = divmod(rest, 10)
    words = _whole(yuan) + "元" if yuan or not rest else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif fen and yuan:
        words += "零"
    return "人民币" + words + (_DIGITS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number by groups of four; one 零 stands for any run of zeros between digits."""
    if not number:
        return "零"
    words = ""
    groups = [number // 10_000**place % 10_000 for place in range(4)]
    for place in range(3, -1, -1):
        group = groups[place]
        if group:
            gap = bool(words) and (group < 1000 or groups[place + 1] == 0)
            words += ("零" if gap else "") + _group(group) + _GROUPS[place]
    return words


def _group(group: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = bool(words) and digit == 0
    return words
