"""The account that is assessed."""

import pytest
from assessments.city import account
from cast import Cast


@pytest.fixture
def assessed(cast: Cast) -> Cast:
    """The cast with the account of ``city``."""
    account(cast)
    return cast
