"""Indicators of packs: what is wrong in a file, what loading it would change, loading."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zajedno.indicators.logic.definition import Indicator, check, read
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.difference import difference
from zajedno.procedures.logic.reading import Mistake

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack


def indicator_parts(pack: "Pack", beside: "Sequence[Pack]") -> Iterator[tuple[str, list[Mistake]]]:
    """Each indicator's file with its mistakes."""
    from zajedno.indicators.logic.facts import FACTS

    kinds = {key for one in beside for key in one.table("organisation_kinds.toml")}
    for path in pack.indicators:
        yield pack.named(path), check(path.read_text(encoding="utf-8"), key=path.stem, kinds=kinds, facts=FACTS)


def _read(packs: "Sequence[Pack]") -> "Iterator[tuple[Pack, Indicator]]":
    for pack in packs:
        for path in pack.indicators:
            what, mistakes = read(path.read_text(encoding="utf-8"), key=path.stem)
            if what is not None and not mistakes:
                yield pack, what


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """What loading the indicators would change. Writes nothing."""
    from zajedno.figures.queries import definitions
    from zajedno.indicators.actions.period import row_of
    from zajedno.web.manage.packs import Change

    known = {one.code: one for one in definitions()}
    found = []
    for pack, what in _read(packs):
        new = row_of(what)
        old = {name: getattr(known[what.code], name) for name in new} if what.code in known else {}
        if new != old:
            found.append(Change(pack.key, f"indicator {what.code}", 0, difference(_plain(old), _plain(new))))
    return found


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, dict | list | bool) else str(value) for name, value in row.items()}


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """Write definitions down for those who read figures. What no pack names any more stays: its figures do."""
    from zajedno.indicators.actions import load_indicators

    found = changes(packs)
    if load_indicators([what for _pack, what in _read(packs)], by=by):
        progress(f"{len(found)} indicators")
    return found
