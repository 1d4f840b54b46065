"""Child Functioning Module (UNICEF, Washington Group), 2-4 and 5-17 years: domains in which a child has a difficulty.

Both published treatments of what was not answered: `mics` (MICS6 tables EQ.1.1, EQ.1.2: it counts as no difficulty)
and `wg` (the Washington Group's syntax: it leaves the domain unknown). They also differ in which walking answers count.
Codes are those of MICS; the pack's `cfm-codes.csv` has the Washington Group's. It screens; it is no diagnosis.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zajedno.forms.logic.scores.answers import Answers, Impossible, code
from zajedno.forms.logic.scores.contract import Facts, FileScore, Finding, Outcome, Scored

MISSING = ("7", "8", "9")  # refused, not known, no answer
UNKNOWN = 9
BANDS = {0: "no-difficulty", 1: "difficulty", UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class Domain:
    """`items`: MICS finds a difficulty in any. `deciding`: of these the Washington Group looks at; None: at all."""

    key: str
    items: tuple[str, ...]
    difficult: tuple[str, ...] = ("3", "4")  # a lot of difficulty, cannot do at all
    allowed: tuple[str, ...] = ("1", "2", "3", "4")
    deciding: Callable[[Answers], tuple[str, ...]] | None = None

    def mics(self, answers: Answers) -> int:
        return int(any(answers[item] in self.difficult for item in self.items))

    def wg(self, answers: Answers) -> int:
        found = [answers[item] for item in (self.deciding(answers) if self.deciding else self.items)]
        return 1 if any(one in self.difficult for one in found) else UNKNOWN if "" in found else 0


def _walking_small(answers: Answers) -> tuple[str, ...]:
    """Without the aid where that was answered, else compared with other children; with the aid never."""
    return ("UCF11",) if answers["UCF11"] else ("UCF13",)


def _walking_large(answers: Answers) -> tuple[str, ...]:
    """The same for 100 m; the 500 m where 100 m are no great matter (without the aid: where they are some)."""
    alone = "FCF11" if answers["FCF10"] == "2" else "FCF10"
    compared = "FCF15" if answers["FCF14"] in ("1", "2") else "FCF14"
    return (alone,) if answers[alone] else (compared,)


def _often(key: str, item: str, difficult: str) -> Domain:
    """Five answers, of which one is a difficulty."""
    return Domain(key, (item,), (difficult,), ("1", "2", "3", "4", "5"))


MODULES = {
    "2-4": (
        Domain("seeing", ("UCF7",)),
        Domain("hearing", ("UCF9",)),
        Domain("walking", ("UCF11", "UCF12", "UCF13"), deciding=_walking_small),
        Domain("finemotor", ("UCF14",)),
        Domain("communication", ("UCF15", "UCF16")),
        Domain("learning", ("UCF17",)),
        Domain("playing", ("UCF18",)),
        _often("behaviour", "UCF19", "5"),  # a lot more than other children
    ),
    "5-17": (
        Domain("seeing", ("FCF6",)),
        Domain("hearing", ("FCF8",)),
        Domain("walking", ("FCF10", "FCF11", "FCF14", "FCF15"), deciding=_walking_large),
        Domain("selfcare", ("FCF16",)),
        Domain("communication", ("FCF17", "FCF18")),
        Domain("learning", ("FCF19",)),
        Domain("remembering", ("FCF20",)),
        Domain("concentrating", ("FCF21",)),
        Domain("accepting_change", ("FCF22",)),
        Domain("behaviour", ("FCF23",)),
        Domain("making_friends", ("FCF24",)),
        _often("anxiety", "FCF25", "1"),  # daily
        _often("depression", "FCF26", "1"),
    ),
}
AIDED = {  # asked in two wordings: whether there is an aid, with it, without it
    "UCF7": ("UCF2", "UCF7A", "UCF7B"),
    "UCF9": ("UCF3", "UCF9A", "UCF9B"),
    "FCF6": ("FCF1", "FCF6A", "FCF6B"),
    "FCF8": ("FCF2", "FCF8A", "FCF8B"),
}
EQUIPMENT = {"UCF13": ("UCF4", ("UCF11",)), "FCF14": ("FCF3", ("FCF10", "FCF11"))}  # asked of who walks with an aid
AGES = {"2-4": range(2, 5), "5-17": range(5, 18)}


def score(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """First `any`, then each domain: 1 a difficulty, 0 none, None unknown. Raises `Impossible` for an unknown code.

    options: `age` "2-4" or "5-17"; `missing` "mics" or "wg". `doubtful`: the child is not of that age.
    """
    domains = MODULES[options["age"]]
    codes = _codes(answers, domains)
    wg = {domain.key: domain.wg(codes) for domain in domains}
    found = wg if options["missing"] == "wg" else {domain.key: domain.mics(codes) for domain in domains}
    wrong_age = _is_outside(facts, options["age"])
    findings = [_finding("any", _any(found), wrong_age), *(_finding(key, one) for key, one in found.items())]
    missing = [item for one in domains if wg[one.key] == UNKNOWN for item in _unanswered(one, codes, answers)]
    return Outcome(tuple(findings), tuple(missing))


def _codes(answers: Answers, domains: Sequence[Domain]) -> dict[str, str]:
    return {
        item: code(answers, item, one.allowed, MISSING) or (item in AIDED and _aided(answers, item, one.allowed)) or ""
        for one in domains
        for item in one.items
    }


def _aided(answers: Answers, item: str, allowed: Sequence[str]) -> str:
    return next(filter(None, (code(answers, one, allowed, MISSING) for one in AIDED[item][1:])), "")


def _any(found: Mapping[str, int]) -> int:
    values = set(found.values())
    return 1 if 1 in values else UNKNOWN if UNKNOWN in values else 0


def _finding(key: str, found: int, doubtful: bool = False) -> Finding:
    value = None if found == UNKNOWN else found
    return Finding(key, value, band=BANDS[found], flagged=found == 1, doubtful=doubtful)


def _unanswered(domain: Domain, codes: Answers, answers: Answers) -> list[str]:
    """Names of the questions, as this sheet asks them, without whose answer the domain stays unknown."""
    deciding = domain.deciding(codes) if domain.deciding else domain.items
    return [_asked(item, codes, answers) for item in deciding if not codes[item]]


def _asked(item: str, codes: Answers, answers: Answers) -> str:
    if item in EQUIPMENT:
        aid, instead = EQUIPMENT[item]
        return next(one for one in instead if not codes[one]) if answers.get(aid) == "1" else item
    aid, with_it, without = AIDED.get(item, ("", item, item))
    return item if aid not in answers else with_it if answers[aid] == "1" else without


def _is_outside(facts: Facts, ages: str) -> bool:
    if facts.born is None or facts.on is None:
        return False
    return _years(facts.born, facts.on) not in AGES[ages]


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass
class _File:
    """Both ages in one file; the column `age` (whole years completed) says which questions a row answers."""

    reads: Sequence[str] = ("age", *(item for module in MODULES.values() for one in module for item in one.items))
    may_read: Sequence[str] = ()
    adds: Sequence[str] = ("mics_domains", "mics_any", "wg_domains", "wg_missing_domains", "wg_any")

    def rows(self, rows: Sequence[Sequence[str]]) -> Sequence[Scored]:
        return [self._row(dict(zip(self.reads, row, strict=True))) for row in rows]

    def _row(self, cells: Mapping[str, str]) -> Scored:
        try:
            domains = MODULES[_module(cells["age"])]
            codes = _codes(cells, domains)
        except Impossible as fault:
            return Scored([""] * len(self.adds), str(fault))
        if not any(cells[item].strip() for item in codes):
            return Scored([""] * len(self.adds), "none of the questions for this age is answered")
        mics = {one.key: one.mics(codes) for one in domains}
        wg = {one.key: one.wg(codes) for one in domains}
        return Scored([_keys(mics, 1), str(_any(mics)), _keys(wg, 1), _keys(wg, UNKNOWN), str(_any(wg))])


def _keys(found: Mapping[str, int], value: int) -> str:
    return "|".join(key for key, one in found.items() if one == value)


def _module(age: str) -> str:
    try:
        years = int(float(age))
    except (ValueError, OverflowError):
        raise Impossible(f"age {'is not a number' if age.strip() else 'is empty'}") from None
    for ages, span in AGES.items():
        if years in span:
            return ages
    raise Impossible("age is not from 2 to 17")


FILE: FileScore = _File()
