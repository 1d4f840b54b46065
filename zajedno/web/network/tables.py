"""The tables and the chart of what a round came to."""

from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zajedno.forms.logic.scores.group import Figure
from zajedno.kernel.script import latin
from zajedno.networks.logic.outcome import FEWEST
from zajedno.networks.queries.outcome import Line, Result, change
from zajedno.places.enums import Sector
from zajedno.web.network.frame import number
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag

DIFFERS = 1  # levels between two answers (standard deviation) from which people see a question differently


def earlier(result: Result) -> str:
    """The round with which this one is compared."""
    return result.before.get("title", "")


def sectors(result: Result) -> Table:
    columns = [Column(_("Sector")), Column(_("Asked"), numeric=True), Column(_("Answered"), numeric=True)]
    rows = [[Sector(key).label, str(asked), str(answered)] for key, (asked, answered) in result.sectors.items()]
    return Table("sectors", _("Who answered, by sector"), columns, rows)


def figures(result: Result) -> list[Row]:
    """Of all together, with what has changed."""
    rows = []
    for one in result.whole:
        since = change(one, result.earlier(one.key))
        told = [_text(one) if one.value is not None else _("fewer than three answers")]
        if since is not None:
            told += [_("%(change)s since the earlier round") % {"change": number(since, signed=True)}]
        rows.append(Row(result.form.facts.finding(one.key), told))
    return rows


def _text(figure: Figure) -> str:
    """A value with its unit; a share and a number of institutions as whole numbers."""
    value = figure.value
    if value is not None and figure.unit == "%":
        return f"{number(round(value, 0))} %"
    return number(Decimal(int(value)) if value is not None and not figure.unit and value == int(value) else value)


def _count(figure: Figure) -> str:
    """Few answers are not even counted: what was left out of the sums is not told by its number."""
    return str(figure.count) if figure.count >= FEWEST else f"0–{FEWEST - 1}"


def _heads(first: str, result: Result) -> list[Column]:
    names = [
        _("Answers"),
        _("Mean"),
        _("Spread"),
        _("Agreed"),
        *([pgettext("since before", "Change")] if result.before else []),
    ]
    return [Column(first), *(Column(name, numeric=True) for name in names)]


def _cells(result: Result, line: Line) -> list[Cell]:
    figure = line.figure
    since = [Cell(number(line.change, signed=True))] if result.before else []
    return [
        Cell(_count(figure)),
        Cell(_text(figure)),
        Cell(number(figure.spread)),
        Cell(number(line.agreed)),
        *since,
    ]


def dimensions(result: Result, settle: str) -> Table:
    """`settle`: where a question is settled, for who may; a dimension of one question stands for it."""
    rows = []
    for line in result.lines:
        if not line.item:
            only = _only(result, line)
            first = _asked(result, only, settle) if only else Cell(result.label(line))
            rows.append([first, *_cells(result, line), Cell(tag=_band(result, line)), _evidence(only or line)])
    columns = [*_heads(_("Dimension"), result), Column(_("Level")), Column(_("Evidence"))]
    return Table("dimensions", _("Dimensions"), columns, rows)


def _only(result: Result, dimension: Line) -> Line | None:
    """The one question of a dimension."""
    lines = [one for one in result.lines if one.dimension == dimension.dimension and one.item]
    return lines[0] if len(lines) == 1 else None


def _band(result: Result, line: Line) -> Tag | None:
    band = result.band(line)
    return Tag(result.form.facts.band(band), "wait" if line in result.gaps else "info") if band else None


def questions(result: Result, settle: str) -> list[Table]:
    """One table for each dimension of several questions."""
    tables = []
    for key in (key for key, group in result.dimensions.items() if len(group) > 1):
        lines = [line for line in result.lines if line.dimension == key and line.item]
        columns = [*_heads(_("Question"), result), Column(_("Evidence"))]
        rows = [[_asked(result, line, settle), *_cells(result, line), _evidence(line)] for line in lines]
        tables.append(Table(f"questions-{key}", result.form.facts.finding(key), columns, rows))
    return tables


def _asked(result: Result, line: Line, settle: str) -> Cell:
    apart = line.figure.spread is not None and line.figure.spread >= DIFFERS
    tag = Tag(_("People see it differently"), "wait") if apart else None
    return Cell(result.label(line), f"{settle}{line.item}/" if settle else "", tag=tag)


def _evidence(line: Line) -> Cell:
    if line.consensus:
        return Cell(line.consensus.evidence)
    return Cell(tag=Tag(_("No evidence"), "wait")) if line.figure.doubtful else Cell("")


def chart(result: Result) -> Chart | None:
    """Dimensions by what counts: what was agreed, else the mean."""
    rows = [(result.label(one), [float(one.level)]) for one in result.lines if not one.item and one.level is not None]
    if not rows:
        return None
    about = _("Level of each dimension: what was agreed, or else the mean of the answers.")
    return Chart("levels", _("Levels of the dimensions"), about, [_("Level")], rows, unit=_("Dimension"))


def singles(result: Result) -> Table:
    """Institutions or questions, a column a figure."""
    return _matrix(result, "singles", _("Each by itself"), 1)


def pairs(result: Result) -> Table:
    """Who works with whom. What two say of each other may lie far apart: then they should talk."""
    return _matrix(result, "pairs", _("Who works with whom"), 2)


def _matrix(result: Result, name: str, title: str, parts: int) -> Table:
    """Figures that were told at all, rows by what they are about."""
    told = [one for one in result.of(parts) if one.value is not None]
    keys = list(dict.fromkeys(one.key for one in told))
    found: dict[tuple[str, ...], dict[str, Figure]] = {}
    for one in told:
        found.setdefault(one.about, {})[one.key] = one
    heads = [_("Institution")] if parts == 1 else [_("Institution"), _("With")]
    columns = [*map(Column, heads), *(Column(result.form.facts.finding(key), numeric=True) for key in keys)]
    rows = [[*map(_name, about), *(_value(row.get(key)) for key in keys)] for about, row in found.items()]
    return Table(name, title, columns, rows, sortable=True, empty=_("Too few have answered to show anything."))


def _value(figure: Figure | None) -> Cell:
    if figure is None:
        return Cell("–")
    tag = Tag(_("They see it differently"), "wait") if figure.doubtful else None
    return Cell(_text(figure), tag=tag, sort=figure.value)


def _name(text: str) -> Cell:
    """A registered name, in Latin where the page is written in it."""
    return Cell(text if get_language() == "sr" else latin(text))
