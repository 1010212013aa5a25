"""How sets of local rules stand on the desk's pages: titles, values in words, lines, differences."""

from typing import Any

from django.utils.translation import gettext as _

from zhaoshang.rulesets.kinds import InForce
from zhaoshang.ui.filters import english


def set_title(held: InForce[Any]) -> str:
    """The title in the language of the page."""
    return title_in(held.told)


def title_in(told: Any) -> str:
    """The same of what was kept of a set."""
    return str(told["title_en"] if english() and told["title_en"] else told["title"])


def standing_words(held: InForce[Any]) -> str:
    """Which set holds, with its document."""
    if held.issued is None:
        return _("系统自带的示例，本市尚未发布")
    return f"{set_title(held)}（{held.issued.document}）"


def source_of(held: InForce[Any]) -> str:
    """What the set goes back to: its source as written, else the document that issued it."""
    return str(held.content.get("source") or held.told["document"])
