"""A municipality is invited in one act: its bodies, their first administrator, the forms they use; and taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from zajedno.access.actions import account as accounts
from zajedno.access.actions import audit
from zajedno.access.queries.account import by_email
from zajedno.forms.actions import enabling
from zajedno.forms.queries import office
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.models import Arrival
from zajedno.networks.queries.arrival import administrator, bodies, may_take_back, packed
from zajedno.places.actions import organisation as organisations
from zajedno.places.actions import post as posts
from zajedno.places.queries import organisation as places
from zajedno.places.queries.post import by_ids, of_account
from zajedno.places.rules import APPOINT_ANYWHERE, CREATE_ORGANISATION

if TYPE_CHECKING:
    from zajedno.places.models import Organisation, OrganisationKind, Territory

INVITED, TAKEN_BACK = "networks.invite_municipality", "networks.take_back_invitation"
ROLE = "administrator"


@transaction.atomic
def invite(
    *, by: Actor, territory: "Territory", kinds: Sequence["OrganisationKind"], forms: Sequence[str], email: str,
    name: str, language: str, site: str,
) -> Arrival:  # fmt: skip
    """Enter the bodies that are not here yet, appoint their first administrator, take the forms (keys) into use.

    `kinds`: at least one; one invitation goes out. `site`: the address of this installation, for the letters. A body
    of that kind that works there already is kept as it is and gets the administrator and the forms too. Raises
    Refused when the municipality is invited already.
    """
    for verb in (CREATE_ORGANISATION, APPOINT_ANYWHERE):
        ask(by, verb)
    _reopen(by, email)
    made: list[int] = []
    found = [_body(by, territory, kind, language, made) for kind in kinds]
    first = posts.appoint_by_email(
        by=by, email=email, name=name, language=language, site=site, organisation=found[0], role=ROLE, since=by.today
    )
    held = [first, *(
        posts.appoint(by=by, account=first.account, organisation=one, role=ROLE, since=by.today) for one in found[1:]
    )]  # fmt: skip
    row = Arrival(
        territory=territory, account=first.account_id, posts=[one.pk for one in held], made=made,
        enabled=_enable(by, forms, territory, found), invited_by=by.account, invited_on=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(gettext_lazy("This municipality is invited already."), "invited") from error
    audit.record(by=by, verb=INVITED, about=row, detail={"bodies": len(found), "forms": len(forms)})
    return row


def _reopen(by: Actor, email: str) -> None:
    """Who was invited before, and taken back before they came, may be invited again."""
    account = by_email(email)
    if account is not None and not account.is_active and not account.has_usable_password() and not account.is_system:
        accounts.set_active(by=by, account=account, active=True)


def _body(
    by: Actor, territory: "Territory", kind: "OrganisationKind", language: str, made: list[int]
) -> "Organisation":
    """The one of that kind with its seat there; a closed one works again; else a new one. Notes what was made."""
    there = places.organisations(kind=kind.pk).filter(territory=territory)
    found = there.filter(active_until=None).first()
    if found is not None:
        return found
    closed = there.first()
    if closed is not None:
        made.append(closed.pk)
        return organisations.reopen_organisation(by=by, organisation=closed)
    with override(language):
        name = f"{kind}, {territory.name}"
    row = organisations.create_organisation(
        by=by, code=places.free_code(name), kind=kind, name=name, territory=territory, covers=[territory],
        language=language,
    )  # fmt: skip
    made.append(row.pk)
    return row


def _enable(by: Actor, keys: Sequence[str], territory: "Territory", found: Sequence["Organisation"]) -> list[list[int]]:
    """Pairs of form and body where it was not in use before."""
    used = office.used_in([one.pk for one in found])
    offered = [form for form in packed(territory.country_id) if form.key in keys]
    pairs = [(form, one) for form in offered for one in found if (form.pk, one.pk) not in used]
    for form, one in pairs:
        enabling.enable(by=by, form=form, organisation=one.pk)
    return [[form.pk, one.pk] for form, one in pairs]


@transaction.atomic
def take_back(*, by: Actor, arrival: Arrival) -> None:
    """Undo all of it, while the invited person has not come: posts end, forms go out of use, bodies close.

    The link in the letter leads nowhere from then on. Raises NotPermitted or Overtaken.
    """
    for verb in (CREATE_ORGANISATION, APPOINT_ANYWHERE):
        ask(by, verb)
    row = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if row.taken_back_on is not None:
        raise Overtaken(gettext_lazy("This invitation is taken back already."))
    if not may_take_back(row, by.today):
        raise NotPermitted(gettext_lazy("Somebody has come, or others work there already: end posts one by one."))
    for post in by_ids(row.posts):
        if post.until is None:
            posts.end(by=by, post=post, on=by.today, reason=_("The invitation was taken back."))
    for form, organisation in row.enabled:
        enabling.disable(by=by, form=office.by_id(form), organisation=organisation)
    for body in bodies(row):
        if body.pk in row.made:
            organisations.close_organisation(by=by, organisation=body, on=by.today)
    if not of_account(row.account).filter(until=None).exists():
        accounts.set_active(by=by, account=administrator(row), active=False)
    row.taken_back_on = clock.now()
    row.save(update_fields=["taken_back_on"])
    audit.record(by=by, verb=TAKEN_BACK, about=row)
