"""From a place as somebody wrote it to its official code. Says AMBIGUOUS or NOT_FOUND instead of guessing."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from zajedno.kernel.script import fold
from zajedno.places.logic.gazetteer import SHARED, SHORT, Place
from zajedno.places.logic.inflection import forms
from zajedno.places.logic.nearness import Near, distance, sounds

AMBIGUOUS, NOT_FOUND = "AMBIGUOUS", "NOT_FOUND"
EXACT, VARIANT, TYPO, NONE = "exact", "variant", "typo", "none"

LEADING = frozenset({
    "opstina", "opstine", "opstini", "opstinu", "opcina", "opcine", "opcini", "opcinu", "opstinska",
    "opcinska", "op", "ops", "opst", "o", "grad", "grada", "gradu", "gradska", "gradske", "gradskoj",
    "skupstina", "skupstine", "so", "sg", "go", "uprava", "uprave", "upravi", "jls", "mun", "municipality",
    "city", "of", "komuna", "e", "u", "iz",
})  # fmt: skip
TRAILING = frozenset({"opstina", "opcina", "grad", "municipality", "city", "kozseg"})
LONGEST_HINT = 5  # words
LONG_ALIAS = 8  # letters a short name needs to be declined or misspelt: Brčko distrikt, not Rama
LONGEST_TEXT, MOST_WORDS = 200, 16  # a longer text is no name
SHORTEST_FORM = 5  # letters a declined name needs when nothing else says that a place is meant


@dataclass(frozen=True, slots=True)
class Match:
    """`code` is official, AMBIGUOUS or NOT_FOUND; country and names are empty for the last two."""

    code: str
    country: str = ""
    name_lat: str = ""
    name_cyr: str = ""
    match: str = NONE


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the words: the name, what the rest allows, and whether something says it is a place."""

    core: tuple[str, ...]
    allowed: frozenset[str] | None = None
    marked: bool = False

    def keep(self, codes: Iterable[str]) -> set[str]:
        return set(codes) if self.allowed is None else set(codes) & self.allowed


def allowed_steps(name: str) -> int:
    """How many slips a folded name may carry: none up to four Latin letters, one up to eight, then two."""
    letters = len(name) + sum(letter.isupper() for letter in name)  # capitals stand for two letters, see `sounds`
    return 0 if letters <= 4 else 1 if letters <= 8 else 2


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in either script."""
    return tuple(fold(text).split())


def _keys(name: str) -> set[str]:
    """Folded spellings of a name: đ may be written dj or d."""
    return {" ".join(words(name)), " ".join(words(name.replace("đ", "d").replace("Đ", "D")))}


def _abbreviated(key: str) -> Iterator[str]:
    """Ways to shorten the first of several words: g milanovac, sr mitrovica, bos krupa."""
    first, *rest = key.split()
    if rest:
        yield from (" ".join([first[:size], *rest]) for size in range(1, min(5, len(first))))


def _misspelt_prefix(word: str) -> bool:
    return len(word) >= 6 and word.startswith("op") and distance(word, "opstina") <= 2


class Resolver:
    """Built once from the units of all packs; `resolve` is remembered for repeated texts."""

    def __init__(self, rows: Iterable[Place], elsewhere: Iterable[str] = (), remember: int = 100_000) -> None:
        """`elsewhere`: names of other places and persons that look like a misspelt unit and are none."""
        self.places = {place.code: place for place in rows}
        self.spelled: dict[str, set[str]] = defaultdict(set)
        self.named: dict[str, set[str]] = defaultdict(set)  # own names, and short names that several share
        self.also: dict[str, set[str]] = defaultdict(set)  # other languages, former and short names
        self.abbreviated: dict[str, set[str]] = defaultdict(set)
        self.declined: dict[str, set[str]] = defaultdict(set)
        self.hints: dict[str, set[str]] = defaultdict(set)
        short: dict[str, set[str]] = defaultdict(set)
        for place in self.places.values():
            self._enter(place, short)
        for key, codes in [*self.named.items(), *short.items()]:
            for form in forms(key):
                self.declined[form] |= codes
        self.written: dict[str, set[str]] = defaultdict(set)  # names without spaces
        for key, codes in [*self.named.items(), *short.items()]:
            self.written[key.replace(" ", "")] |= codes
        self.longest = max(map(len, self.written), default=0) + 2  # with two letters too many
        self.sounded: dict[str, set[str]] = defaultdict(set)
        for key, codes in self.written.items():
            self.sounded[sounds(key)] |= codes
        self.elsewhere = {"".join(words(name)) for name in elsewhere} - self.written.keys()
        self.near_letters = Near(self.written, allowed_steps)
        self.near_sounds = Near(self.sounded, allowed_steps)
        self.resolve = lru_cache(maxsize=remember)(self._resolve)

    def _enter(self, place: Place, short: dict[str, set[str]]) -> None:
        for name in (place.name_lat, place.name_cyr):
            self.spelled[name].add(place.code)
            for key in _keys(name):
                self.named[key].add(place.code)
                self.hints[key].add(place.code)  # "Суботица / Subotica"
                for shortened in _abbreviated(key):
                    self.abbreviated[shortened].add(place.code)
        for kind, alias in place.aliases:
            for key in _keys(alias):
                (self.named if kind == SHARED else self.also)[key].add(place.code)
                self.hints[key].add(place.code)  # "Bečej (Óbecse)"
                if kind == SHORT and len(key) >= LONG_ALIAS:
                    short[key].add(place.code)
        for region in place.within:
            for key in _keys(region):
                self.hints[key].add(place.code)
        self.hints[" ".join(words(place.code))].add(place.code)

    def _resolve(self, text: str) -> Match:
        """`text`: what somebody wrote, in either script, with or without "opština", country, entity or city."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if not text or len(text) > LONGEST_TEXT:
            return Match(NOT_FOUND)
        if text.lower() in self.places:
            return self._answer({text.lower()}, EXACT)
        tokens = words(text)
        if len(tokens) > MOST_WORDS:
            return Match(NOT_FOUND)
        readings = list(self._readings(tokens))
        for reading in readings:
            codes = self._known(reading)
            if not codes and "." in text:
                codes = reading.keep(self.abbreviated.get(" ".join(reading.core), ()))
            if codes:
                spelled = len(codes) == 1 and codes <= self.spelled.get(text, set())
                return self._answer(codes, EXACT if spelled else VARIANT)
        return self._answer(self._nearest(readings), TYPO)

    def _answer(self, codes: set[str], match: str) -> Match:
        if len(codes) != 1:
            return Match(AMBIGUOUS if codes else NOT_FOUND)
        place = self.places[next(iter(codes))]
        return Match(place.code, place.country, place.name_lat, place.name_cyr, match)

    def _readings(self, tokens: tuple[str, ...]) -> Iterator[Reading]:
        """All words as the name first; then with less and less of them, the rest read as prefix or hint."""
        seen: set[Reading] = set()
        waiting = [Reading(tokens)]
        while waiting:
            reading = waiting.pop(0)
            if reading in seen or not reading.core:
                continue
            seen.add(reading)
            yield reading
            waiting += self._shorter(reading)

    def _shorter(self, reading: Reading) -> Iterator[Reading]:
        core = reading.core
        if len(core) < 2:
            return
        if core[0] in LEADING or _misspelt_prefix(core[0]):
            yield Reading(core[1:], reading.allowed, True)
        if core[-1] in TRAILING:
            yield Reading(core[:-1], reading.allowed, True)
        for edge, rest in ((core[0], core[1:]), (core[-1], core[:-1])):
            if len(edge) == 5 and edge.isdigit() and edge not in self.hints:  # postal code
                yield Reading(rest, reading.allowed, True)
        for size in range(1, min(LONGEST_HINT, len(core) - 1) + 1):
            for hint, rest in ((core[-size:], core[:-size]), (core[:size], core[size:])):
                codes = self.hints.get(" ".join(hint))
                if codes and (kept := reading.keep(codes)):
                    yield Reading(rest, frozenset(kept), True)

    def _known(self, reading: Reading) -> set[str]:
        key = " ".join(reading.core)
        for order in (key, " ".join(reversed(reading.core))):  # "Topola, Bačka" as in an index
            for table in (self.named, self.also):
                if codes := reading.keep(table.get(order, ())):
                    return codes
        joined = key.replace(" ", "")
        if len(joined) > SHORTEST_FORM and (codes := reading.keep(self.written.get(joined, ()))):
            return codes
        codes = reading.keep(self.declined.get(key, ()))
        if not codes or reading.marked:
            return codes
        if len(joined) < SHORTEST_FORM or joined in self.elsewhere:
            return set()
        return codes | self._close(joined, reading)[1]

    def _nearest(self, readings: list[Reading]) -> set[str]:
        if any(r.allowed is None and "".join(r.core) in self.elsewhere for r in readings):
            return set()
        found = [self._close("".join(reading.core), reading) for reading in readings]
        best = min((steps for steps, codes in found if codes), default=0)
        return {code for steps, codes in found if steps == best for code in codes}

    def _close(self, joined: str, reading: Reading) -> tuple[int, set[str]]:
        """Fewest steps to a name that the reading allows, and whose name it is: (steps, codes)."""
        steps_of: dict[str, int] = {}
        if len(joined) > self.longest:
            return 0, set()
        for near, owners, word in (
            (self.near_letters, self.written, joined),
            (self.near_sounds, self.sounded, sounds(joined)),
        ):
            for name, steps in near.find(word).items():
                for code in reading.keep(owners[name]):
                    steps_of[code] = min(steps, steps_of.get(code, steps))
        best = min(steps_of.values(), default=0)
        return best, {code for code, steps in steps_of.items() if steps == best}
