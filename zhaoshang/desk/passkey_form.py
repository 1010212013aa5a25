"""A form that one types into, or leaves to a passkey."""

from typing import Any, ClassVar

from django import forms

from zhaoshang.people import passkeys
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

FIELD = "passkey"


class PasskeyForm(forms.Form):
    """``options`` is what the browser is asked, None for who has no passkey; ``other``: the field that may be empty when it answered."""

    other: ClassVar[str]
    passkey = forms.CharField(required=False, max_length=passkeys.LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, city: City, user: User, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = passkeys.request_options(city, user, purpose) if user.second_factor_at else None
        self.fields[self.other].required = not self.data.get(FIELD)
