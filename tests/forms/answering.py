"""Generated answers: people who answer what they are shown, take answers back, add and remove turns of repeats."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from zajedno.forms.logic.parts import Group, Question, Repeat
from zajedno.forms.logic.sheet import Sheet, Shown

Action = tuple[str, str, str | int]
_WORDS = (
    "",
    "а",
    "Ана",
    "other",
    "yes",
    "no",
    "1",
    "12",
    "-3",
    "3.5",
    "2026-11-26",
    "2020-02-29",
    "x y",
    "0",
    "ne znam",
    "00",
)
_TODAY = date(2026, 11, 26)


def shown(sheet: Sheet, path: str = "") -> Iterator[Shown]:
    """Everything shown now, also inside groups and turns."""
    for one in sheet.shown(path):
        yield one
        for inner in one.turns if isinstance(one.node, Repeat) else [one.path] if isinstance(one.node, Group) else []:
            yield from shown(sheet, inner)


def acted(sheet: Sheet, random: Random, times: int) -> list[Action]:
    """Do so many things to a sheet, each where something is shown now; what was done."""
    done: list[Action] = []
    for _ in range(times):
        one = _somewhere(sheet, random)
        action = _action(one, random) if one else None
        if action is None:
            continue
        verb, path, value = action
        if verb == "add":
            sheet.add(path)
        elif verb == "remove":
            sheet.remove(path, int(value))
        else:
            sheet.put(path, str(value))
        done.append(action)
    return done


def _somewhere(sheet: Sheet, random: Random, path: str = "") -> Shown | None:
    """A place shown now: a question, or a repeat that people may add to."""
    places = sheet.shown(path)
    if not places:
        return None
    one = random.choice(places)
    if isinstance(one.node, Repeat):
        if one.turns and (not one.may_add or random.random() < 0.8):
            return _somewhere(sheet, random, random.choice(one.turns))
        return one if one.may_add else None
    return _somewhere(sheet, random, one.path) if isinstance(one.node, Group) else one


def _action(one: Shown, random: Random) -> Action | None:
    if isinstance(one.node, Repeat):
        if len(one.turns) > 3 or (one.turns and random.random() < 0.3):
            return ("remove", one.path, random.randint(1, len(one.turns)))
        return ("add", one.path, 0)
    assert isinstance(one.node, Question)
    if one.read_only or one.node.kind in ("note", "image"):
        return None
    return ("put", one.path, "" if random.random() < 0.1 else _answer(one, one.node, random))


def _answer(one: Shown, node: Question, random: Random) -> str:
    names = [name for name, _label in one.choices]
    match node.kind:
        case "select_one":
            return random.choice([*names, ""])
        case "select_multiple":
            return " ".join(name for name in names if random.random() < 0.4)
        case "integer":
            return str(random.choice([random.randint(-3, 20), random.randint(0, 150)]))
        case "decimal":
            return random.choice([f"{random.uniform(0, 60):.1f}", str(random.randint(0, 120)), "0.5"])
        case "range":
            return _in_range(node, random)
        case "date":
            return (_TODAY - timedelta(days=random.choice([0, 1, -1, 30, 366, random.randint(-400, 7000)]))).isoformat()
        case "time":
            return f"{random.randint(0, 23):02}:{random.randint(0, 59):02}:00"
        case "geopoint":
            return f"{random.uniform(-90, 90):.1f} {random.uniform(-180, 180):.1f} 0.5 4.5"
        case "acknowledge":
            return random.choice(["OK", ""])
        case _:
            return random.choice(_WORDS)


def _in_range(node: Question, random: Random) -> str:
    start, end, step = (float(node.parameters.get(name, "1")) for name in ("start", "end", "step"))
    value = start + step * random.randint(0, int(abs(end - start) / step)) * (1 if end >= start else -1)
    return str(int(value)) if node.bind.type == "int" else str(round(value, 6))
