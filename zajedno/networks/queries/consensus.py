"""What was agreed in a round, and what can be."""

from django.utils.translation import get_language

from zajedno.forms.logic.scores.rubric import LEVELS
from zajedno.forms.queries.form import loaded
from zajedno.networks.logic.asked import options
from zajedno.networks.logic.outcome import items
from zajedno.networks.models import Consensus, Round


def newest(row: Round) -> dict[str, Consensus]:
    """What counts, by question."""
    return {one.item: one for one in row.consensus.order_by("pk")}


def levels(row: Round, item: str) -> list[tuple[str, str]]:
    """Levels of a question with their words in the language in use; none of a question that is not settled on."""
    found = loaded(row.version_id)
    if item not in {one for group in items(found.facts.options).values() for one in group}:
        return []
    language = get_language() or "en"
    return [
        (one.name, found.form.plain(one.label, language)) for one in options(found.form, item) if one.name in LEVELS
    ]
