"""What an indicator is, as a file of a pack says it: `packs/common/indicators/<key>.toml`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from zajedno.indicators.logic.span import KINDS as PERIODS
from zajedno.kernel.labels import Labels
from zajedno.procedures.logic.reading import Mistake, Reader, file_reader

KINDS = ("share", "rate", "count", "median", "mean", "money")
BETTER = ("higher", "lower", "neither")
COUNTS = ("children", "events", "people", "work")  # people: counted by somebody, not known here; work: of no person
ROOMS = ("children", "casework", "networks", "programmes", "exchange")
POPULATION = ("0-6", "7-14", "15-18")
UNKNOWN = "unknown"
AXES: Mapping[str, Sequence[str]] = {
    "sex": ("girl", "boy", UNKNOWN),
    "age": ("0-2", "3-6", "7-14", "15-18", UNKNOWN),
    "difficulty": ("yes", "no", UNKNOWN),
    "settlement": ("urban", "rural", UNKNOWN),
    "step": ("request", "consent", "assessment", "opinion", "support", "closed"),  # of a commission, in order
    "sector": (
        "local_government", "education", "health", "social_protection", "justice", "civil_society", "national",
        "intersectoral", UNKNOWN,
    ),
}  # fmt: skip
WORDS = ("name", "definition", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Indicator:
    """`words`: the texts of WORDS, each by language. `outcomes`: what a fact says of a row; of a share, the first is
    counted; of a median or a mean of children, its bands. `reports`: kinds of institutions that are expected to send
    something. `countries`: where it can be counted (none: everywhere)."""

    code: str
    words: Mapping[str, Labels]
    kind: str
    unit: str
    per: int
    better: str
    period: str
    room: str
    counts: str
    outcomes: tuple[str, ...]
    by: tuple[str, ...]
    population: tuple[str, ...]
    small_below: int
    reports: tuple[str, ...]
    countries: tuple[str, ...]
    owner: str
    method: int
    source: str
    verified: bool
    target: Decimal | None = None
    baseline: Decimal | None = None

    @property
    def name(self) -> Labels:
        return self.words["name"]

    @property
    def is_work(self) -> bool:
        return self.counts == "work"

    @property
    def bands(self) -> tuple[str, ...]:
        return self.outcomes if self.kind in ("median", "mean") and not self.is_work else ()

    @property
    def divisions(self) -> dict[str, tuple[str, ...]]:
        """Each axis with its words. A rate by age has the ages of which the population is published."""
        ages = (*self.population, UNKNOWN)
        return {axis: ages if axis == "age" and self.population else tuple(AXES[axis]) for axis in self.by}

    def holds_in(self, country: str) -> bool:
        return not self.countries or country in self.countries


def load(packs: Path) -> dict[str, Indicator]:
    """Those of all packs of a folder by code. ValueError, with every mistake, where one is wrong."""
    paths = sorted(packs.glob("*/indicators/*.toml"))
    found = {path.stem: read(path.read_text(encoding="utf-8"), key=path.stem) for path in paths}
    if wrong := [f"{key}.toml: {one}" for key, (_what, mistakes) in found.items() for one in mistakes]:
        raise ValueError("\n".join(wrong))
    return {key: what for key, (what, _mistakes) in found.items() if what is not None}


def check(text: str, *, key: str, kinds: Collection[str], facts: Collection[str]) -> list[Mistake]:
    """Every mistake in a file. `kinds`: of institutions that packs have; `facts`: codes that can be counted."""
    what, mistakes = read(text, key=key)
    if what is None:
        return mistakes
    for kind in sorted(set(what.reports) - set(kinds)):
        mistakes.append(Mistake("", f"`reports` names “{kind}”; no pack has such a kind of institution."))
    if key not in facts:
        mistakes.append(Mistake("", f"Nothing counts “{key}”: `indicators/logic/facts` has no expression of it."))
    return mistakes


def read(text: str, *, key: str) -> tuple[Indicator | None, list[Mistake]]:
    reader = file_reader(text, key)
    if not reader.table:
        return None, reader.mistakes
    source = reader.one("source")
    what = Indicator(
        code=key,
        words=_words(reader),
        kind=reader.choice("kind", KINDS),
        unit=reader.text("unit", ""),
        per=reader.number("per", 100, least=1),
        better=reader.choice("better", BETTER),
        period=reader.choice("period", PERIODS),
        room=reader.choice("room", ROOMS),
        counts=reader.choice("counts", COUNTS),
        outcomes=reader.words("outcomes"),
        by=reader.words("by"),
        population=reader.words("population"),
        small_below=reader.number("small_below", 0),
        reports=reader.words("reports"),
        countries=reader.words("countries"),
        owner=reader.text("owner"),
        method=reader.number("method", least=1),
        source=source.text("text"),
        verified=source.flag("verified"),
        target=_sum(reader, "target"),
        baseline=_sum(reader, "baseline"),
    )
    if not what.verified:
        source.text("note")
    source.done()
    reader.done()
    _fits(reader, what)
    return what, reader.mistakes


def _words(reader: Reader) -> dict[str, Labels]:
    found = {name: reader.labels(name, needed=name != "denominator") for name in WORDS}
    return {name: texts for name, texts in found.items() if texts}


def _sum(reader: Reader, name: str) -> Decimal | None:
    """A number in the indicator's unit, as text, with its source; none where the table is not there."""
    if name not in reader.table:
        return None
    inner = reader.one(name)
    text = inner.text("value")
    inner.text("source")
    inner.done()
    try:
        return Decimal(text)
    except InvalidOperation:
        inner.complain(f'`value` is “{text}”; it must be a number in quotation marks, such as "95.5".')
        return None


def _fits(reader: Reader, what: Indicator) -> None:
    """What the parts say fits together."""
    for axis in what.by:
        if axis not in AXES:
            reader.complain(f"`by` names “{axis}”; it may be {', '.join(AXES)}.")
        elif (axis == "sector") != what.is_work:
            reader.complain(f"`by` names “{axis}”; sectors divide work alone, and work is divided by them alone.")
    for band in what.population:
        if band not in POPULATION:
            reader.complain(f"`population` names “{band}”; it may be {', '.join(POPULATION)}.")
    if (what.kind == "rate") != bool(what.population):
        reader.complain("A rate names the `population` that it is divided by, and nothing else does.")
    if what.kind == "rate" and set(what.by) - {"age"}:
        reader.complain("A rate is divided `by` age alone: of no other axis the population is known.")
    if what.kind == "share" and len(what.outcomes) != 2:
        reader.complain("A share has two `outcomes`; the first is the one that is counted.")
    if what.kind in ("share", "rate", "mean") and "denominator" not in what.words:
        reader.complain(f"A {what.kind} says in `denominator` what it is divided by.")
    if not what.outcomes:
        reader.complain("`outcomes` must list what a row may say.")
