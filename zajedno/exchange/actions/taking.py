"""“We use it here”: an institution says that it took a practice over."""

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.models import Practice, Taking
from zajedno.exchange.queries.taking import form_of
from zajedno.exchange.rules import REPLICATE
from zajedno.forms.actions.enabling import enable
from zajedno.forms.rules import ENABLE, ENABLE_ANYWHERE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.post import held


@transaction.atomic
def take(*, by: Actor, practice: Practice, organisation: int, note: str = "") -> Taking:
    """Said once for an institution; saying it again changes the note, not the day. Its own has it anyway."""
    seat = ask(by, REPLICATE, organisation)
    if practice.organisation_id == seat.organisation:
        raise Refused(_("This practice comes from your own institution."), "own")
    said = {"said_by": by.account, "note": note.strip()[:500]}
    row, _made = Taking.objects.update_or_create(
        practice=practice, organisation_id=seat.organisation, defaults=said, create_defaults=said | {"said_on": now()}
    )
    audit.record(by=by, verb=REPLICATE.key, about=practice, organisation=seat.organisation)
    return row


@transaction.atomic
def take_pack(*, by: Actor, practice: Practice, organisation: int, note: str = "") -> bool:
    """Everything that comes with a practice, for an institution, in one act: its form is in use from today, and the
    institution counts among those that use the practice.

    Returns whether the form is in use now; without the verb for that, who has it there is asked by letter.
    """
    row = take(by=by, practice=practice, organisation=organisation, note=note)
    form = form_of(practice)
    if form is None:
        return False
    if by.may(ENABLE_ANYWHERE.key) or by.may(ENABLE.key, row.organisation_id):
        enable(by=by, form=form, organisation=row.organisation_id)
        return True
    posts = held(by.today).filter(organisation=row.organisation_id, role__verbs__contains=[ENABLE.key])
    for account in {post.account_id: post.account for post in posts.select_related("account")}.values():
        outbox.write(
            to=account, key=f"pack-{row.pk}-{account.pk}",
            subject=_("A form is to be taken into use in your institution"),
            body=format_lazy(
                _("Your institution takes a good practice over. Take its form into use here: {path}"),
                path=f"/work/take-over/{practice.slug}/",
            ),
        )  # fmt: skip
    return False


@transaction.atomic
def leave(*, by: Actor, practice: Practice, organisation: int) -> None:
    """It is not used there any more."""
    seat = ask(by, REPLICATE, organisation)
    Taking.objects.filter(practice=practice, organisation=seat.organisation).delete()
    audit.record(by=by, verb=REPLICATE.key, about=practice, organisation=seat.organisation, detail={"left": True})
