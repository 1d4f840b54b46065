"""Ages as the statistical office groups them."""

from zajedno.figures.logic.pools import Cell, Level

BANDS = ((6, "0-6"), (14, "7-14"), (18, "15-18"))
OLDER = "older"


def band(born: str, year: int) -> str:
    """Of a year of birth, by the age reached in a year.

    >>> band("2012", 2026), band("2000", 2026), band("unknown", 2026)
    ('7-14', 'older', 'unknown')
    """
    if not born.isdigit():
        return born  # unknown, or a group already
    return next((name for last, name in BANDS if year - int(born) <= last), OLDER)


def by_band(year: int) -> Level:
    """The level on which only the age group is told of a year of birth (the first word of a cell)."""

    def level(cell: Cell) -> Cell:
        return (band(cell[0], year), *cell[1:])

    return level


def is_ageless(cell: Cell) -> bool:
    """Does it hold the same children in the next year? A year of birth does, an age group does not."""
    return cell[0].isdigit() or cell[0] == "unknown"
