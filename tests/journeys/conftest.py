"""The city that journeys pass through."""

import pytest
from cast import Cast
from dictionary import dictionary


@pytest.fixture
def city(transactional_db: None, cast: Cast) -> Cast:
    """The cast with indicators, and a first payment in the west, so that there is a table to move."""
    dictionary(cast)
    cast.verified(project=cast.harbour, by=cast.other_officer)
    return cast
