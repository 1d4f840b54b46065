"""From the tables of a TOML file to a definition. Mistakes of form are collected; those of meaning are in `check`."""

from collections.abc import Mapping
from typing import Any

from zajedno.procedures.logic.definition import (
    CLAUSES,
    GUARDIANS,
    PART_KINDS,
    ROLLS,
    STEP_KINDS,
    UNITS,
    Composition,
    DeadlineRule,
    Definition,
    Letter,
    MeasureGroup,
    MoveRule,
    Opening,
    Part,
    Queue,
    Seat,
    Source,
    Step,
    Story,
    StoryMove,
    Tie,
)
from zajedno.procedures.logic.reading import Mistake, Reader, known_languages, read_toml, unique

EVERYWHERE = "*"  # from every step that is no end, except those named in `except`


def parse_text(text: str) -> tuple[Definition | None, list[Mistake]]:
    """A definition from TOML text, with all mistakes; None when the text is no TOML."""
    tables, mistakes = read_toml(text)
    if mistakes:
        return None, mistakes
    return parse(tables)


def parse(content: Mapping[str, Any]) -> tuple[Definition, list[Mistake]]:
    """A definition from tables (of a file, or of a stored version), with all mistakes of form."""
    mistakes: list[Mistake] = []
    reader = Reader(content, "", mistakes)
    languages = known_languages(reader)
    steps = tuple(_step(one) for one in reader.each("step"))
    definition = Definition(
        key=reader.key(),
        country=reader.text("country", ""),
        within=reader.words("within"),
        series=reader.labels("series", needed=False),
        labels=reader.labels(),
        languages=languages,
        purpose=reader.key("purpose") if "purpose" in content else "",
        source=_source(reader.one("source")),
        opening=_opening(reader.one("opening")),
        parts=tuple(_part(one) for one in reader.each("part")),
        composition=_composition(reader.one("composition")) if "composition" in content else None,
        steps=steps,
        moves=tuple(_move(one, steps) for one in reader.each("move")),
        deadlines=tuple(_deadline(one) for one in reader.each("deadline")),
        letters=tuple(_letter(one) for one in reader.each("letter")),
        measure_groups=tuple(_group(one) for one in reader.each("measure_group")),
        queues=tuple(_queue(one) for one in reader.each("queue")),
        stories=tuple(_story(one) for one in reader.each("story")),
        overridable=reader.words("overridable"),
    )
    reader.done()
    _complain_of_twins(definition, mistakes)
    return definition, mistakes


def _complain_of_twins(definition: Definition, mistakes: list[Mistake]) -> None:
    for what, keys in (
        ("parts", [one.key for one in definition.parts]),
        ("steps", [one.key for one in definition.steps]),
        ("moves", [one.key for one in definition.moves]),
        ("deadlines", [one.key for one in definition.deadlines]),
        ("letters", [one.key for one in definition.letters]),
        ("measure groups", [one.key for one in definition.measure_groups]),
        ("queues", [one.key for one in definition.queues]),
        ("stories", [one.name for one in definition.stories]),
    ):
        unique(keys, what, "", mistakes)


def read_source(reader: Reader) -> Source:
    """The source of a rule. `verified` must be said, and what is not verified must say in `note` what is unsure."""
    source = Source(
        law=reader.text("law"),
        article=reader.text("article", ""),
        url=reader.text("url", ""),
        verified=reader.flag("verified"),
        note=reader.text("note", ""),
    )
    if not source.verified and not source.note:
        reader.complain("It is not verified, so `note` must say what is unsure.")
    reader.done()
    return source


def _source(reader: Reader) -> Source:
    if not reader.table:
        reader.complain("A source is missing: name the law and say whether it was verified.")
        return Source("", "", "", False, "")
    return read_source(reader)


def _opening(reader: Reader) -> Opening:
    opening = Opening(
        by=reader.words("by"),
        ties=tuple(_tie(one) for one in reader.each("tie")),
        submits=reader.text("submits", ""),
        while_in=reader.words("while_in"),
    )
    if not opening.by:
        reader.complain("`by` names nobody, so no case can begin.")
    reader.done()
    return opening


def _part(reader: Reader) -> Part:
    part = Part(
        key=reader.key(),
        labels=reader.labels(),
        kind=reader.choice("kind", PART_KINDS),
        role=reader.text("role", ""),
        of=reader.text("of", ""),
        votes=reader.flag("votes", False),
        keeps=reader.flag("keeps", False),
        planned=reader.flag("planned", False),
        kinds=reader.words("kinds"),
        hint=reader.labels("hint", needed=False),
        guardians=reader.choice("guardians", GUARDIANS, ""),
    )
    if part.guardians and part.kind != "person":
        reader.complain("`guardians` is said of a person.")
    if part.kind == "post" and not part.role:
        reader.complain("A part held by post needs the `role` of that post.")
    if part.kind != "organisation" and (part.keeps or part.planned or part.kinds):
        reader.complain("`keeps`, `planned` and `kinds` are said of an organisation.")
    reader.done()
    return part


def _composition(reader: Reader) -> Composition:
    composition = Composition(
        seats=tuple(_seat(one) for one in reader.each("seat")),
        quorum=reader.number("quorum", least=1),
        source=_source(reader.one("source")),
    )
    reader.done()
    return composition


def _seat(reader: Reader) -> Seat:
    seat = Seat(
        key=reader.key(),
        labels=reader.labels(),
        part=reader.text("part"),
        sector=reader.text("sector", ""),
        deputies=reader.flag("deputies", False),
    )
    reader.done()
    return seat


def _step(reader: Reader) -> Step:
    step = Step(
        key=reader.key(),
        labels=reader.labels(),
        kind=reader.choice("kind", STEP_KINDS),
        hint=reader.labels("hint"),
    )
    reader.done()
    return step


def _move(reader: Reader, steps: tuple[Step, ...]) -> MoveRule:
    move = MoveRule(
        key=reader.key(),
        labels=reader.labels(),
        hint=reader.labels("hint"),
        from_steps=_from(reader, steps),
        to_step=reader.text("to", ""),
        by=reader.words("by"),
        needs=reader.words("needs"),
        fulfils=reader.words("fulfils"),
        renews=reader.words("renews"),
        asks=reader.words("asks"),
        may_give=reader.words("may_give"),
        four_eyes=reader.words("four_eyes"),
        letters=reader.words("letters"),
        notifies=reader.words("notifies"),
        ties=tuple(_tie(one) for one in reader.each("tie")),
        forks=reader.words("forks"),
        joins=reader.words("joins"),
        opens=reader.text("opens", ""),
        opens_at=reader.text("opens_at", ""),
    )
    reader.done()
    return move


def _from(reader: Reader, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The steps of a move, with "everywhere" written out."""
    named, excepted = reader.words("from"), reader.words("except")
    if named != (EVERYWHERE,):
        if excepted:
            reader.complain('`except` has a meaning only beside from = ["*"].')
        return named
    keys = [step.key for step in steps]
    for key in excepted:
        if key not in keys:
            reader.complain(f"`except` names the step “{key}”, which is not there.")
    return tuple(step.key for step in steps if step.kind != "end" and step.key not in excepted)


def _tie(reader: Reader) -> Tie:
    clause = reader.choice("clause", CLAUSES, "")
    tie = Tie(reader.text("part"), reader.words("fields"), reader.words("until"), clause)
    if not tie.fields:
        reader.complain("A tie must name the fields that it opens.")
    reader.done()
    return tie


def _deadline(reader: Reader) -> DeadlineRule:
    rule = DeadlineRule(
        key=reader.key(),
        labels=reader.labels(),
        start=reader.words("start"),
        stop=reader.words("stop"),
        pause=reader.words("pause"),
        resume=reader.words("resume"),
        length=reader.number("length"),
        unit=reader.choice("unit", UNITS),
        calendar=reader.text("calendar", ""),
        roll=reader.choice("roll", ROLLS, "none"),
        remind_before=reader.numbers("remind_before"),
        missed=reader.words("missed"),
        source=_source(reader.one("source")),
        clause=reader.flag("clause", False),
    )
    reader.done()
    return rule


def _letter(reader: Reader) -> Letter:
    key = reader.key()
    labels, template, to = reader.labels(), reader.text("template", key), reader.words("to")
    letter = Letter(key, labels, template, to, reader.text("from", ""), reader.words("languages"))
    reader.done()
    return letter


def _group(reader: Reader) -> MeasureGroup:
    group = MeasureGroup(reader.key(), reader.labels())
    reader.done()
    return group


def _queue(reader: Reader) -> Queue:
    queue = Queue(
        key=reader.key(),
        labels=reader.labels(),
        moves=reader.words("moves"),
        by=reader.words("by"),
        steps=reader.words("steps"),
        deadline=reader.text("deadline", ""),
    )
    reader.done()
    return queue


def _story(reader: Reader) -> Story:
    story = Story(
        name=reader.text("name"),
        moves=tuple(_story_move(one) for one in reader.each("move")),
        ends=reader.text("ends", ""),
    )
    reader.done()
    return story


def _story_move(reader: Reader) -> StoryMove:
    move = StoryMove(
        move=reader.text("move"),
        by=reader.text("by"),
        who=reader.text("who", ""),
        on=reader.day("on"),
        facts=reader.words("facts"),
        lost=reader.words("lost"),
        step=reader.text("step", ""),
        beside=reader.words("beside") if "beside" in reader.table else None,
        clocks=reader.words("clocks") if "clocks" in reader.table else None,
        refused=reader.text("refused", ""),
    )
    reader.done()
    return move
