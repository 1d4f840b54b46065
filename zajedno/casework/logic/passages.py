"""The passages of a country's pack, `passages.toml`: from where to where, when, and whose case is the plan."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from zajedno.procedures.logic.definition import Source
from zajedno.procedures.logic.parse import read_source
from zajedno.procedures.logic.reading import Mistake, Reader, known_languages, near, read_toml, unique

HOME = "home"  # beside the kinds of institutions: enrolled nowhere that is known of
Age = tuple[int, int]  # completed years and months
YearDay = tuple[int, int]  # month and day


@dataclass(frozen=True, slots=True)
class Plan:
    """The procedure whose case is the plan. `receiver`: the part of who receives; `accepted`: steps in which it has
    accepted; `done`: steps after the passage."""

    procedure: str
    receiver: str
    accepted: frozenset[str]
    done: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage. `origins`, `to`: kinds of institutions; `at`: the day of the year on which it happens, None where no
    day of the year tells; `begin`: months before, when the plan should begin; `move`: by which a case is of it."""

    key: str
    labels: Mapping[str, str]
    source: Source
    origins: frozenset[str]
    to: frozenset[str]
    at: YearDay | None
    reached: YearDay | None
    age: Age | None
    before: Age | None
    classes: frozenset[int]
    perhaps: frozenset[int]
    begin: int
    plan: str
    move: str


@dataclass(frozen=True)
class Passages:
    """All of a country, in the order of its file."""

    plans: Mapping[str, Plan] = field(default_factory=dict)
    every: tuple[Passage, ...] = ()

    @cached_property
    def moves(self) -> dict[tuple[str, str], Passage]:
        """By procedure and move."""
        return {(one.plan, one.move): one for one in self.every if one.move}


def load_passages(pack: Path) -> Passages:
    """Of the pack in a folder; none where it has no such file. Raises tomllib.TOMLDecodeError."""
    path = pack / "passages.toml"
    return parse_passages(tomllib.loads(path.read_text(encoding="utf-8")))[0] if path.is_file() else Passages()


def parse_passages(content: Mapping[str, Any]) -> tuple[Passages, list[Mistake]]:
    """What the file says, with every mistake in it."""
    reader = Reader(content, "", [])
    known_languages(reader)
    plans = [_plan(one) for one in reader.each("plan")]
    every = tuple(_passage(one) for one in reader.each("passage"))
    reader.done()
    unique([one.procedure for one in plans], "plans", "", reader.mistakes)
    unique([one.key for one in every], "passages", "", reader.mistakes)
    return Passages({one.procedure: one for one in plans}, every), reader.mistakes


def check_passages(text: str, kinds: Collection[str], procedures: Mapping[str, Mapping[str, Any]]) -> list[Mistake]:
    """Every mistake in the text of a file, with what it names outside: kinds of institutions, and `procedures` by key
    (the tables of their files; empty for what lies in another pack)."""
    content, mistakes = read_toml(text)
    if mistakes:
        return mistakes
    passages, mistakes = parse_passages(content)
    for plan in passages.plans.values():
        mistakes += _check_plan(plan, procedures)
    for one in passages.every:
        place = f"passage {one.key}"
        mistakes += _unknown(place, "kind of institution", one.origins | one.to, {*kinds, HOME})
        if one.plan:
            mistakes += _unknown(place, "plan", [one.plan], passages.plans)
        if one.move and (table := procedures.get(one.plan)):
            mistakes += _unknown(place, f"move of “{one.plan}”", [one.move], _keys(table, "move"))
    return mistakes


def _plan(reader: Reader) -> Plan:
    accepted, done = reader.words("accepted"), reader.words("done")
    plan = Plan(reader.text("procedure"), reader.text("receiver", ""), frozenset(accepted), frozenset(done))
    reader.done()
    return plan


def _passage(reader: Reader) -> Passage:
    at = _year_day(reader, "at")
    passage = Passage(
        key=reader.key(), labels=reader.labels(), source=read_source(reader.one("source")),
        origins=frozenset(reader.words("from")), to=frozenset(reader.words("to")),
        at=at, reached=_year_day(reader, "reached") or at, age=_age(reader, "age"), before=_age(reader, "before"),
        classes=frozenset(reader.numbers("classes")), perhaps=frozenset(reader.numbers("perhaps")),
        begin=reader.number("begin", 0), plan=reader.text("plan", ""), move=reader.text("move", ""),
    )  # fmt: skip
    dated = passage.age or passage.classes
    if bool(at) != bool(dated):
        reader.complain("`at` and who is meant (`age`, `classes`) go together: give both or neither.")
    if passage.perhaps and not passage.classes:
        reader.complain("`perhaps` adds to `classes`, which is missing.")
    if passage.before and not (passage.age and passage.before > passage.age):
        reader.complain("`before` must be a later age than `age`.")
    if passage.move and not passage.plan:
        reader.complain("`move` is of a plan: name the procedure in `plan`.")
    reader.done()
    return passage


def _year_day(reader: Reader, name: str) -> YearDay | None:
    text = reader.text(name, "")
    try:
        day = date.fromisoformat(f"2001-{text}") if text else None  # no leap year: the day is there in each
    except ValueError:
        reader.complain(f"`{name}` is “{text}”; a day of the year is written as month-day, such as 09-01.")
        return None
    return (day.month, day.day) if day else None


def _age(reader: Reader, name: str) -> Age | None:
    found = reader.numbers(name)
    if not found:
        return None
    if len(found) != 2 or found[1] > 11:
        reader.complain(f"`{name}` must be years and months, such as [6, 6].")
        return None
    return (found[0], found[1])


def _check_plan(plan: Plan, procedures: Mapping[str, Mapping[str, Any]]) -> Iterator[Mistake]:
    place = f"plan {plan.procedure}"
    yield from _unknown(place, "procedure", [plan.procedure], procedures)
    if table := procedures.get(plan.procedure):
        yield from _unknown(place, "part", [plan.receiver] if plan.receiver else [], _keys(table, "part"))
        yield from _unknown(place, "step", plan.accepted | plan.done, _keys(table, "step"))


def _keys(table: Mapping[str, Any], name: str) -> set[str]:
    rows = table.get(name, [])
    return {str(row.get("key")) for row in rows if isinstance(row, dict)} if isinstance(rows, list) else set()


def _unknown(place: str, what: str, named: Collection[str], known: Collection[str]) -> Iterator[Mistake]:
    for one in sorted(set(named) - set(known)):
        yield Mistake(place, f"The {what} “{one}” is not known{near(one, sorted(known))}")
