"""Taking a form into use in an institution, and out of it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.forms import rules
from zajedno.forms.models import Enabling, Form
from zajedno.forms.queries.form import newest
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask


@transaction.atomic
def enable(*, by: Actor, form: Form, organisation: int) -> Enabling:
    """From today `form` is in use in `organisation`, in its newest approved version. Twice is once."""
    _ask(by, organisation)
    form = Form.objects.select_for_update().get(pk=form.pk)
    if not newest().filter(form=form).exists():
        raise Refused(_("Only an approved form that is not retired can be taken into use."), "not_approved")
    row, made = Enabling.objects.get_or_create(
        form=form, organisation=organisation, until=None, defaults={"since": by.today, "enabled_by": by.account}
    )
    if made:
        _record(by, row, form)
    return row


@transaction.atomic
def disable(*, by: Actor, form: Form, organisation: int) -> None:
    """From today no new sheet is begun here; those that were filled in stay. Twice is once."""
    _ask(by, organisation)
    row = Enabling.objects.select_for_update().filter(form=form, organisation=organisation, until=None).first()
    if row is None:
        return
    row.until = max(by.today, row.since)
    row.save(update_fields=["until"])
    _record(by, row, form)


def _ask(by: Actor, organisation: int) -> None:
    """In one's own institution, or anywhere by the wider verb."""
    if not by.may(rules.ENABLE_ANYWHERE.key):
        ask(by, rules.ENABLE, organisation)


def _record(by: Actor, row: Enabling, form: Form) -> None:
    detail = {"form": form.key, "until": row.until.isoformat() if row.until else None}
    audit.record(by=by, verb=rules.ENABLE.key, about=row, organisation=row.organisation, detail=detail)
