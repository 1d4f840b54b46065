"""Mistakes in what a procedure says of clauses: a tie that rests on one goes from an institution to another."""

from collections.abc import Iterator

from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.reading import Mistake

CLAUSE = "clause"  # the input by which the actor chooses among several clauses


def check_clauses(definition: Definition) -> Iterator[Mistake]:
    """Every mistake of that kind, as a place and a sentence."""
    resting = {tie.part for tie in definition.all_ties() if tie.clause}
    if any(tie.clause for tie in definition.opening.ties):
        yield Mistake("opening", "What is opened at once goes to who begins the case, so it rests on no `clause`.")
    for key in sorted(resting & set(definition.part)):
        if definition.part[key].kind != "organisation" or key == definition.keeper:
            yield Mistake(
                f"part {key}", "A `clause` is between institutions: only to another one does a tie rest on it."
            )
    for move in definition.moves:
        place, rests = f"move {move.key}", any(tie.clause for tie in move.ties)
        if rests and CLAUSE not in (*move.asks, *move.may_give):
            yield Mistake(place, 'Its tie rests on a clause, so `may_give` must name "clause": several may fit.')
        if not rests and CLAUSE in (*move.asks, *move.may_give):
            yield Mistake(place, 'It takes the input "clause", but none of its ties rests on one.')
        for tie in move.ties:
            if tie.part in resting and not tie.clause:
                yield Mistake(place, f"Another tie of “{tie.part}” rests on a `clause`, so this one must, too.")
    for rule in definition.deadlines:
        if rule.clause and not resting:
            yield Mistake(f"deadline {rule.key}", "It takes its length from a `clause`, but no tie rests on one.")
