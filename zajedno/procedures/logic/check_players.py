"""Mistakes in who plays what: parts that nobody could ever play, linked cases that nobody there could keep."""

from collections.abc import Collection, Iterator, Mapping

from zajedno.procedures.logic.definition import Definition, Part
from zajedno.procedures.logic.needs import named
from zajedno.procedures.logic.reading import Mistake


def check_players(definition: Definition, keepers: Mapping[str, Collection[str]]) -> Iterator[Mistake]:
    """Every mistake of that kind; `keepers`: the kinds of institutions that keep a procedure, where it names them."""
    for part in definition.parts:
        if part.kind == "post" and not part.of:
            yield Mistake(f"part {part.key}", "A part held by post must say in `of` at which institution.")
    if definition.purpose:  # what is about no child lets people in its own way
        yield from _never_in(definition)
    at_keeper = {part.key for part in definition.parts if definition.keeper in (part.key, part.of)}
    for move in definition.moves:
        if "registry_number" in (*move.asks, *move.may_give) and at_keeper.isdisjoint(move.by):
            yield Mistake(
                f"move {move.key}", "The registry number is of who keeps the case, so only they can be asked for it."
            )
        keeper = definition.part.get(move.opens_at or definition.keeper)
        kinds = keepers.get(move.opens, ())
        if keeper and kinds and keeper.kinds and set(kinds).isdisjoint(keeper.kinds):
            yield Mistake(
                f"move {move.key}",
                f"Cases of “{move.opens}” are kept by {', '.join(sorted(kinds))}, and “{keeper.key}” is none of them: "
                "`opens_at` must name a part that is.",
            )


def _never_in(definition: Definition) -> Iterator[Mistake]:
    """A part that must do something or is told of something, and that no move brings in."""
    chosen = {key for move in definition.moves for kind, key in map(named, (*move.asks, *move.may_give)) if kind}
    wanted = {part for move in definition.moves for part in (*move.by, *move.notifies, move.opens_at)}
    wanted |= {part for rule in definition.deadlines for part in rule.missed}
    wanted |= {part.of for part in definition.parts if part.kind == "post" and part.key in wanted}
    for part in definition.parts:
        if part.key in wanted and part.key not in chosen and not _comes_by_itself(definition, part):
            yield Mistake(
                f"part {part.key}", f"Nobody can ever play it: let a move ask for it with the input “part:{part.key}”."
            )


def _comes_by_itself(definition: Definition, part: Part) -> bool:
    begins = part.key in (definition.keeper, definition.opener)
    return part.kind == "post" or part.planned or part.guardians == "all" or begins
