"""Walks a definition: which moves there are from a state, and what a move does. Pure; writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from zajedno.procedures.logic.definition import END, Definition, MoveRule, Tie

NO_SUCH_MOVE, WRONG_STEP, WRONG_PART = "no_such_move", "wrong_step", "wrong_part"
MISSING_NEED, MISSING_ANSWER, NOT_JOINED = "missing_need", "missing_answer", "not_joined"
SAME_PERSON = "same_person"
REFUSALS = (NO_SUCH_MOVE, WRONG_STEP, WRONG_PART, SAME_PERSON, NOT_JOINED, MISSING_NEED, MISSING_ANSWER)


@dataclass(frozen=True, slots=True)
class State:
    """Where a case is, as one asker meets it.

    `beside`: steps that are gone through beside `step`. `parts`: the parts the asker plays in this case. `facts`: need
    name to whether (or how often) it holds; a name that is not there does not hold. `own`: moves whose latest
    making was the asker's.
    """

    step: str
    parts: frozenset[str] = frozenset()
    facts: Mapping[str, bool | int] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def standing(self, rule: MoveRule) -> str:
        """The step out of which the move would be made, the main one first; "" when it cannot be."""
        return next((one for one in (self.step, *sorted(self.beside)) if one in rule.from_steps), "")


@dataclass(frozen=True, slots=True)
class Offer:
    """A move out of a present step: is it the asker's to make, which needs are missing, which steps are not reached,
    and which moves that need other eyes the asker made."""

    move: MoveRule
    yours: bool
    missing: tuple[str, ...]
    waits_for: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.yours and not (self.missing or self.waits_for or self.own)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move does. Deadlines and letters by key, parts by key; clocks in `stops` may not be running."""

    move: str
    from_step: str
    to_step: str
    step: str  # the main step afterwards
    beside: tuple[str, ...]  # the steps beside it afterwards, by name
    stops: tuple[str, ...]  # to be stopped before `starts` are started: a clock in both begins anew
    starts: tuple[str, ...]
    pauses: tuple[str, ...]
    resumes: tuple[str, ...]
    renews: tuple[str, ...]  # needs whose earlier fulfilment counts no more
    letters: tuple[str, ...]
    notifies: tuple[str, ...]
    ties: tuple[Tie, ...]
    drops: tuple[Tie, ...]  # ties that this move ends, before it writes its own
    opens: str
    opens_at: str
    ended: str  # key of the end reached, or ""


class WalkRefused(Exception):
    """`code` is one of REFUSALS; `names`: missing needs or answers, parts that may make the move, steps not reached,
    own moves."""

    def __init__(self, code: str, move: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.move, self.names = code, move, names


def moves_from(definition: Definition, state: State) -> list[Offer]:
    """All moves out of the present steps in the order of the file, also those that are not (yet) the asker's."""
    return [
        Offer(
            move, not state.parts.isdisjoint(move.by), missing(move, state), not_joined(move, state), own(move, state)
        )
        for move in definition.moves
        if state.standing(move)
    ]


def missing(move: MoveRule, state: State) -> tuple[str, ...]:
    return tuple(need for need in move.needs if not state.facts.get(need))


def not_joined(move: MoveRule, state: State) -> tuple[str, ...]:
    return tuple(step for step in move.joins if step not in state.beside)


def own(move: MoveRule, state: State) -> tuple[str, ...]:
    """Moves of the asker that somebody else must look at: nobody approves what they asked for themselves."""
    return tuple(one for one in move.four_eyes if one in state.own)


def latest_of(definition: Definition, made: Iterable[tuple[str, int]], account: int) -> frozenset[str]:
    """Moves that want other eyes and were last made by an account; `made`: (move, account), the first first."""
    return frozenset(move for move, who in dict(made).items() if who == account and move in definition.watched)


def advance(definition: Definition, state: State, move: str, given: Collection[str] | None = None) -> Outcome:
    """What making `move` does; raises WalkRefused and decides nothing when it may not be made.

    `given` names the answers the person gave; with None they are not looked at.
    """
    rule = definition.move.get(move)
    if rule is None:
        raise WalkRefused(NO_SUCH_MOVE, move)
    if not state.standing(rule):
        raise WalkRefused(WRONG_STEP, move)
    if state.parts.isdisjoint(rule.by):
        raise WalkRefused(WRONG_PART, move, rule.by)
    if asked := own(rule, state):
        raise WalkRefused(SAME_PERSON, move, asked)
    if waits_for := not_joined(rule, state):
        raise WalkRefused(NOT_JOINED, move, waits_for)
    if lacking := missing(rule, state):
        raise WalkRefused(MISSING_NEED, move, lacking)
    if given is not None and (unanswered := tuple(ask for ask in rule.asks if ask not in given)):
        raise WalkRefused(MISSING_ANSWER, move, unanswered)
    return _outcome(definition, rule, state)


def _outcome(definition: Definition, rule: MoveRule, state: State) -> Outcome:
    here = state.standing(rule)
    there = rule.to_step or here
    step = there if here == state.step else state.step
    ended = definition.is_end(step)
    beside = state.beside if here == state.step else (state.beside - {here}) | {there}
    beside = frozenset() if ended else (beside | {*rule.forks}) - {*rule.joins, step}  # what comes back to it is done
    clocks = definition.deadlines
    return Outcome(
        move=rule.key,
        from_step=here,
        to_step=there,
        step=step,
        beside=tuple(sorted(beside)),
        stops=tuple(clock.key for clock in clocks if ended or rule.key in clock.stop),
        starts=tuple(clock.key for clock in clocks if not ended and rule.key in clock.start),
        pauses=tuple(clock.key for clock in clocks if not ended and rule.key in clock.pause),
        resumes=tuple(clock.key for clock in clocks if not ended and rule.key in clock.resume),
        renews=rule.renews,
        letters=rule.letters,
        notifies=rule.notifies,
        ties=rule.ties,
        drops=tuple(tie for tie in definition.all_ties() if rule.key in tie.until or (ended and END in tie.until)),
        opens=rule.opens,
        opens_at=rule.opens_at,
        ended=step if ended else "",
    )


def reachable(definition: Definition, start: str, *, joined: bool = True) -> set[str]:
    """Every step that some row of moves can lead to from `start`, itself included; without `joined`, up to a join."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for move in definition.moves:
            if here in move.from_steps or (joined and here in move.joins):
                on = {move.to_step, *move.forks} if move.to_step else {*move.from_steps, *move.forks}
                waiting += on - found
                found |= on
    return found
