"""Grants and what they ask for. Who keeps one is told once that a report or condition falls due."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import CURRENCIES
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.post import held_at
from zajedno.programmes.models import Funder, Grant, Promise
from zajedno.programmes.queries.funding import due
from zajedno.programmes.rules import KEEP_BUDGET

SUBJECT = _("A grant asks for something soon")
BODY = _("The grant “%(grant)s” asks for something that falls due. Log in and look at “Network”, “Money”.")


@transaction.atomic
def enter_grant(
    *, by: Actor, organisation: int, funder: str, title: str, amount: Decimal, currency: str, agreed_on: date,
    ends_on: date,
) -> Grant:  # fmt: skip
    """The funder is known by its name."""
    ask(by, KEEP_BUDGET, organisation)
    funder, title = " ".join(funder.split())[:200], " ".join(title.split())[:250]
    if not funder or not title:
        raise Refused(_("Write who gives the money, and for what."), "empty")
    if amount <= 0 or currency not in CURRENCIES:
        raise Refused(_("Write an amount greater than zero, and its currency."), "amount")
    if ends_on < agreed_on:
        raise Refused(_("The last day lies before the first."), "days")
    giver, _is_new = Funder.objects.get_or_create(organisation_id=organisation, name=funder)
    row = Grant.objects.create(
        funder=giver, title=title, amount=amount, currency=currency, agreed_on=agreed_on, ends_on=ends_on,
        written_by=by.account,
    )  # fmt: skip
    _record(by, row, {"grant": str(row.uuid)})
    return row


@transaction.atomic
def promise(*, by: Actor, grant: Grant, text: str, is_report: bool, due_on: date | None) -> Promise:
    """A condition, or a report that is due on a day."""
    ask(by, KEEP_BUDGET, grant.funder.organisation_id)
    if not text.strip():
        raise Refused(_("Write what the grant asks for."), "empty")
    if is_report and due_on is None:
        raise Refused(_("A report has a day by which it is sent."), "day")
    row = Promise.objects.create(grant=grant, text=" ".join(text.split())[:250], is_report=is_report, due_on=due_on)
    _record(by, grant, {"asks": str(row.uuid)})
    return row


@transaction.atomic
def keep(*, by: Actor, promise: Promise) -> None:
    """It is done today."""
    ask(by, KEEP_BUDGET, promise.grant.funder.organisation_id)
    if not Promise.objects.filter(pk=promise.pk, kept_on=None).update(kept_on=by.today):
        raise Overtaken(_("This is done already."))
    _record(by, promise.grant, {"kept": str(promise.uuid)})


@transaction.atomic
def warn() -> int:
    """Nobody's act; how many letters were new. Each is written once."""
    return sum(_tell(row) for row in due(clock.today()))


def _tell(row: Promise) -> int:
    posts = held_at(row.grant.funder.organisation_id, clock.today()).filter(role__verbs__contains=[KEEP_BUDGET.key])
    body = lazy(lambda: str(BODY) % {"grant": row.grant}, str)()
    return sum(
        outbox.write(to=one.account, key=f"grant-{row.uuid}-{one.account_id}", subject=SUBJECT, body=body)
        for one in posts
    )


def _record(by: Actor, row: Grant, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=KEEP_BUDGET.key, about=row, organisation=row.funder.organisation_id, detail=detail)
