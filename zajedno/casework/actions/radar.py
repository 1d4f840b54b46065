"""Looking through the passages ahead is a search: it is asked and recorded as one."""

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.casework.queries.radar import Line, radar
from zajedno.children.rules import OPEN_FILE, SEARCH
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask


@transaction.atomic
def look_ahead(*, by: Actor, taken: bool = False) -> list[Line]:
    """Every passage ahead of the children one works with; `taken`: is the list carried away as a file?"""
    ask(by, OPEN_FILE)
    lines = radar(by)
    audit.record(by=by, verb=SEARCH.key, detail={"ahead": len(lines), "taken": taken})
    return lines
