"""Parents and guardians who act for their own children."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.access.queries.account import roles
from zajedno.children.enums import PARENTHOOD, AskedState
from zajedno.children.models import Child, FamilyInvitation, FamilyRequest, Guardian, Tie
from zajedno.children.queries.tie import living
from zajedno.children.rules import ANSWER_FAMILY, INVITE_FAMILY
from zajedno.kernel.actor import NOWHERE, Actor, Seat
from zajedno.kernel.refusal import NotFound

if TYPE_CHECKING:
    from zajedno.access.models import Account

ROLE = "parent"  # of the packs: what a parent may do without a post


def as_guardian(by: Actor) -> Actor:
    """The same person, acting for their own children alone: no post of theirs counts, also where they hold one."""
    role = roles().filter(key=ROLE).first()
    verbs = frozenset(role.verbs) if role else frozenset[str]()
    seat = Seat(post=NOWHERE, organisation=NOWHERE, role=ROLE, verbs=verbs, opens_files=False)
    return replace(by, seats=(seat,))


def own_ties(by: Actor) -> QuerySet[Tie]:
    """Ties by which the actor, as a guardian of today, sees their children."""
    mine = Guardian.objects.filter(account=by.account, ended_on=None, represents=True)
    return living(by).filter(key=-by.account, purpose=PARENTHOOD, child__in=mine.values("child"))


def children_of(by: Actor) -> QuerySet[Child]:
    """The actor's own children, the youngest last."""
    return Child.objects.filter(pk__in=own_ties(by).values("child")).order_by("birth_date", "pk")


def child_of(by: Actor, uuid: UUID) -> Child:
    """One of them; NotFound for the child of others as for none."""
    child = children_of(by).filter(uuid=uuid).select_related("registered_by", "residence").first()
    if child is None:
        raise NotFound(_("There is no such child among your own."), "no_child")
    return child


def own_row(by: Actor, child: Child) -> Guardian:
    """Who the actor is to the child."""
    row = Guardian.objects.filter(child=child, account=by.account, ended_on=None, represents=True).first()
    if row is None:
        raise NotFound(_("There is no such child among your own."), "no_child")
    return row


def entered(child: int) -> "list[tuple[Account, list[str]]]":
    """Guardians of a child who have entered the family desk, with the fields that are open to them."""
    mine = Guardian.objects.filter(child=child, ended_on=None, represents=True, account__isnull=False).values("account")
    rows = Tie.objects.filter(Q(until=None), child=child, purpose=PARENTHOOD, account__in=mine, account__is_active=True)
    first = {row.account_id: row for row in rows.select_related("account").order_by("-id")}
    return [(row.account, row.fields) for row in first.values() if row.account]


def open_invitations(by: Actor, child: Child) -> dict[int, FamilyInvitation]:
    """Invitations that may still be used, of the actor's institutions, by guardian."""
    at = by.organisations_for(INVITE_FAMILY.key)
    rows = FamilyInvitation.objects.filter(child=child, organisation__in=at, ended_on=None)
    return {row.guardian_id: row for row in rows}


def asked_by(by: Actor, child: Child) -> QuerySet[FamilyRequest]:
    """What the actor has asked for of their own child's file, the newest first."""
    rows = FamilyRequest.objects.filter(account=by.account, child=child, child__in=children_of(by))
    return rows.select_related("organisation", "child__data_key").order_by("-id")


def asked_of(by: Actor) -> QuerySet[FamilyRequest]:
    """What parents ask of the actor's institutions; what waits stands first, the most urgent before the others."""
    rows = FamilyRequest.objects.filter(organisation__in=by.organisations_for(ANSWER_FAMILY.key))
    rows = rows.select_related("child__data_key", "guardian", "organisation", "account")
    return rows.annotate(waits=Q(state=AskedState.WAITING)).order_by("-waits", "due_on", "id")


def waiting(by: Actor) -> QuerySet[FamilyRequest]:
    """Those of them that nobody has answered."""
    at = by.organisations_for(ANSWER_FAMILY.key)
    return FamilyRequest.objects.filter(organisation__in=at, state=AskedState.WAITING)
