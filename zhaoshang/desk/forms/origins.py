"""The forms of a region of origin."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.enterprises import area as text_area
from zhaoshang.desk.forms.enterprises import day, line
from zhaoshang.regions.models import Region
from zhaoshang.regions.origins import NewArea


class AreaForm(forms.Form):
    """A region as a document draws it."""

    code = forms.SlugField(
        label=gettext_lazy("代码"), max_length=30, help_text=gettext_lazy("小写字母和短横，例如 yangtze-delta")
    )
    name = line(gettext_lazy("名称"), 40)
    name_en = line(gettext_lazy("英文名称"), 60)
    source = line(gettext_lazy("依据"), 300)
    valid_from = day(gettext_lazy("自何日起"))
    parts = text_area(
        gettext_lazy("省市代码"), 1000, hint=gettext_lazy("六位区划代码，用空格或逗号隔开，例如 310000 320000")
    )

    def clean_parts(self) -> list[str]:
        """Codes of provinces or cities, of a province that GB/T 2260 has."""
        codes = re.findall(r"[^\s,，、;；]+", self.cleaned_data["parts"])
        known = set(Region.objects.filter(code__endswith="0000").values_list("code", flat=True))
        bad = [one for one in codes if not re.fullmatch(r"[0-9]{4}00", one) or f"{one[:2]}0000" not in known]
        if bad:
            raise forms.ValidationError(_("“%(code)s”不是省或市的六位区划代码。") % {"code": bad[0]})
        return codes

    def area(self) -> NewArea:
        """What was filled in."""
        return NewArea(**self.cleaned_data)


class EndForm(forms.Form):
    """The last day."""

    valid_to = day(gettext_lazy("用到何日"))
