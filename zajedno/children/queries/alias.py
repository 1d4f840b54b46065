"""Pairs of files that may be of one child, as far as the actor may know of them (`docs/decisions/0013-*`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, FloatField, IntegerField, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from zajedno.children import rules
from zajedno.children.enums import Field
from zajedno.children.logic.matching import Kind, Pair, Said, explain
from zajedno.children.logic.matching.fields import FIELDS
from zajedno.children.models import Alias, AliasWord, Child
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.tie import living
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound

FIRST, SECOND, BOTH = 1, 2, 3
OPENED_BY = {
    "given_name": Field.IDENTITY, "family_name": Field.IDENTITY, "birth_date": Field.IDENTITY, "sex": Field.IDENTITY,
    "number": Field.IDENTIFIERS, "parent": Field.FAMILY, "municipality": Field.CONTACT, "address": Field.CONTACT,
}  # fmt: skip
"""Which part of a file must be open, on both sides, for a compared field to be shown or spoken of."""
WHICH = ("waiting", "asked", "same", "different")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`other` is None when the second file is kept elsewhere: then nothing of it is told."""

    alias: Alias
    other: Child | None


def proposals(by: Actor, child: Child) -> list[Proposal]:
    """Proposals about a child that the actor has found, undecided ones first."""
    rows = list(Alias.objects.filter(Q(child=child) | Q(same_as=child)).order_by("decided_on", "id"))
    others = {row.pk: row.same_as_id if row.child_id == child.pk else row.child_id for row in rows}
    seen = {row.pk: row for row in visible_to(by).filter(pk__in=others.values())}
    return [Proposal(row, seen.get(others[row.pk])) for row in rows]


def confirmed(by: Actor, child: Child) -> list[Child]:
    """Files that a person confirmed to be of the same child and that the actor may see."""
    return [row.other for row in proposals(by, child) if row.other and row.alias.state == Alias.State.CONFIRMED]


@dataclass(frozen=True)
class Compared:
    """A pair as the actor may know of it: `first`, `second` are None where no tie shows the file; `open` are the parts
    that ties open of both files, none where one is hidden; `alone` those of the one file that is seen."""

    alias: Alias
    first: Child | None
    second: Child | None
    open: frozenset[str]
    alone: frozenset[str] = frozenset()

    @property
    def sides(self) -> int:
        return (FIRST if self.first else 0) | (SECOND if self.second else 0)

    @property
    def mine(self) -> Child:
        """A file that the actor sees."""
        found = self.first or self.second
        assert found is not None
        return found

    def names(self, child: Child | None) -> bool:
        """May the actor read here what this child is called? Of two, only where both files open it."""
        return child is not None and Field.IDENTITY in (self.open if self.sides == BOTH else self.alone)

    @property
    def is_asked(self) -> bool:
        """Does the other side wait for a word of this one?"""
        return self.sides != BOTH and bool((self.alias.asked | self.alias.agreed) & ~self.sides & BOTH)

    def why(self) -> tuple[Said, ...]:
        """What agrees, nearly agrees and differs, of the fields that are open on both sides; nothing before the job
        has weighed the pair."""
        if not self.open or self.alias.levels.keys() != FIELDS.keys():
            return ()
        pair = Pair("", "", self.alias.probability or 0.0, False, self.alias.levels)
        return tuple(one for one in explain(pair) if OPENED_BY[one.field] in self.open and one.kind is not Kind.UNSAID)


def visible(by: Actor, which: str = "") -> QuerySet[Alias]:
    """Pairs of which the actor sees a file, asked ones first, then the likeliest among those they see wholly: of others
    the order says nothing. `which`: one of `WHICH`, or all."""
    own = living(by)
    rows = Alias.objects.annotate(
        sees_first=Exists(own.filter(child=OuterRef("child"))),
        sees_second=Exists(own.filter(child=OuterRef("same_as"))),
    ).filter(Q(sees_first=True) | Q(sees_second=True))
    asked = Q(sees_second=False, asked__gte=SECOND) | Q(sees_second=False, agreed__gte=SECOND)
    asked |= Q(sees_first=False, asked__in=(FIRST, BOTH)) | Q(sees_first=False, agreed__in=(FIRST, BOTH))
    wanted = {
        "waiting": Q(state=Alias.State.PROPOSED),
        "asked": Q(state=Alias.State.PROPOSED) & asked,
        "same": Q(state=Alias.State.CONFIRMED),
        "different": Q(state=Alias.State.REJECTED),
    }
    if which in wanted:
        rows = rows.filter(wanted[which])
    both = Q(sees_first=True, sees_second=True)
    rows = rows.annotate(
        is_asked=Case(When(asked, then=1), default=0, output_field=IntegerField()),
        likely=Case(When(both, then=F("weight__probability")), output_field=FloatField(null=True)),
    )
    return rows.select_related("weight").order_by("-is_asked", F("likely").desc(nulls_last=True), "-proposed_on", "-pk")


def find(by: Actor, uuid: UUID) -> Alias:
    """A pair of which the actor sees a file, or NotFound: the same for a foreign one as for none."""
    row = visible(by).filter(uuid=uuid).first()
    if row is None:
        raise NotFound(_("There is no such pair among the children you work with."), "no_pair")
    return row


def compared(by: Actor, rows: Iterable[Alias]) -> list[Compared]:
    """The pairs with the files that the actor sees: two queries."""
    pairs = list(rows)
    ids = {pk for row in pairs for pk in (row.child_id, row.same_as_id)}
    seen = visible_to(by).filter(pk__in=ids).select_related("residence", "registered_by").in_bulk()
    opened: dict[int, set[str]] = {}
    for child, fields in living(by).filter(child__in=ids).values_list("child", "fields"):
        opened.setdefault(child, set()).update(fields)
    return [
        Compared(
            row, seen.get(row.child_id), seen.get(row.same_as_id),
            frozenset(opened.get(row.child_id, set()) & opened.get(row.same_as_id, set())),
            frozenset(opened.get(row.child_id, set()) | opened.get(row.same_as_id, set())),
        )
        for row in pairs
    ]  # fmt: skip


def said(pair: Compared) -> list[AliasWord]:
    """What was said, the newest first: by one's own institution; by everybody to who sees both files."""
    return list(AliasWord.objects.filter(alias=pair.alias).order_by("-id"))


def waiting(by: Actor) -> int:
    """How many pairs wait for a word of the actor."""
    return visible(by, "waiting").count() if by.may(rules.DECIDE_ALIAS.key) else 0


def keepers(alias: Alias) -> dict[int, int]:
    """Who keeps the file of each side (organisation by id): for the letter, never for a page."""
    with connection.cursor() as cursor:
        cursor.execute("select side, organisation from app.alias_keepers(%s)", [alias.pk])
        return dict(cursor.fetchall())
