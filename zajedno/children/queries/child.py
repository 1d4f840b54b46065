"""Children an actor may find. No tie, no row: the same answer as for what does not exist."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.children import rules
from zajedno.children.enums import Field
from zajedno.children.models import Child
from zajedno.children.queries.tie import keys_open, living, opening
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import Verb, ask

# Completed years, from and to; None: no end.
AGES: dict[str, tuple[int, int | None]] = {"0-2": (0, 2), "3-6": (3, 6), "7-14": (7, 14), "15-": (15, None)}


def visible_to(by: Actor) -> QuerySet[Child]:
    """Children with a tie that reaches the actor today: from the ties; `acl` is the last fence."""
    return Child.objects.filter(pk__in=living(by).values("child"))


def named_to(by: Actor) -> QuerySet[Child]:
    """Those whose names the actor may see, in the order of the alphabet, whatever the script. `placed`: may the actor
    see where the child lives, too?"""
    named = Child.objects.filter(pk__in=opening(by, Field.IDENTITY).values("child"))
    placed = Exists(opening(by, Field.CONTACT).filter(child=OuterRef("pk")))
    return named.annotate(placed=placed).select_related("residence").order_by("sort_key", "pk")


def of_age(rows: QuerySet[Child], band: str, day: date) -> QuerySet[Child]:
    """Those whose completed years lie in a band of `AGES`; all of them for ""."""
    youngest, oldest = AGES.get(band, (0, None))
    if band:
        rows = rows.filter(birth_date__lte=_years_before(day, youngest))
    return rows.filter(birth_date__gt=_years_before(day, oldest + 1)) if oldest is not None else rows


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def find(by: Actor, uuid: UUID | str) -> Child:
    """The child, or NotFound: one query for a foreign id as for an invented one."""
    child = visible_to(by).filter(uuid=_as_uuid(uuid)).select_related("residence", "registered_by").first()
    if child is None:
        raise _nothing()
    return child


def find_to(by: Actor, verb: Verb, child: Child | UUID | str) -> Child:
    """The child, once the verb was asked: refused when no post has it, NotFound when the child is not visible,
    refused again when the post that has it is not the one the child is tied to, or only reads the file."""
    ask(by, verb)
    found = find(by, child.uuid if isinstance(child, Child) else child)
    rules.ask_about(by, verb, keys_open(by, found, reading=verb == rules.OPEN_FILE))
    return found


def _as_uuid(value: UUID | str) -> UUID:
    try:
        return value if isinstance(value, UUID) else UUID(value)
    except ValueError:
        raise _nothing() from None


def _nothing() -> NotFound:
    return NotFound(_("There is no such child among those you work with."), "no_child")
