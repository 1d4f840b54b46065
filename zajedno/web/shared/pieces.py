"""What a view hands to the components of a page. Plain values: every text is escaped by the template."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime


@dataclass(frozen=True)
class Link:
    """`about` finishes the text for those who hear it alone: Change (date of birth)."""

    text: Any
    href: str
    about: Any = ""


@dataclass(frozen=True)
class Tag:
    """A short state. `tone`: plain, info, wait, late, done, off. The word says it; the colour only helps."""

    text: Any
    tone: str = "plain"


def _written(value: Any) -> Any:
    """A day as the language writes it; anything else as it is."""
    if isinstance(value, datetime):
        return date_format(localtime(value) if is_aware(value) else value, "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value


@dataclass(frozen=True)
class Row:
    """A line of a summary list. `value` is a text, a Tag, or a sequence of them; empty shows as "not entered"."""

    key: Any
    value: Any = ""
    actions: Sequence[Link] = ()
    lang: str = ""

    @property
    def values(self) -> list[Any]:
        many = isinstance(self.value, (list, tuple))
        return [_written(part) for part in (self.value if many else [self.value]) if part not in ("", None)]


@dataclass(frozen=True)
class Task:
    """A line of a task list; without `href` it cannot be begun yet."""

    title: Any
    status: Tag
    href: str = ""
    hint: Any = ""


@dataclass(frozen=True)
class Moment:
    """Something that happened (or is due), in a timeline."""

    title: Any
    when: date | datetime | None
    text: Any = ""
    byline: Any = ""
    tag: Tag | None = None
    links: Sequence[Link] = ()

    @property
    def has_time(self) -> bool:
        return isinstance(self.when, datetime)


@dataclass(frozen=True)
class Step:
    """A step of a longer form. `state`: done, here, ahead."""

    title: Any
    state: str
    href: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table. `numeric` aligns right; `fixed` may not be sorted by."""

    title: Any
    numeric: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: text, or a link, or a tag. `sort` is what the column is ordered by when the text will not do."""

    text: Any = ""
    href: str = ""
    tag: Tag | None = None
    sort: Any = ""
    lang: str = ""
    small: Any = ""


@dataclass(frozen=True)
class Table:
    """A table of data. The first cell of each row is its header. Rows hold Cells or plain texts."""

    id: str
    caption: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    sortable: bool = False
    caption_hidden: bool = False
    empty: Any = ""

    def cells(self) -> list[list[tuple[Column, Cell]]]:
        return [
            [(column, c if isinstance(c, Cell) else Cell(c)) for column, c in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Work:
    """Long work in progress. `done` and `total` are counts; `rate` per second; `left` in seconds, when known."""

    title: Any
    done: int
    total: int
    state: Tag
    rate: float | None = None
    left: int | None = None
    links: Sequence[Link] = field(default=())

    @property
    def share(self) -> int:
        """Percent."""
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def minutes(self) -> int | None:
        """Minutes left, rounded up."""
        return None if self.left is None else -(-self.left // 60)
