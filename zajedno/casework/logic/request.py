"""What a request says: keys of its sealed JSON, and which of them must be filled before it is submitted."""

from collections.abc import Mapping
from typing import Final

FIELDS: Final = (
    "reasons",  # why support is asked for: keys, see REASONS
    "difficulties",  # what is hard for the child, in the family's words
    "strengths",  # what the child likes and does well
    "tried",  # support tried so far
    "asked",  # support that is asked for
    "doctor",  # chosen paediatrician or doctor who certified the form
    "institution",  # school or kindergarten the child goes to
    "papers",  # papers handed over: kinds
    "conditions",  # living conditions, when the family wants to tell
)
REQUIRED: Final = ("reasons", "difficulties", "asked")

# Grounds on which additional support may be asked for; source: pack purposes, domain of the rulebook 80/2018.
REASONS: Final = ("deprivation", "developmental", "disability", "learning", "early_leaving", "other")


def missing_fields(content: Mapping[str, object]) -> list[str]:
    """Required keys that are empty, in the order of the form."""
    return [key for key in REQUIRED if not content.get(key)]
