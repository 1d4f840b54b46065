"""A wave of a survey is opened and ended; codes are drawn; people answer, once each, and stay unknown.

Answering writes no line of audit: it would hold the time. Who may answer follows from the ticket.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.enums import CampaignState
from zajedno.exchange.logic import wave as logic
from zajedno.exchange.models import Campaign, Wave, WaveAnswer, WaveTicket
from zajedno.exchange.queries.wave import mark_of, strata, survey
from zajedno.exchange.rules import CAMPAIGN
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask

MOST_CODES = 500  # drawn at once


@transaction.atomic
def open_wave(
    *, by: Actor, campaign: Campaign, kind: str, opens_on: date, closes_on: date, by_code: bool, quotas: str = "",
    margins: str = "",
) -> Wave:  # fmt: skip
    """In the newest text of the form. `quotas` and `margins`: lines as `logic.wave` reads them."""
    ask(by, CAMPAIGN, campaign.organisation_id or 0)
    if campaign.state != CampaignState.PUBLISHED:
        raise Refused(_("Publish the campaign before you ask people."), "state")
    if opens_on < by.today or closes_on < opens_on:
        raise Refused(_("The wave begins today or later, and ends after it begins."), "days")
    if campaign.waves.filter(opens_on__lte=closes_on, closes_on__gte=opens_on, ended_on=None).exists():
        raise Refused(_("Another wave of this campaign is open in these days."), "overlap")
    form = survey()
    allowed = strata(form)
    row = Wave.objects.create(
        campaign=campaign, version_id=form.pk, kind=kind, opens_on=opens_on, closes_on=closes_on, by_code=by_code,
        quotas=_read(logic.read_quotas, quotas, allowed), margins=_read(logic.read_margins, margins, allowed),
        opened_by=by.account,
    )  # fmt: skip
    _record(by, row, {"opened": kind})
    return row


def _read(read: Callable[[str, logic.Allowed], Any], text: str, allowed: logic.Allowed) -> Any:
    try:
        return read(text, allowed)
    except logic.Unreadable as fault:
        if not fault.line:
            raise Refused(_("The shares of each question must make 100 together."), "margins") from None
        sentence = format_lazy(_("Line {line} cannot be read. Write it like the example."), line=fault.line)
        raise Refused(sentence, "lines") from None


@transaction.atomic
def draw_codes(*, by: Actor, wave: Wave, count: int) -> list[str]:
    """New invitation codes. Only their keyed hashes are kept: this is the one time that they can be printed."""
    ask(by, CAMPAIGN, wave.campaign.organisation_id or 0)
    if not wave.by_code or wave.is_over(by.today):
        raise Refused(_("This wave takes no codes."), "no_codes")
    if not 1 <= count <= MOST_CODES:
        raise Refused(format_lazy(_("Draw 1 to {most} codes at once."), most=MOST_CODES), "count")
    codes = [logic.new_code() for _number in range(count)]
    WaveTicket.objects.bulk_create(WaveTicket(wave=wave, mark=mark_of(wave, code)) for code in codes)
    _record(by, wave, {"codes": count})
    return codes


@transaction.atomic
def end_wave(*, by: Actor, wave: Wave) -> None:
    """Take no more answers, from now on and for good."""
    ask(by, CAMPAIGN, wave.campaign.organisation_id or 0)
    row = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if row.is_over(by.today):
        raise Overtaken(_("This wave is over already."), "over")
    row.ended_on = by.today
    row.save(update_fields=["ended_on"])
    row.tickets.all().delete()
    _record(by, row, {"ended": True})


def forget_tickets() -> int:
    """Of waves that are over: nobody has to be told apart any more. How many. Nobody's act."""
    over = Q(wave__closes_on__lt=clock.today()) | Q(wave__ended_on__isnull=False)
    return WaveTicket.objects.filter(over).delete()[0]


@transaction.atomic
def drop_wave(*, by: Actor, wave: Wave) -> None:
    """One that nobody has answered, opened by mistake; its codes are worth nothing any more."""
    ask(by, CAMPAIGN, wave.campaign.organisation_id or 0)
    row = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if row.answers.exists():
        raise Overtaken(_("Somebody has answered already, so the wave stays. You can end it."), "answered")
    _record(by, row, {"dropped": row.kind})
    row.delete()


@transaction.atomic
def answer(*, wave: UUID, answers: Mapping[str, str], ticket: str) -> None:
    """By somebody unknown. `answers`: what counts, checked by its form; `ticket`: an invitation code, or the random
    token of a browser. The wave is locked, so neither a ticket nor a quota can be used up twice at once."""
    row = Wave.objects.select_for_update(of=("self",)).get(uuid=wave)
    today = clock.today()
    if not row.is_open(today):
        raise Overtaken(_("This survey takes no answers any more."), "closed")
    if not any(answers.get(item) for item in loaded(row.version_id).facts.options["items"]):
        raise Refused(_("Answer at least one question."), "empty")
    given = {question: said for question, said in answers.items() if said}
    at = _place(row, given)
    _spend(row, ticket)
    WaveAnswer.objects.create(wave=row, version_id=row.version_id, holds_on=today, answers=given, cell=at)


def _place(wave: Wave, answers: Mapping[str, str]) -> str:
    """The cell of the quotas; refuses when it is full, before any ticket is used up."""
    at = logic.cell(answers)
    if wave.quotas and not at:
        raise Refused(_("Say your age, sex and where you live: this survey asks so many people of each group."), "cell")
    most = wave.quotas.get(at)
    if most is not None and wave.answers.filter(cell=at).count() >= most:
        raise Refused(
            _("Thank you. Enough people like you (age, sex, place) have answered already; nothing was kept."), "quota"
        )
    return at


def _spend(wave: Wave, ticket: str) -> None:
    mark = mark_of(wave, ticket)
    if wave.by_code:
        # Gone, not marked: rows that one transaction wrote carry its number, which would lead from code to answer.
        if not wave.tickets.filter(mark=mark).delete()[0]:
            raise Refused(_("This code is not known, or was used already. Check it."), "code")
        return
    if not ticket:
        raise Refused(_("Your browser keeps no cookies, so nobody can tell whether you answered before."), "cookie")
    try:
        with transaction.atomic():
            WaveTicket.objects.create(wave=wave, mark=mark, spent=True)
    except IntegrityError:
        raise Overtaken(_("An answer was sent from this browser already. Each person answers once."), "twice") from None


def _record(by: Actor, wave: Wave, detail: dict[str, str | int]) -> None:
    campaign = wave.campaign
    audit.record(by=by, verb=CAMPAIGN.key, about=wave, organisation=campaign.organisation_id, detail=dict(detail))
