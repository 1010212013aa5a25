"""The account that is assessed."""

import pytest
from cast import Cast

from assessments.city import account


@pytest.fixture
def assessed(cast: Cast) -> Cast:
    """The cast with the account of ``city``."""
    account(cast)
    return cast
