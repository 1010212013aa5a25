"""Why an act on duties is refused."""


class DocumentMissing(Exception):
    """A day stands on a document."""


class ReasonMissing(Exception):
    """Say why, or what: the text is empty."""


class LeaderMissing(Exception):
    """A lead official is an account or a name."""


class WrongHandler(Exception):
    """The handler must be in service and belong to the project's unit or to the bureau."""


class NobodyNew(Exception):
    """The project's people are these already; or no project was chosen."""


class UnknownKind(Exception):
    """The rules in force know no such kind of clock or level."""


class AlreadyRunning(Exception):
    """A clock of this kind runs for the subject."""


class AlreadyAnswered(Exception):
    """The clock has been answered, or the matter is not open any more."""


class NotAnswered(Exception):
    """There is no answer yet that could be accepted or sent back."""


class OwnMatter(Exception):
    """Who raised it cannot answer it, and who answered an order cannot accept it."""


class NotRaiser(Exception):
    """Only who raised a problem says that it is settled."""


class NotClosed(Exception):
    """Only what was closed is reopened."""


class BadDue(Exception):
    """The day by which it is due lies before today."""


class NotOurPage(Exception):
    """An order is tied to a page of this system."""
