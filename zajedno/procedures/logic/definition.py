"""What a procedure is: steps, parts people play, moves between steps, deadlines, letters, ends. Frozen and plain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

Labels = Mapping[str, str]

STEP_KINDS = ("start", "work", "wait", "end")
PART_KINDS = ("organisation", "post", "person")
GUARDIANS = ("all", "chosen")
UNITS = ("hours", "days", "office_days", "months")
ROLLS = ("none", "forward")
END = "end"  # in a tie's `until`: when the case ends
CLAUSES = ("needed", "if_any")  # in a tie: may it be written without a clause of an agreement in force?


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. `verified` is true only when somebody read it in the law itself."""

    law: str
    article: str
    url: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the procedure. A post is found by `role`, a person may be chosen among those who hold one.

    One organisation keeps the case; the others, and persons, join by an input `part:…` of a move or by the plan.
    """

    key: str
    labels: Labels
    kind: str  # one of PART_KINDS
    role: str  # role of the pack, for posts; for a person, "" for anybody
    of: str  # the part (an organisation) where the post is held; "" when it does not matter
    votes: bool
    keeps: bool  # the organisation in whose hands the case is
    planned: bool  # played by every institution that the support plan makes responsible
    kinds: tuple[str, ...]  # of organisations that may be chosen for it; none for any
    hint: Labels  # what to know when choosing somebody; may be empty
    guardians: str  # one of GUARDIANS: who represents the child plays it, all of them or who is chosen; "" nobody


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in the deciding body: who sits there comes from which sector, and may a deputy come."""

    key: str
    labels: Labels
    part: str
    sector: str  # "" for any
    deputies: bool


@dataclass(frozen=True, slots=True)
class Composition:
    """The body that decides: its seats and how many must sit together."""

    seats: tuple[Seat, ...]
    quorum: int
    source: Source


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    labels: Labels
    kind: str  # one of STEP_KINDS
    hint: Labels


@dataclass(frozen=True, slots=True)
class Tie:
    """These fields of the child are opened to a part, until one of the moves in `until` is made.

    `END` among them means the end of the case; none at all means that the tie outlasts it (until its time of keeping).
    With `clause` it rests on a clause of an agreement between who gives and who receives, which may narrow it.
    """

    part: str
    fields: tuple[str, ...]
    until: tuple[str, ...]
    clause: str = ""  # one of CLAUSES, or ""


@dataclass(frozen=True, slots=True)
class Opening:
    """Who may begin a case, and what is tied at once.

    `submits`: the move that hands in a family's written request, where the procedure begins with one; it may be changed
    `while_in` these steps.
    """

    by: tuple[str, ...]
    ties: tuple[Tie, ...]
    submits: str
    while_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveRule:
    """One possible move. `to_step` empty means that the case stays where it is.

    Steps may be gone through beside each other: `forks` begins some, `joins` waits for some and ends them.
    """

    key: str
    labels: Labels
    hint: Labels
    from_steps: tuple[str, ...]
    to_step: str
    by: tuple[str, ...]
    needs: tuple[str, ...]
    fulfils: tuple[str, ...]  # needs that hold because this move was made, until a later move renews them
    renews: tuple[str, ...]  # needs that must be fulfilled anew after this move: what was there before counts no more
    asks: tuple[str, ...]  # must be given
    may_give: tuple[str, ...]  # may be given
    four_eyes: tuple[str, ...]  # moves: whoever made the latest of one may not make this
    letters: tuple[str, ...]
    notifies: tuple[str, ...]
    ties: tuple[Tie, ...]
    forks: tuple[str, ...]
    joins: tuple[str, ...]
    opens: str  # key of the procedure of which a linked case begins; "" for none
    opens_at: str  # the part (an organisation) that keeps the linked case; "" for the one that keeps this

    @property
    def steps(self) -> tuple[str, ...]:
        """Every step that it names."""
        return tuple(one for one in (*self.from_steps, self.to_step, *self.forks, *self.joins) if one)


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A clock: which moves start, stop, pause and resume it, and how long it runs."""

    key: str
    labels: Labels
    start: tuple[str, ...]
    stop: tuple[str, ...]
    pause: tuple[str, ...]
    resume: tuple[str, ...]
    length: int  # 0 days: by the end of the same day
    unit: str  # one of UNITS; hours run day and night, from the moment that was told
    calendar: str  # key of a calendar of the country; "" for that of the place where it runs
    roll: str  # one of ROLLS: does a last day that is no office day move on to the next one
    remind_before: tuple[int, ...]  # calendar days before the due day
    missed: tuple[str, ...]  # parts that are told
    source: Source
    clause: bool = False  # a clause on which the case rests may give it another length


@dataclass(frozen=True, slots=True)
class Letter:
    key: str
    labels: Labels
    template: str  # file in `letters/` of the pack, without its ending
    to: tuple[str, ...]
    sender: str = ""  # the part (an organisation) that writes it; "" for the one that keeps the case
    languages: tuple[str, ...] = ()  # and scripts that a move issues it in; none: that of the one that keeps the case


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """A legal group of measures, such as realised on the opinion or recommended."""

    key: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Queue:
    """Work of one kind at the desk of who keeps the cases: those in which one of `moves` can be made."""

    key: str
    labels: Labels
    moves: tuple[str, ...]
    by: tuple[str, ...]  # parts for whom it waits; none: those who may make the moves
    steps: tuple[str, ...]  # only in these; none: wherever the moves begin
    deadline: str  # only when this one is near or past; "" always


@dataclass(frozen=True, slots=True)
class StoryMove:
    """One line of a story: somebody tries a move on a day; what must come of it."""

    move: str
    by: str
    who: str  # which person of the part; "" for one who stands in no other line
    on: date | None
    facts: tuple[str, ...]  # needs that hold from here on
    lost: tuple[str, ...]  # needs that no longer hold
    step: str  # where the case is afterwards; "" when not said
    beside: tuple[str, ...] | None  # exactly these steps are gone through beside it afterwards; None when not said
    clocks: tuple[str, ...] | None  # exactly these run afterwards; None when not said
    refused: str  # the code of the refusal; "" when the move must succeed


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    moves: tuple[StoryMove, ...]
    ends: str  # the end reached; "" when the story stops before one


@dataclass(frozen=True)
class Definition:
    key: str
    country: str  # code of the country, such as RS; "" for any
    within: tuple[str, ...]  # codes of territories: only institutions there keep or begin it; none for anywhere
    series: Labels  # what stands before the registry number, as in IRK-009/2026; may be empty
    labels: Labels
    languages: tuple[str, ...]
    purpose: str  # "" where no tie is opened, because it is about no child
    source: Source
    opening: Opening
    parts: tuple[Part, ...]
    composition: Composition | None
    steps: tuple[Step, ...]
    moves: tuple[MoveRule, ...]
    deadlines: tuple[DeadlineRule, ...]
    letters: tuple[Letter, ...]
    measure_groups: tuple[MeasureGroup, ...]
    queues: tuple[Queue, ...]
    stories: tuple[Story, ...]
    overridable: tuple[str, ...] = ()  # needs that somebody authorised may set aside, saying why

    @cached_property
    def step(self) -> Mapping[str, Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def move(self) -> Mapping[str, MoveRule]:
        return {move.key: move for move in self.moves}

    @cached_property
    def part(self) -> Mapping[str, Part]:
        return {part.key: part for part in self.parts}

    @cached_property
    def deadline(self) -> Mapping[str, DeadlineRule]:
        return {rule.key: rule for rule in self.deadlines}

    @cached_property
    def letter(self) -> Mapping[str, Letter]:
        return {letter.key: letter for letter in self.letters}

    @cached_property
    def watched(self) -> frozenset[str]:
        """Moves that somebody else must look at before a later one."""
        return frozenset(one for move in self.moves for one in move.four_eyes)

    def all_ties(self) -> tuple[Tie, ...]:
        return (*self.opening.ties, *(tie for move in self.moves for tie in move.ties))

    @cached_property
    def keeper(self) -> str:
        """Key of the part whose organisation keeps the case; "" where none is named."""
        return next((part.key for part in self.parts if part.keeps), "")

    @cached_property
    def opener(self) -> str:
        """Key of the part of an institution that begins a case which another keeps; "" where only the keeper can."""
        others = (key for key in self.opening.by if self.part[key].kind == "organisation" and key != self.keeper)
        return next(others, "")

    @cached_property
    def family(self) -> frozenset[str]:
        """Keys of the parts that parents play. Without one of them the family does not learn of the case."""
        return frozenset(part.key for part in self.parts if part.guardians)

    @property
    def first(self) -> str:
        """Key of the step in which a case begins."""
        return next((step.key for step in self.steps if step.kind == "start"), "")

    def is_end(self, step: str) -> bool:
        return step in self.step and self.step[step].kind == "end"

    def sources(self) -> list[tuple[str, Source]]:
        """Every rule that rests on a law, as (place, source): what is unverified is shown from this."""
        listed = [("", self.source), *((f"deadline {rule.key}", rule.source) for rule in self.deadlines)]
        return [*listed, ("composition", self.composition.source)] if self.composition else listed
