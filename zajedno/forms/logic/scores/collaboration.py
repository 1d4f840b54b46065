"""Who works with whom in a network: how closely, with how much trust and value. One sheet an organisation.

Closeness: Levels of Collaboration (Frey et al., 2006), 0 none to 5 collaboration; trust and value 0-3. What two say of
each other may differ, so a tie has a direction. Organisations that did not answer are seen by the others only: density
and reciprocity are of what could be said. One organisation is one name, whatever script or case it is written in.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zajedno.forms.logic.scores.answers import Answers, code
from zajedno.forms.logic.scores.group import Figure, GroupOutcome, mean, rounded
from zajedno.kernel.script import fold

INTENSITY = ("0", "1", "2", "3", "4", "5")
GRADES = ("0", "1", "2", "3")
UNKNOWN = ("9",)
Tie = tuple[str, str]  # folded names: who says it, of whom


@dataclass(frozen=True, slots=True)
class Net:
    """`said`: by tie, the level of each question answered; `names` and `sectors` by folded name."""

    names: Mapping[str, str]
    sectors: Mapping[str, str]
    answered: frozenset[str]
    said: Mapping[Tie, Mapping[str, int]]
    ties: frozenset[Tie]


def score(sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """Of all: density, reciprocity, cross_sector (%), intensity, trust, value. Then each organisation, then each pair.

    options: `tie_from` (lowest closeness that counts as working together). Raises `Impossible` for an unknown level.
    """
    net = read(sheets, options["tie_from"])
    return GroupOutcome((*_whole(net), *_organisations(net), *_pairs(net)), len(net.answered))


def read(sheets: Sequence[Answers], tie_from: int) -> Net:
    """Of two sheets of one organisation the later one's word on a partner counts. Nobody is their own partner, and
    rows without a name are left out."""
    names: dict[str, str] = {}
    sectors: dict[str, str] = {}
    said: dict[Tie, Mapping[str, int]] = {}
    for sheet in sheets:
        own = fold(name := sheet.get("organisation", "").strip())
        names[own] = name
        sectors[own] = sheet.get("sector", "")
        for partner in sheet.get("partners", ()):
            other = fold(name := partner.get("partner", "").strip())
            names.setdefault(other, name)
            said[own, other] = _grades(partner)
    names.pop("", None)
    sectors.pop("", None)
    said = {(one, other): grades for (one, other), grades in said.items() if one and other and one != other}
    ties = frozenset(tie for tie, grades in said.items() if grades.get("intensity", 0) >= tie_from)
    return Net(names, sectors, frozenset(sectors), said, ties)


def _grades(partner: Answers) -> dict[str, int]:
    allowed = {"intensity": INTENSITY, "trust": GRADES, "value": GRADES}
    found = {key: code(partner, key, codes, UNKNOWN) for key, codes in allowed.items()}
    return {key: int(level) for key, level in found.items() if level}


def _whole(net: Net) -> list[Figure]:
    could = len(net.answered) * (len(net.names) - 1)
    mutual = [tie for tie in net.ties if tie[1] in net.answered]
    joined = {frozenset(tie) for tie in net.ties}
    told = [pair for pair in joined if all(net.sectors.get(one) for one in pair)]
    crossing = [pair for pair in told if len({net.sectors[one] for one in pair}) > 1]
    returned = [tie for tie in mutual if tie[::-1] in net.ties]
    grades = list(net.said.values())
    return [
        _percent("density", len(net.ties), could),
        _percent("reciprocity", len(returned), len(mutual)),
        _percent("cross_sector", len(crossing), len(told)),
        *(_mean(key, grades, ()) for key in ("intensity", "trust", "value")),
    ]


def _organisations(net: Net) -> list[Figure]:
    """How many each works with by its own word (none said: not answered) and by the others'; how it is trusted."""
    out, into = Counter(who for who, _whom in net.ties), Counter(whom for _who, whom in net.ties)
    figures = []
    for one, name in sorted(net.names.items()):
        others = len(net.answered - {one})
        figures.append(Figure("named_by", rounded(into[one]), (name,), others))
        named = rounded(out[one]) if one in net.answered else None
        figures.append(Figure("names", named, (name,), len(net.names) - 1))
        figures.append(
            _mean("trusted", [grades for tie, grades in net.said.items() if tie[1] == one], (name,), "trust")
        )
    return figures


def _pairs(net: Net) -> list[Figure]:
    """Closeness of each pair that anybody spoke of; `doubtful`: both answered and are two levels or more apart."""
    figures = []
    for one, other in sorted({tuple(sorted(tie)) for tie in net.said}):
        both = [net.said[tie] for tie in ((one, other), (other, one)) if tie in net.said]
        levels = [grades["intensity"] for grades in both if "intensity" in grades]
        apart = len(levels) > 1 and abs(levels[0] - levels[1]) > 1
        names = (net.names[one], net.names[other])
        figures.append(Figure("pair_intensity", rounded(mean(levels)), names, len(levels), doubtful=apart))
        figures.append(_mean("pair_trust", both, names, "trust"))
        figures.append(_mean("pair_value", both, names, "value"))
    return figures


def _percent(key: str, some: int, of: int) -> Figure:
    return Figure(key, rounded(100 * some / of) if of else None, count=of, unit="%")


def _mean(key: str, grades: Sequence[Mapping[str, int]], about: tuple[str, ...], question: str = "") -> Figure:
    levels = [one[question or key] for one in grades if (question or key) in one]
    return Figure(key, rounded(mean(levels)), about, len(levels))
