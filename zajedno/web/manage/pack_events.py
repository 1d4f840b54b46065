"""Events of packs: what is wrong in a file, what loading it would change, loading."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from zajedno.exchange.enums import Theme
from zajedno.exchange.logic.event import check
from zajedno.kernel.actor import Actor
from zajedno.places.logic.gazetteer import lines
from zajedno.procedures.logic.difference import canonical, difference
from zajedno.procedures.logic.reading import Mistake

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack


def event_parts(pack: "Pack") -> Iterator[tuple[str, list[Mistake]]]:
    """Each event's file with its mistakes."""
    units = (
        _territories(pack.folder.resolve().parent) | _territories(settings.PACKS_DIR) if pack.events else frozenset()
    )
    for path in pack.events:
        text = path.read_text(encoding="utf-8")
        yield f"events/{path.name}", check(text, key=path.stem, themes=Theme.values, territories=units)


@cache
def _territories(folder: Path) -> frozenset[tuple[str, str]]:
    """(country, code) of every territory in the packs of a folder."""
    places = [one.parent for one in folder.glob("*/places/territories.csv")]
    return frozenset((place.parent.name.upper(), line.code) for place in places for line in lines(place))


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """What loading the events would change. Writes nothing."""
    from zajedno.exchange.queries.event import contents
    from zajedno.web.manage.packs import Change

    known = contents()
    found = []
    for pack in packs:
        for path in pack.events:
            new, old = canonical(pack.table(f"events/{path.name}")), known.get(path.stem, {})
            if new != old:
                found.append(Change(pack.key, f"event {path.stem}", 0, difference(old, new)))
    return found


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """Bring events in line with the packs, and the catalogue with the places. What no pack names is retired."""
    from zajedno.exchange.actions.event import load_event, retire_events
    from zajedno.exchange.actions.listing import follow_places
    from zajedno.web.manage.packs import with_neighbours

    follow_places()
    found = changes(packs)
    for pack in packs:
        for path in pack.events:
            if load_event(canonical(pack.table(f"events/{path.name}")), by=by):
                progress(f"{pack.key}: event {path.stem}")
    retire_events({path.stem for pack in with_neighbours(packs) for path in pack.events}, by=by)
    return found
