"""What may stand in a framework of results of a pack (`frames/<key>.toml`)."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from zajedno.procedures.logic.reading import Mistake, Reader, file_reader, unique

LEVELS = ("impact", "outcome", "output", "activity")


def check(text: str, *, key: str, territories: Collection[str] | None, marks: Collection[str] | None) -> list[Mistake]:
    """Every mistake in the file; none means that it may be loaded. `marks`: of places in `territories.csv`."""
    reader = file_reader(text, key)
    if reader.mistakes:
        return reader.mistakes
    reader.labels("titles")
    reader.labels("about")
    reader.flag("public", False)
    _source(reader)
    phases = [_phase(one, territories, marks) for one in reader.each("phase")]
    levels = {str(one.get("key")): str(one.get("level")) for one in _tables(reader, "result")}
    results = [_result(one, levels) for one in reader.each("result")]
    for name in ("target", "reading"):
        for one in reader.each(name):
            _number(one, name, results, phases, territories)
    for one in reader.each("lesson"):
        one.labels("texts")
        _where(one, phases, territories)
        _source(one)
        one.done()
    for keys, what in ((phases, "phases"), (results, "results")):
        unique(keys, what, "", reader.mistakes)
    reader.done()
    return reader.mistakes


def _tables(reader: Reader, name: str) -> Sequence[Mapping[str, Any]]:
    found = reader.table.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _source(reader: Reader) -> None:
    """Where it was read, and whether somebody read it there."""
    source = reader.one("source")
    source.text("text")
    source.flag("verified")
    source.text("note", "")
    source.done()


def _phase(one: Reader, territories: Collection[str] | None, marks: Collection[str] | None) -> str:
    key = one.key()
    one.labels("titles")
    if one.number("ends", least=1990) < one.number("begins", least=1990):
        one.complain("`ends` lies before `begins`.")
    where = one.text("where", "-")
    if where != "-" and marks is not None and where not in marks:
        one.complain(f"No place in places/territories.csv has the mark “{where}”.")
    for code in one.words("places"):
        _known(one, code, territories)
    _source(one)
    one.done()
    return key


def _result(one: Reader, levels: Mapping[str, str]) -> str:
    key, level = one.key(), one.choice("level", LEVELS)
    one.labels("titles")
    under = one.text("under", "-")
    above = LEVELS[LEVELS.index(level) - 1] if level in LEVELS[1:] else ""
    if above and levels.get(under) != above:
        one.complain(f"`under` must name a result of the level “{above}”, to which this one leads.")
    if level == LEVELS[0] and under != "-":
        one.complain("An impact stands under nothing.")
    one.text("unit", "-")
    one.text("indicator", "-")
    one.flag("falls", False)
    one.done()
    return key


def _number(
    one: Reader, name: str, results: Collection[str], phases: Collection[str], territories: Collection[str] | None
) -> None:  # fmt: skip
    one.choice("result", sorted(results))
    _where(one, phases, territories)
    for part in ("value", "out_of"):
        value = one.raw(part)
        if part == "value" or value is not None:
            _counted(one, part, value)
    if name == "reading":
        one.text("period")
        one.flag("at_least", False)
    _source(one)
    one.done()


def _counted(one: Reader, part: str, value: object) -> None:
    """A number as text or whole number: a fraction of two would be rounded."""
    try:
        good = not isinstance(value, bool | float) and value is not None and Decimal(str(value)) >= 0
    except ArithmeticError:
        good = False
    if not good:
        one.complain(f'`{part}` must be a number from 0 on: whole, or in quotes such as "30.5".')


def _where(one: Reader, phases: Collection[str], territories: Collection[str] | None) -> None:
    one.choice("phase", sorted(phases), "-")
    if (place := one.text("place", "-")) != "-":
        _known(one, place, territories)


def _known(one: Reader, code: str, territories: Collection[str] | None) -> None:
    if territories is not None and code not in territories:
        one.complain(f"The place “{code}” does not stand in places/territories.csv.")
