"""A form half filled when the login ends: one logs in again and finds it as it was; somebody else does not."""

import pytest
from browser import Windows
from cast import Cast
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

FORM = "/desk/projects/new/"


def forget_everybody() -> None:
    """As if half an hour had gone by."""
    for row in Session.objects.all():
        held = SessionStore(row.session_key)
        held["seen"] = 0
        held.save()


@pytest.mark.browser
@pytest.mark.case("A10")
@pytest.mark.parametrize(("who", "found"), [("officer", "示例冷链园"), ("other_officer", "")])
def test_what_was_typed_is_there_again_for_the_same_person(cast: Cast, windows: Windows, who: str, found: str) -> None:
    page = windows.of(cast.officer).page
    page.goto(f"{windows.address}{FORM}")
    page.fill("[name=name]", "示例冷链园")
    forget_everybody()
    page.reload()
    page.fill("[name=username]", getattr(cast, who).username)
    page.fill("[name=password]", "sample-password")
    page.click(".button-main")
    page.wait_for_url(f"**{FORM}")
    assert page.input_value("[name=name]") == found
