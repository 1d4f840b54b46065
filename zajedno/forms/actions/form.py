"""A form's key ends as it lived: for ever."""

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.forms import rules
from zajedno.forms.models import Form
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask


@transaction.atomic
def retire(*, by: Actor, form: Form) -> None:
    """From today nobody begins a sheet of it; what was filled in stays readable, what phones still hold is taken.

    An office retires its own form; one of a pack only who loads packs. The key is never used again.
    """
    if form.owner is None:
        ask(by, rules.LOAD)
    elif not by.may(rules.APPROVE.key):
        ask(by, rules.UPLOAD, form.owner)
    changed = Form.objects.filter(pk=form.pk, retired_on=None).update(retired_on=by.today)
    if changed:
        audit.record(by=by, verb="forms.retire", organisation=form.owner, detail={"form": form.key})
