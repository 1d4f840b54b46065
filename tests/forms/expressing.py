"""Made-up expressions: every function with whatever may stand in it, of texts, numbers, days, choices and nothing."""

from random import Random

from zajedno.forms.logic.book import Book, Leaf, Line
from zajedno.forms.logic.functions import FUNCTIONS, NATIVE

ANSWERS = {
    "word": ["", "a", "x y", "12", "2026-11-26", "абв"],
    "other": ["", "b", "0", "-3", "1"],
    "whole": ["", "0", "7", "-2", "12"],
    "part": ["", "0.5", "12.25", "-7.0", "3"],
    "day": ["", "2026-11-26", "2024-02-29", "1969-12-31"],
    "many": ["", "x y z", "x"],
    "nothing": [""],
    "turn": ["", "1", "5"],
}
"""Questions and what is answered; `turn` stands in a repeat."""
_TYPES = {"whole": "integer", "part": "decimal", "day": "date", "turn": "integer"}
_WRITTEN = ("'a'", "''", "'2026-11-26'", "'x y'", "'12'", "0", "1", "2", "-1", "3.5", "true()", "false()", "today()")
_APART = {
    "instance", "jr:choice-name", "current", "indexed-repeat", "position", "once", "now", "uuid", "random", "last",
    "true", "false", "exp10",  # need a place, or give something else each time
    "date", "date-time", "substring-after", "format-date", "format-date-time", "decimal-date-time",  # decisions/0008
}  # fmt: skip
_OF_NODES = {
    "count": ["${turn}", "${turns}", "${whole}"],
    "count-non-empty": ["${turn}", "${whole}"],
    "sum": ["${turn}", "${whole}"],
}
_NAMES = sorted({*FUNCTIONS, *NATIVE} - _APART)


def book(random: Random, calculations: int) -> Book:
    """A form that asks all of `ANSWERS` and reckons so many expressions from them: c0, c1, …"""
    rows = [{"type": _TYPES.get(name, "text"), "name": name, "label": name} for name in ANSWERS if name != "turn"]
    rows += [{"type": "begin_repeat", "name": "turns", "label": "T"}, {"type": "integer", "name": "turn", "label": "t"}]
    rows += [{"type": "end_repeat"}]
    rows += [{"type": "calculate", "name": f"c{at}", "calculation": made(random, 3)} for at in range(calculations)]
    lines = tuple(Line(number, row) for number, row in enumerate(rows, 2))
    return Book({"survey": Leaf(("type", "name", "label", "calculation"), lines)})


def made(random: Random, depth: int) -> str:
    """One expression, at most so deep."""
    if depth == 0 or random.random() < 0.25:
        return f"${{{random.choice([*ANSWERS])}}}" if random.random() < 0.6 else random.choice(_WRITTEN)
    if random.random() < 0.3:
        return f"({made(random, depth - 1)} {random.choice(['+', '-', '*', 'div', 'mod'])} {made(random, depth - 1)})"
    if random.random() < 0.3:
        return (
            f"({made(random, depth - 1)} {random.choice(['=', '!=', '<', '<=', '>', '>='])} {made(random, depth - 1)})"
        )
    return _call(random, random.choice(_NAMES), depth - 1)


def _call(random: Random, name: str, depth: int) -> str:
    if name in _OF_NODES:
        return f"{name}({random.choice(_OF_NODES[name])})"
    least, most = (FUNCTIONS[name].least, FUNCTIONS[name].most) if name in FUNCTIONS else NATIVE[name][:2]
    most = least if name == "weighted-checklist" else least + 2 if most is None else most
    values = [made(random, depth) for _ in range(random.randint(max(least, min(most, 1)), most))]
    if name == "regex":
        values[1] = random.choice(["'^a'", "'[0-9]+'", "'^.{2,3}$'", "'x|y'"])
    if name in ("round", "substr", "substring"):  # where a fraction or nothing would be an accident
        values[1:] = [random.choice(["1", "2"]) for _ in values[1:]]
    return f"{name}({', '.join(values)})"


def answered(random: Random) -> list[tuple[str, str, str | int]]:
    """What is done to one sheet of the form."""
    done: list[tuple[str, str, str | int]] = [("add", "/data/turns", 0) for _ in range(random.randint(0, 2))]
    for name, answers in ANSWERS.items():
        done.append(("put", "/data/turns[1]/turn" if name == "turn" else f"/data/{name}", random.choice(answers)))
    return done
