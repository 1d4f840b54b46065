"""Visits and mentoring between two institutions: proposed by one, answered by the other, told of when they are done."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.actions.wording import clean
from zajedno.exchange.enums import Pact, PactState
from zajedno.exchange.models import Agreed
from zajedno.exchange.queries.pact import side
from zajedno.exchange.rules import REPLICATE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.post import held

LEARNT, WHAT = 2_000, 500


@transaction.atomic
def propose(
    *, by: Actor, organisation: int, other: int, hosts: bool, kind: str, what: str, due_on: date | None = None,
    is_checked: bool = False,
) -> Agreed:  # fmt: skip
    """For one's own institution. `hosts`: it shows or helps; else it visits or is helped."""
    seat = ask(by, REPLICATE, organisation)
    if other == seat.organisation or not organisations(working_on=by.today).filter(pk=other).exists():
        raise Refused(_("Choose another institution, one that works."), "other")
    if kind not in Pact.values:
        raise Refused(_("Choose from what is offered."), "kind")
    if due_on is not None and due_on < by.today:
        raise Refused(_("The last day lies in the past."), "due_on")
    guest, host = (other, seat.organisation) if hosts else (seat.organisation, other)
    if Agreed.objects.filter(guest=guest, host=host, kind=kind, state=PactState.PROPOSED).exists():
        raise Refused(_("This is proposed already and waits for an answer."), "twice")
    made = Agreed.objects.create(
        kind=kind, state=PactState.PROPOSED, guest_id=guest, host_id=host, proposed_by_id=seat.organisation,
        what=clean({"what": what}, is_checked, limit=WHAT)["what"], due_on=due_on, noted_by=by.account,
    )  # fmt: skip
    _tell(by, made, other, _("A visit or mentoring is proposed to your institution"))
    _record(by, made, seat.organisation, "proposed")
    return made


@transaction.atomic
def answer(*, by: Actor, uuid: UUID, accept: bool) -> None:
    """By the institution that did not propose it."""
    row, mine = _locked(by, uuid)
    if row.state != PactState.PROPOSED:
        raise Overtaken(_("It is answered already."), "answered")
    if row.proposed_by_id == mine:
        raise Refused(_("The other institution answers."), "own")
    row.state = PactState.AGREED if accept else PactState.DECLINED
    row.save(update_fields=["state"])
    _tell(by, row, row.proposed_by_id or 0, _("Your proposal of a visit or mentoring is answered"))
    _record(by, row, mine, str(row.state))


@transaction.atomic
def take_back(*, by: Actor, uuid: UUID) -> None:
    """What was agreed does not come about, or what one proposed oneself is not wanted any more."""
    row, mine = _locked(by, uuid)
    if row.state not in (PactState.PROPOSED, PactState.AGREED):
        raise Overtaken(_("It is over already."), "over")
    row.state = PactState.DECLINED
    row.save(update_fields=["state"])
    _tell(by, row, row.host_id if mine == row.guest_id else row.guest_id, _("A visit or mentoring is called off"))
    _record(by, row, mine, "called_off")


@transaction.atomic
def tell_done(*, by: Actor, uuid: UUID, done_on: date, learnt: str, is_checked: bool = False) -> None:
    """It took place, or the mentoring ended; what was learnt is public from now on."""
    row, mine = _locked(by, uuid)
    if row.state != PactState.AGREED:
        raise Overtaken(_("Only what is agreed can be done."), "state")
    if done_on > clock.today():
        raise Refused(_("This day is still to come."), "done_on")
    row.state, row.done_on = PactState.DONE, done_on
    row.learnt = clean({"learnt": learnt}, is_checked, limit=LEARNT)["learnt"]
    row.save(update_fields=["state", "done_on", "learnt"])
    _record(by, row, mine, "done")


def _locked(by: Actor, uuid: UUID) -> tuple[Agreed, int]:
    """The row, and for which of the two institutions the actor speaks; NotFound for those of others."""
    row = Agreed.objects.select_for_update().filter(uuid=uuid).first()
    mine = side(by, row) if row else None
    if row is None or mine is None:
        raise NotFound("")
    return row, mine


def _tell(by: Actor, row: Agreed, organisation: int, subject: Promise) -> None:
    """Everybody of the other institution who may answer."""
    posts = held(by.today).filter(organisation=organisation, role__verbs__contains=[REPLICATE.key])
    for account in {post.account_id: post.account for post in posts.select_related("account")}.values():
        outbox.write(
            to=account, key=f"pact-{row.uuid}-{row.state}-{account.pk}", subject=subject,
            body=format_lazy(_("Read it and answer: {path}"), path=f"/exchange/visits/{row.uuid}/"),
        )  # fmt: skip


def _record(by: Actor, row: Agreed, organisation: int, done: str) -> None:
    audit.record(by=by, verb=REPLICATE.key, about=row, organisation=organisation, detail={"pact": done})
