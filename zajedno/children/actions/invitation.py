"""A parent comes in by a one-time code or link. Whether a code exists is never told: all wrong ones fare alike."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.access.actions.account import open_own
from zajedno.access.queries.account import by_email
from zajedno.children import rules
from zajedno.children.actions.tie import end_tie
from zajedno.children.enums import PARENTHOOD, InvitationEnd
from zajedno.children.logic.family_code import new_code, selector, written
from zajedno.children.logic.family_code import read as read_code
from zajedno.children.models import Child, FamilyInvitation, Guardian
from zajedno.children.queries.child import find_to
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import identify
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.procedures.queries.definition import purposes

if TYPE_CHECKING:
    from zajedno.access.models import Account

LETTER, MAIL = timedelta(days=14), timedelta(days=7)  # how long a code and a link are good
_WRONG = _(
    "This did not work. Look at the code once more. If you already have an account here, log in first and write the "
    "code then. If it still does not work, ask whoever gave you the letter for a new one."
)
_SUBJECT = _("You are invited to Zajedno")
_MAIL = _(
    "An institution invites you to see, in plain words, what happens in a matter that concerns you. The link can be "
    "used once, within seven days:\n\n{link}\n\nIf you expect nothing of the kind, do nothing."
)


def _digest(secret: str) -> bytes:
    return sealed.blind(secret, "family-invitation")


@transaction.atomic
def invite_by_letter(*, by: Actor, guardian: Guardian) -> tuple[FamilyInvitation, str]:
    """An invitation with its code as it stands in the letter; the code is kept nowhere. An open one before it ends."""
    row = _may_invite(by, guardian)
    for _try in range(20):
        code = new_code()
        try:
            with transaction.atomic():
                return _invited(by, row, code, selector(code), LETTER), written(code)
        except IntegrityError:  # another open invitation has the same first group
            continue
    raise Refused(_("No code could be made. Try again."), "no_code")


@transaction.atomic
def invite_by_mail(*, by: Actor, guardian: Guardian, site: str, language: str) -> FamilyInvitation:
    """The same by a link to the guardian's address. `site` is the address of this installation."""
    row = _may_invite(by, guardian)
    if not row.email:
        raise Refused(
            _("There is no e-mail address of this person in the file. Write it there, or give a letter."), "mail"
        )
    token = secrets.token_urlsafe(32)
    made = _invited(by, row, token, "", MAIL)
    outbox.write_to(
        address=row.email, language=language, key=f"family-{made.uuid}", subject=_SUBJECT,
        body=format_lazy(_MAIL, link=f"{site}/family/enter/{token}/"),
    )  # fmt: skip
    return made


def _may_invite(by: Actor, guardian: Guardian) -> Guardian:
    """The guardian, locked: two who invite the same person at once follow each other."""
    row = Guardian.objects.select_for_update(of=("self",)).select_related("child").filter(pk=guardian.pk).first()
    if row is None:
        raise NotFound(_("There is no such person."), "no_guardian")
    find_to(by, rules.INVITE_FAMILY, row.child)
    if row.ended_on is not None or not row.represents:
        raise Refused(_("Only who represents the child by law is invited."), "represents")
    return row


def _invited(by: Actor, guardian: Guardian, secret: str, first: str, lasts: timedelta) -> FamilyInvitation:
    now, child = clock.now(), guardian.child
    _end_open(guardian, InvitationEnd.REPLACED)
    seat = find_seat(by, child)
    made = FamilyInvitation.objects.create(
        child=child, guardian=guardian, organisation_id=seat, invited_by=by.account, selector=first,
        hash=_digest(secret), made_on=now, expires_on=now + lasts,
    )  # fmt: skip
    detail = {"guardian": str(guardian.uuid), "by": "letter" if first else "mail"}
    audit.record(by=by, verb=rules.INVITE_FAMILY.key, about=child, organisation=seat, detail=detail)
    return made


def find_seat(by: Actor, child: Child) -> int:
    """The institution in whose name the actor invites."""
    at = by.organisations_for(rules.INVITE_FAMILY.key)
    tied = child.ties.filter(organisation__in=at).values_list("organisation", flat=True).first()
    return tied or at[0]


def _end_open(guardian: Guardian, outcome: str) -> int:
    return guardian.invitations.filter(ended_on=None).update(ended_on=clock.now(), outcome=outcome)


@transaction.atomic
def revoke(*, by: Actor, guardian: Guardian) -> None:
    """Take an invitation back that nobody has used yet."""
    row = _may_invite(by, guardian)
    if not _end_open(row, InvitationEnd.REVOKED):
        raise Refused(_("There is no invitation that could be taken back: it was used or is over."), "no_invitation")
    detail = {"guardian": str(row.uuid), "revoked": True}
    audit.record(by=by, verb=rules.INVITE_FAMILY.key, about=row.child, detail=detail)


def close_family_desk(*, by: Actor, guardian: Guardian) -> None:
    """Whoever is no guardian any more sees nothing from this moment. Called by the verbs that end a guardianship."""
    _end_open(guardian, InvitationEnd.REVOKED)
    living = Q(until=None) | Q(until__gte=by.today)
    account = guardian.account_id or 0  # nobody's, when they never came in
    for tie in guardian.child.ties.filter(living, account=account, purpose=PARENTHOOD).select_related("child"):
        end_tie(by=by, verb=rules.CHANGE, tie=tie)


def enter(
    *, secret: str, account: "Account | None", email: str = "", password: str = "", language: str = "sr"
) -> Child:
    """Use a code or link: the account (a new one, when nobody is logged in) is tied to the child of the invitation.

    Not atomic by itself: a wrong code is counted although it is refused. Raises Refused with the same words for a
    wrong, old, used or revoked code, for an address that has an account, and for a guardian who came in otherwise.
    """
    code = read_code(secret)
    found = _look(selector(code), _digest(code or secret))
    if found is None:
        raise wrong()
    name, address = found
    with transaction.atomic():
        if account is None:
            account = _account(name, email if code else address, language, password)
        return _enter(selector(code), _digest(code or secret), account)


def wrong() -> Refused:
    return Refused(_WRONG, "no_invitation")


def _look(first: str, digest: bytes) -> tuple[str, str] | None:
    """Name and address of the guardian whom the code lets in; a wrong one counts against the invitation it names."""
    with connection.cursor() as cursor:
        cursor.execute("select name, email from app.family_invitation(%s, %s, %s)", [first, digest, clock.now()])
        row: tuple[str, str] | None = cursor.fetchone()
    return row


def _account(name: str, email: str, language: str, password: str) -> "Account":
    if by_email(email):
        raise wrong()
    validate_password(password)
    return open_own(email=email, name=name, language=language, password=password)


def _enter(first: str, digest: bytes, account: "Account") -> Child:
    identify(account.pk)
    with connection.cursor() as cursor:
        cursor.execute("select child, country, tie from app.enter_family(%s, %s, %s)", [first, digest, clock.now()])
        row = cursor.fetchone()
    if row is None:
        raise wrong()
    child = Child.objects.get(pk=row[0])
    _open(child, row[2], row[1])
    audit.record(by=None, account=account.pk, verb="children.enter_family", about=child, detail={"tie": str(row[2])})
    return child


def _open(child: Child, tie: str, country: str) -> None:
    """The tie opens what the pack of the country says of parents; it was written opening the name alone."""
    fields = next(one.fields for one in purposes(country) if one.key == PARENTHOOD)
    child.ties.filter(uuid=tie).update(fields=sorted(fields))
