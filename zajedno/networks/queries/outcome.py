"""What a closed round came to, with what was agreed and how it changed: the same for the page and for the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import get_language

from zajedno.forms.logic.scores.group import Figure, band, mean, rounded
from zajedno.forms.queries.form import Loaded, loaded
from zajedno.kernel.refusal import NotFound
from zajedno.networks.logic.asked import question
from zajedno.networks.logic.outcome import figures, items
from zajedno.networks.models import Consensus, Round
from zajedno.networks.queries.consensus import newest


@dataclass(frozen=True)
class Line:
    """A dimension (`item` empty) or one of its questions. `agreed` of a dimension: the mean of what was agreed on all
    its questions. `before`: the mean in the earlier round."""

    dimension: str
    item: str
    figure: Figure
    agreed: Decimal | None = None
    before: Decimal | None = None
    consensus: Consensus | None = None

    @property
    def level(self) -> Decimal | None:
        """What counts: what was agreed, else the mean."""
        return self.figure.value if self.agreed is None else self.agreed

    @property
    def change(self) -> Decimal | None:
        return change(self.figure, self.before)


def change(figure: Figure, before: Decimal | None) -> Decimal | None:
    """Since the earlier round, where both have a value."""
    return None if figure.value is None or before is None else figure.value - before


class Result:
    """NotFound for a round that is not closed."""

    def __init__(self, row: Round) -> None:
        if not hasattr(row, "outcome"):
            raise NotFound("")
        self.row, self.content = row, row.outcome.content
        self.form: Loaded = loaded(row.version_id)
        self.figures = figures(self.content)
        self.consensus = newest(row)
        self.dimensions = self._ordered(items(self.form.facts.options)) if self.figures else {}

    def _ordered(self, dimensions: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        """As the form asks them: the database keeps no order of keys."""
        places = {one.name: at for at, one in enumerate(self.form.form.questions())}
        return dict(sorted(dimensions.items(), key=lambda pair: min(places.get(item, 0) for item in pair[1])))

    @property
    def sheets(self) -> int:
        return int(self.content["sheets"])

    @property
    def sectors(self) -> dict[str, tuple[int, int]]:
        """(asked, answered) by sector."""
        return {sector: (asked, answered) for sector, (asked, answered) in self.content["sectors"].items()}

    @property
    def before(self) -> dict[str, str]:
        """Of the earlier round: `title`, `opens_on`; empty when there was none."""
        return {key: self.content["before"][key] for key in ("title", "opens_on")} if self.content["before"] else {}

    def earlier(self, place: str) -> Decimal | None:
        """The value at a place (as in `values`) in the earlier round."""
        value = (self.content["before"] or {"values": {}})["values"].get(place)
        return Decimal(value) if value else None

    def values(self) -> dict[str, str]:
        """What a later round is compared with: key of a figure, or "dimension/question", to value."""
        lines = {f"{one.dimension}/{one.item}": one.figure for one in self.lines}
        told = {one.key: one for one in self.whole} | lines
        return {place: str(one.value) for place, one in told.items() if one.value is not None}

    @property
    def whole(self) -> list[Figure]:
        """Figures of all together."""
        return [one for one in self.figures if not one.about]

    def of(self, parts: int) -> list[Figure]:
        """Figures of single institutions or questions (1), or of pairs (2), that `lines` does not show."""
        return [one for one in self.figures if len(one.about) == parts and not self.dimensions]

    @cached_property
    def lines(self) -> list[Line]:
        """Each dimension followed by its questions; empty for a form without dimensions."""
        told = [one for one in self.figures if one.about] if self.dimensions else []
        dimensions, rest = ({one.about[0]: one for one in part} for part in _parted(told, len(self.dimensions)))
        found = []
        for key, group in self.dimensions.items():
            lines = [self._question(key, item, rest[item]) for item in group]
            found += [Line(key, "", dimensions[key], _agreed(lines), self.earlier(f"{key}/")), *lines]
        return found

    def _question(self, key: str, item: str, figure: Figure) -> Line:
        settled = self.consensus.get(item)
        agreed = Decimal(settled.value) if settled else None
        return Line(key, item, figure, agreed, self.earlier(f"{key}/{item}"), settled)

    def label(self, line: Line) -> str:
        """In the language in use: as the form's facts name it, a question otherwise in its own words."""
        if line.item and line.item not in self.form.facts.findings:
            return question(self.form.form, line.item, get_language() or "en")
        return self.form.facts.finding(line.item or line.dimension)

    def band(self, line: Line) -> str:
        """Key of the band in which a line lies, by what counts."""
        return band(line.level, self.form.facts.options.get("bands", {}))

    @property
    def strengths(self) -> list[Line]:
        """Dimensions in the highest band."""
        bands = self.form.facts.options.get("bands", {})
        best = max(bands, key=bands.__getitem__, default="")
        return [one for one in self.lines if not one.item and best and self.band(one) == best]

    @property
    def gaps(self) -> list[Line]:
        """Dimensions below the band that the form names."""
        options = self.form.facts.options
        limit = options.get("bands", {}).get(options.get("flag_below"))
        return [] if limit is None else [
            one for one in self.lines if not one.item and one.level is not None and one.level < limit
        ]  # fmt: skip


def _parted(told: Sequence[Figure], dimensions: int) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """Dimensions, then questions: a question may be called as its dimension is."""
    return told[:dimensions], told[dimensions:]


def _agreed(lines: Sequence[Line]) -> Decimal | None:
    agreed = [float(one.agreed) for one in lines if one.agreed is not None]
    return rounded(mean(agreed)) if len(agreed) == len(lines) else None
