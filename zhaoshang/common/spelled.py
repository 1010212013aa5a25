"""Amounts in the capital numerals of cheques and receipts (人民币大写): what a form reads back, so that a wrong unit is seen.

The digits, and when 零 and 整 are written, follow 《支付结算办法》 (银发〔1997〕393号), appendix 1.
"""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def spelled(fen: int) -> str:
    """``120000050`` → 壹佰贰拾万元伍角. Whole fen from 0 to below 10^18. Raises ``ValueError`` outside."""
    if not 0 <= fen < 10**18:
        raise ValueError(fen)
    yuan, cents = divmod(fen, 100)
    jiao, cent = divmod(cents, 10)
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not cents:
        return f"{whole or '零元'}整"
    gap = "零" if yuan and not jiao else ""
    tail = (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[cent]}分" if cent else "")
    return f"{whole}{gap}{tail}"


def _whole(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    written = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        skipped = written and (group < 1_000 or not groups[place + 1])
        written += ("零" if skipped else "") + _group(group) + _mark(place, groups)
    return written


def _mark(place: int, groups: list[int]) -> str:
    """万 above 亿 is written 万亿 only when no 亿 of its own follows."""
    return "万" if place == 3 and groups[2] else GROUPS[place]


def _group(group: int) -> str:
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return written
