"""Explains what is wrong with a definition, in sentences for the person who wrote it: all of it, not only the first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from zajedno.procedures.logic.check_clause import check_clauses
from zajedno.procedures.logic.check_players import check_players
from zajedno.procedures.logic.definition import END, DeadlineRule, Definition, MoveRule, Tie
from zajedno.procedures.logic.needs import ASKS, NEEDS, OF_KEYS, named
from zajedno.procedures.logic.parse import parse_text
from zajedno.procedures.logic.reading import Mistake, near
from zajedno.procedures.logic.story import tell, told, unknown_refusals
from zajedno.procedures.logic.walk import REFUSALS, reachable

DAYS_IN = {"hours": 1 / 24, "days": 1.0, "office_days": 1.0, "months": 28.0}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the pack offers by key; None means that it is not known and so not checked."""

    roles: Collection[str] | None = None
    purposes: Collection[str] | None = None
    fields: Collection[str] | None = None
    letters: Collection[str] | None = None
    forms: Collection[str] | None = None
    kinds: Collection[str] | None = None  # of organisations
    procedures: Collection[str] | None = None
    keepers: Mapping[str, Collection[str]] = field(default_factory=dict)  # kinds that keep a procedure, where it says
    calendars: Collection[str] | None = None
    territories: Collection[str] | None = None  # by code


def check_text(text: str, around: Surroundings = Surroundings()) -> list[Mistake]:
    """Every mistake in the text of a procedure."""
    definition, mistakes = parse_text(text)
    return mistakes + check(definition, around) if definition else mistakes


def check(definition: Definition, around: Surroundings = Surroundings()) -> list[Mistake]:
    """Every mistake of meaning in a definition that could be read."""
    mistakes = [
        *_names(definition, around),
        *_steps(definition),
        *(mistake for move in definition.moves for mistake in _move(definition, move, around)),
        *(mistake for rule in definition.deadlines for mistake in _deadline(definition, rule, around)),
        *_letters(definition, around),
        *_composition(definition),
        *_queues(definition),
        *check_clauses(definition),
        *check_players(definition, around.keepers),
    ]
    return mistakes + ([] if mistakes else list(_stories(definition)))


def _unknown(place: str, what: str, names: Collection[str], known: Collection[str] | None) -> Iterator[Mistake]:
    """A complaint for each name that is not known; `known` None checks nothing."""
    for name in names:
        if known is not None and name and name not in known:
            yield Mistake(place, f"The {what} “{name}” is not known{near(name, sorted(known))}")


def _names(definition: Definition, around: Surroundings) -> Iterator[Mistake]:
    if definition.all_ties() and not definition.purpose:
        yield Mistake("", "It opens fields of a child, so it must name its `purpose`.")
    yield from _unknown("", "purpose", [definition.purpose], around.purposes)
    yield from _unknown("", "territory in `within`", definition.within, around.territories)
    yield from _unknown("opening", "part", definition.opening.by, definition.part)
    yield from _unknown("opening", "move in `submits`", [definition.opening.submits], definition.move)
    yield from _unknown("opening", "step in `while_in`", definition.opening.while_in, definition.step)
    yield from _ties(definition, "opening", definition.opening.ties, around)
    yield from _needs(definition, "overridable", definition.overridable, around)
    keepers = [part.key for part in definition.parts if part.keeps]
    if len(keepers) != 1:
        yield Mistake("", f"Exactly one part must have `keeps = true`: who keeps the case; {len(keepers)} have.")
    for part in definition.parts:
        place = f"part {part.key}"
        yield from _unknown(place, "role", [part.role], around.roles)
        yield from _unknown(place, "part", [part.of], definition.part)
        yield from _unknown(place, "kind of organisation", part.kinds, around.kinds)
        if part.of in definition.part and definition.part[part.of].kind != "organisation":
            yield Mistake(place, f"It belongs to “{part.of}”, which is no organisation.")


def _steps(definition: Definition) -> Iterator[Mistake]:
    starts = [step.key for step in definition.steps if step.kind == "start"]
    ends = [step.key for step in definition.steps if step.kind == "end"]
    if len(starts) != 1:
        yield Mistake("", f"There must be exactly one step of the kind “start”; there are {len(starts)}.")
    if not ends:
        yield Mistake("", "No step is of the kind “end”, so a case would never end.")
    if {name for move in definition.moves for name in move.steps} - set(definition.step):
        return  # a name that is written wrongly breaks every row of moves through it
    found = reachable(definition, definition.first)
    for step in definition.steps:
        place = f"step {step.key}"
        if step.key not in found:
            yield Mistake(place, "No row of moves leads here from the start.")
        onward = reachable(definition, step.key)
        if step.kind != "end" and onward == {step.key}:
            yield Mistake(place, "This is a dead end: no move leads on, and it is not of the kind “end”.")
        elif step.kind != "end" and onward.isdisjoint(ends):
            yield Mistake(place, "From here no end can be reached.")


def _move(definition: Definition, move: MoveRule, around: Surroundings) -> Iterator[Mistake]:
    place = f"move {move.key}"
    yield from _unknown(place, "step", move.steps, definition.step)
    yield from _unknown(place, "part", [*move.by, *move.notifies], definition.part)
    yield from _needs(definition, place, [*move.needs, *move.fulfils, *move.renews], around)
    yield from _inputs(definition, place, [*move.asks, *move.may_give])
    yield from _unknown(place, "letter", move.letters, definition.letter)
    yield from _unknown(place, "procedure", [move.opens], around.procedures)
    yield from _unknown(place, "part in `opens_at`", [move.opens_at], definition.part)
    yield from _unknown(place, "move in `four_eyes`", move.four_eyes, definition.move)
    if not move.from_steps:
        yield Mistake(place, "`from` names no step, so the move can never be made.")
    if not move.by:
        yield Mistake(place, "`by` names nobody, so the move can never be made.")
    for step in move.from_steps:
        if definition.is_end(step):
            yield Mistake(place, f"It begins in “{step}”, which is an end.")
    for step in move.forks:
        if step in definition.step and definition.step[step].kind in ("start", "end"):
            yield Mistake(place, f"`forks` names “{step}”; a start or an end stands beside no other step.")
    forked = {
        one for other in definition.moves for fork in other.forks for one in reachable(definition, fork, joined=False)
    }
    for step in move.joins:
        if step in definition.step and step not in forked:
            yield Mistake(place, f"Nothing beside it leads to “{step}”, so the move could never be made.")
    for ask in sorted(set(move.asks) & set(move.may_give)):
        yield Mistake(place, f"“{ask}” is both asked for and optional.")
    yield from _ties(definition, place, move.ties, around)


def _needs(definition: Definition, place: str, names: Collection[str], around: Surroundings) -> Iterator[Mistake]:
    known = {
        "move": definition.move, "part": definition.part, "form": around.forms, "linked": around.procedures,
        "over": definition.deadline,
    }  # fmt: skip
    for kind, key in map(named, names):
        if not kind:
            yield from _unknown(place, "need", [key], NEEDS)
        elif kind not in OF_KEYS:
            yield Mistake(place, f"A need may begin with {', '.join(OF_KEYS)}; “{kind}:{key}” does not.")
        else:
            what = {"linked": "procedure", "over": "deadline"}.get(kind, kind)
            yield from _unknown(place, f"{what} in a need", [key], known[kind])


def _inputs(definition: Definition, place: str, names: Collection[str]) -> Iterator[Mistake]:
    for kind, key in map(named, names):
        if not kind:
            yield from _unknown(place, "input", [key], ASKS)
        elif kind != "part":
            yield Mistake(place, f"An input that names something begins with part; “{kind}:{key}” does not.")
        elif key in definition.part and definition.part[key].kind == "post":
            yield Mistake(place, f"“{key}” is held by post, so nobody can be chosen for it.")
        else:
            yield from _unknown(place, "part in an input", [key], definition.part)


def _ties(definition: Definition, place: str, ties: tuple[Tie, ...], around: Surroundings) -> Iterator[Mistake]:
    for tie in ties:
        yield from _unknown(place, "part of a tie", [tie.part], definition.part)
        yield from _unknown(place, "field", tie.fields, around.fields)
        yield from _unknown(place, "move that ends a tie", tie.until, [END, *definition.move])


def _deadline(definition: Definition, rule: DeadlineRule, around: Surroundings) -> Iterator[Mistake]:
    place = f"deadline {rule.key}"
    yield from _unknown(place, "calendar", [rule.calendar], around.calendars)
    for name, moves in (("start", rule.start), ("stop", rule.stop), ("pause", rule.pause), ("resume", rule.resume)):
        yield from _unknown(place, f"move in `{name}`", moves, definition.move)
    yield from _unknown(place, "part", rule.missed, definition.part)
    if not rule.start or not rule.stop:
        yield Mistake(place, "A deadline needs at least one move in `start` and one in `stop`.")
    if bool(rule.pause) != bool(rule.resume):
        yield Mistake(place, "Where a move pauses the deadline, another must resume it.")
    if not rule.missed:
        yield Mistake(place, "`missed` names nobody, so nobody would learn that it was missed.")
    if rule.unit == "hours" and not rule.length:
        yield Mistake(place, 'Some hours must be given; for the same day write `length = 0` and `unit = "days"`.')
    for days in rule.remind_before:
        if days and days >= rule.length * DAYS_IN.get(rule.unit, 1.0):
            yield Mistake(place, f"A reminder {days} days before would come before the deadline starts.")


def _letters(definition: Definition, around: Surroundings) -> Iterator[Mistake]:
    sent = {letter for move in definition.moves for letter in move.letters}
    organisations = [part.key for part in definition.parts if part.kind == "organisation"]
    languages = [*definition.languages, *(["sr-latn"] if "sr" in definition.languages else [])]
    for letter in definition.letters:
        place = f"letter {letter.key}"
        yield from _unknown(place, "part", letter.to, definition.part)
        yield from _unknown(place, "organisation in `from`", [letter.sender], organisations)
        yield from _unknown(place, "language", letter.languages, languages)
        yield from _unknown(place, "letter template", [letter.template], around.letters)
        if letter.key not in sent:
            yield Mistake(place, "No move sends this letter.")


def _composition(definition: Definition) -> Iterator[Mistake]:
    body = definition.composition
    if body is None:
        if any("quorum" in move.needs for move in definition.moves):
            yield Mistake("composition", "A move needs a quorum, but no composition says how many that is.")
        return
    yield from _unknown("composition", "part", [seat.part for seat in body.seats], definition.part)
    if body.quorum > len(body.seats):
        yield Mistake("composition", f"The quorum is {body.quorum}, but there are only {len(body.seats)} seats.")


def _queues(definition: Definition) -> Iterator[Mistake]:
    for queue in definition.queues:
        place = f"queue {queue.key}"
        yield from _unknown(place, "move", queue.moves, definition.move)
        yield from _unknown(place, "part", queue.by, definition.part)
        yield from _unknown(place, "step", queue.steps, definition.step)
        yield from _unknown(place, "deadline", [queue.deadline], definition.deadline)
        if not queue.moves:
            yield Mistake(place, "`moves` names no move, so nothing would ever wait here.")


def _stories(definition: Definition) -> Iterator[Mistake]:
    """Only for a definition without other mistakes: a story on a broken map confuses."""
    for story in definition.stories:
        place = f"story {story.name}"
        unknown = unknown_refusals(story)
        for code in unknown:
            yield Mistake(place, f"The refusal “{code}” is not known; it may be {', '.join(REFUSALS)}.")
        yield from _unknown(place, "part", [line.by for line in story.moves], definition.part)
        yield from _needs(definition, place, [fact for line in story.moves for fact in line.facts], Surroundings())
        yield from [] if unknown else tell(definition, story)
    moves, ends = told(definition)
    for move in definition.moves:
        if move.key not in moves:
            yield Mistake(f"move {move.key}", "No story makes this move.")
    for step in definition.steps:
        if step.kind == "end" and step.key not in ends:
            yield Mistake(f"step {step.key}", "No story reaches this end.")
