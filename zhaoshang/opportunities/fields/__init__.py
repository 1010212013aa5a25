"""What is asked of an entry besides what all kinds share: one declared set of typed fields for each kind.

Sources: the published notices and land systems named in the domain notes (4.1 to 4.3); which of them are needed before an entry
may be published, and which may leave the building, is declared with each field.
"""

from zhaoshang.opportunities.fields.reading import FAULTS, Fault, read_english, read_fields, read_one, written
from zhaoshang.opportunities.fields.sets import FIELDS, LAND_USES
from zhaoshang.opportunities.fields.types import Field, Type

__all__ = [
    "FAULTS",
    "FIELDS",
    "LAND_USES",
    "Fault",
    "Field",
    "Type",
    "read_english",
    "read_fields",
    "read_one",
    "written",
]
