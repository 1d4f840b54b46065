"""Bodies of packs: what is wrong in the file, what loading it would change, loading."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings

from zajedno.kernel.actor import Actor
from zajedno.networks.enums import BodyKind
from zajedno.networks.logic.body_pack import check
from zajedno.procedures.logic.reading import Mistake

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack

FILE = "bodies.toml"


def bodies_file(text: str) -> list[Mistake]:
    return check(text, kinds=BodyKind.values, languages=dict(settings.LANGUAGES))


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """How many bodies loading would bring. Writes nothing."""
    from zajedno.networks.queries.body import to_load
    from zajedno.web.manage.packs import Change

    counts = {pack.key: to_load(pack.table(FILE), pack.country) for pack in packs}
    return [Change(key, "bodies", 0, [f"{count} new"]) for key, count in counts.items() if count]


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """Those that are not here yet, to be completed by who takes them up."""
    from zajedno.networks.actions.body_load import load_bodies

    found = changes(packs)
    for pack in packs:
        if written := load_bodies(pack.table(FILE), country=pack.country, by=by):
            progress(f"{pack.key}: {written} bodies")
    return found
