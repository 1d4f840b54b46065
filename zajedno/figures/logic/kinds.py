"""From what is counted in a territory to its figure, by the kind of indicator. Bounds are rounded outwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.pools import FEWEST
from zajedno.figures.logic.reading import Piece, Span, within
from zajedno.figures.logic.words import MOST_OF_FEW, read

STEP = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of a territory. `count`: children who are surely behind it; None for what is of no person."""

    said: Said
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    top: Decimal | None = None
    bottom: Decimal | None = None
    count: int | None = None


WITHHELD, ABSENT = Line(Said.WITHHELD), Line(Said.ABSENT)


def line(kind: str, found: Sequence[Piece], outcomes: Sequence[str], per: int, bottom: int | None, each: int) -> Line:
    """`bottom`: how many live there, of a rate. `outcomes` in order: the first is what a share counts."""
    if kind == "rate" and not bottom:
        return ABSENT
    sure = sum(piece.children for piece in found)
    if sure < FEWEST:
        return WITHHELD
    if kind == "share":
        return _counted(_share(found, outcomes, per, each), sure)
    if kind in ("median", "mean"):
        reckon = _median if kind == "median" else _mean
        return _counted(reckon(found, outcomes), sure)
    whole = _sum(found)
    if kind == "rate":
        return _counted(_rate(whole, per, Decimal(bottom or 0)), sure)
    return _counted(_between(Decimal(whole.low), Decimal(whole.high)), sure)


def _counted(one: Line, children: int) -> Line:
    return replace(one, count=children) if one.said in (Said.EXACT, Said.BETWEEN) else one


def _sum(found: Sequence[Piece]) -> Span:
    return sum((piece.span for piece in found), Span())


def _share(found: Sequence[Piece], outcomes: Sequence[str], per: int, each: int) -> Line:
    whole = _sum(found)
    yes = sum((within(one.outcome, outcomes[0], one.span, each) for one in found), Span())
    no = sum((within(one.outcome, word, one.span, each) for one in found for word in outcomes[1:]), Span())
    if whole.low < FEWEST:
        return WITHHELD
    if whole.is_exact:
        bottom = Decimal(whole.low)
        if yes.is_exact:
            return Line(Said.EXACT, near(yes.low * per / bottom), top=Decimal(yes.low), bottom=bottom)
        return _bounded(yes.low * per / bottom, yes.high * per / bottom, per, bottom)
    low = Decimal(yes.low) / max(yes.low + no.high, 1)
    high = Decimal(yes.high) / max(yes.high + no.low, 1)
    return _bounded(low * per, high * per, per, None)


def _bounded(low: Decimal, high: Decimal, per: int, bottom: Decimal | None) -> Line:
    if low <= 0 and high >= per:
        return WITHHELD
    return Line(Said.BETWEEN, low=_down(low), high=_up(min(high, Decimal(per))), bottom=bottom)


def _rate(whole: Span, per: int, people: Decimal) -> Line:
    if whole.is_exact:
        return Line(Said.EXACT, near(whole.low * per / people), top=Decimal(whole.low), bottom=people)
    found = _between(whole.low * per / people, whole.high * per / people)
    return found if found.said == Said.WITHHELD else replace(found, bottom=people)


def _between(low: Decimal, high: Decimal) -> Line:
    """At least and at most; nothing where even the least is nothing."""
    if low == high:
        return Line(Said.EXACT, low)
    if low <= 0:
        return WITHHELD
    return Line(Said.BETWEEN, low=_down(low), high=_up(high))


def edges(band: str) -> tuple[Decimal, Decimal | None]:
    """The ends of a band; None: without end.

    >>> edges("16-30"), edges("91+"), edges("-10..-6")
    ((Decimal('16'), Decimal('30')), (Decimal('91'), None), (Decimal('-10'), Decimal('-6')))
    """
    if band.endswith("+"):
        return Decimal(band[:-1]), None
    low, high = band.split("..") if ".." in band else band.split("-")
    return Decimal(low), Decimal(high) if high else None


def _ends(found: Sequence[Piece], bands: Sequence[str]) -> list[tuple[int, int, Span]]:
    """Of each piece the first and the last band in which it may be."""
    ends = []
    for piece in found:
        places = [bands.index(one) for one in (read(piece.outcome)[1] if piece.outcome else bands)]
        ends.append((min(places), max(places), piece.span))
    return ends


def _median(found: Sequence[Piece], bands: Sequence[str]) -> Line:
    """The bands in which the middle one may be, whatever is not told."""
    ends = _ends(found, bands)

    def may_be(at: int) -> bool:
        below = sum(span.low for _, last, span in ends if last < at)
        upto = sum(span.high for first, _, span in ends if first <= at)
        above = sum(span.low for first, _, span in ends if first > at)
        since = sum(span.high for _, last, span in ends if last >= at)
        return upto >= above and since >= below

    found_at = [at for at in range(len(bands)) if may_be(at)]
    if len(found_at) == len(bands) > 1:
        return WITHHELD
    (low, _), (_, high) = edges(bands[found_at[0]]), edges(bands[found_at[-1]])
    return Line(Said.BETWEEN, low=low, high=high)


def _mean(found: Sequence[Piece], bands: Sequence[str]) -> Line:
    """Everybody at the low end of the band, and at the high end, whatever is not told."""
    ends = [edges(band) for band in bands]
    rows = [row for piece in found for row in _in_bands(piece, bands)]
    low = _least([(ends[first][0], span) for first, _, span in rows])
    if any(ends[last][1] is None for _, last, _ in rows):
        return Line(Said.BETWEEN, low=_down(low))
    high = -_least([(-(ends[last][1] or Decimal(0)), span) for _, last, span in rows])
    if low <= ends[0][0] and high >= (ends[-1][1] or 0):
        return WITHHELD
    return Line(Said.BETWEEN, low=_down(low), high=_up(high))


def _in_bands(piece: Piece, bands: Sequence[str]) -> list[tuple[int, int, Span]]:
    """Parts of a piece, each with the first and the last band in which it may be. Beside a main band at most a few are
    below it, and at most a few above: that is how bands are put together (`words.gathered`)."""
    main, words = read(piece.outcome) if piece.outcome else ("", tuple(bands))
    places = [bands.index(one) for one in words]
    first, last = min(places), max(places)
    if not main or not piece.span.is_exact or piece.children != piece.span.low:
        return [(first, last, piece.span)]
    at, many = bands.index(main), piece.children
    below, above = (MOST_OF_FEW * piece.blocks if beyond else 0 for beyond in (first < at, last > at))
    if below + above > many:
        return [(first, last, piece.span)]
    parts = [(first, at, below), (at, at, many - below - above), (at, last, above)]
    return [(one, other, Span(size, size)) for one, other, size in parts]


def _least(rows: Sequence[tuple[Decimal, Span]]) -> Decimal:
    """The least mean: whoever may be there or not is there while that makes it less."""
    many = sum(span.low for _, span in rows)
    whole = sum((end * span.low for end, span in rows), Decimal(0))
    for end, span in sorted(rows, key=lambda row: row[0]):
        if many and end >= whole / many:
            break
        many, whole = many + span.high - span.low, whole + end * (span.high - span.low)
    return whole / many


def near(number: Decimal) -> Decimal:
    """As a figure is told everywhere: whoever writes it rounds no more."""
    return number.quantize(STEP, ROUND_HALF_UP)


def _down(number: Decimal) -> Decimal:
    return number.quantize(STEP, ROUND_FLOOR)


def _up(number: Decimal) -> Decimal:
    return number.quantize(STEP, ROUND_CEILING)
