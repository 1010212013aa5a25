"""What can be asked about. A new subject is a file here that makes one :class:`base.Source`, and its name in this tuple."""

from zhaoshang.questions.subjects import payments, projects, trips
from zhaoshang.questions.subjects.base import Source

SOURCES: dict[str, Source] = {
    source.subject.code: source for source in (payments.SOURCE, projects.SOURCE, trips.SOURCE)
}
SUBJECTS = {code: source.subject for code, source in SOURCES.items()}
