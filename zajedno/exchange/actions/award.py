"""A cycle of champions is opened, gets its jury, is decided and published."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.enums import Consent, CycleState, Mode
from zajedno.exchange.logic.award import Unreadable, named
from zajedno.exchange.models import AwardCategory, AwardCriterion, Cycle, Honour, Juror, Nomination
from zajedno.exchange.queries.award import candidates
from zajedno.exchange.queries.nomination import eligible
from zajedno.exchange.rules import AWARD
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import Labels
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask


@transaction.atomic
def open_cycle(
    *, by: Actor, organisation: int, titles: Labels, mode: str, opens_on: date, closes_on: date, criteria: str,
    categories: str = "",
) -> Cycle:  # fmt: skip
    """`criteria` and `categories`: a line each, as `logic.award.named` reads them."""
    ask(by, AWARD, organisation)
    texts = {language: text.strip() for language, text in titles.items() if text.strip()}
    if not texts:
        raise Refused(_("Give the cycle a title in at least one language."), "title")
    if opens_on < by.today or closes_on < opens_on:
        raise Refused(_("The cycle begins today or later, and ends after it begins."), "days")
    judged, sorted_in = _lines(criteria), _lines(categories)
    if not judged:
        raise Refused(_("Write at least one criterion, a line each."), "criteria")
    if mode == Mode.BY_CATEGORY and not sorted_in:
        raise Refused(_("To honour by category, write the categories, a line each."), "categories")
    cycle = Cycle.objects.create(
        organisation_id=organisation, titles=texts, mode=mode, opens_on=opens_on, closes_on=closes_on,
        opened_by=by.account,
    )  # fmt: skip
    AwardCriterion.objects.bulk_create(
        AwardCriterion(cycle=cycle, position=at, labels=name, weight=weight) for at, (name, weight) in enumerate(judged)
    )
    AwardCategory.objects.bulk_create(
        AwardCategory(cycle=cycle, position=at, labels=name) for at, (name, _weight) in enumerate(sorted_in)
    )
    _record(by, cycle, {"mode": mode})
    return cycle


def _lines(text: str) -> list[tuple[dict[str, str], int]]:
    try:
        return named(text)
    except Unreadable as fault:
        sentence = format_lazy(_("Line {line} has no name, or a weight that is not from 1 to 100."), line=fault.line)
        raise Refused(sentence, "lines") from None


@transaction.atomic
def prolong(*, by: Actor, cycle: Cycle, closes_on: date, titles: Labels | None = None) -> None:
    """Set another last day for nominations, also when the old one is past; with `titles`, what it is called."""
    row = locked(by, cycle)
    if titles is not None:
        row.titles = {language: text.strip() for language, text in titles.items() if text.strip()}
        if not row.titles:
            raise Refused(_("Give the cycle a title in at least one language."), "title")
    if closes_on != row.closes_on and closes_on < max(by.today, row.opens_on):
        raise Refused(_("The last day lies in the past, or before the cycle begins."), "days")
    row.closes_on = closes_on
    row.save(update_fields=["closes_on", "titles"])
    _record(by, row, {"closes_on": str(closes_on)})


@transaction.atomic
def name_jurors(*, by: Actor, cycle: Cycle, posts: Collection[UUID]) -> list[Juror]:
    """Give the holders of these posts a seat in the jury; who has one keeps it."""
    row = locked(by, cycle)
    people = {post.account_id: post.account for post in candidates(by, row).filter(uuid__in=posts)}
    made = Juror.objects.bulk_create(
        Juror(cycle=row, account=one, named_by=by.account, named_on=by.today) for one in people.values()
    )
    for one in people.values():
        outbox.write(
            to=one, key=f"jury-{row.uuid}-{one.pk}", subject=_("You are in the jury of the champions of inclusion"),
            body=_("Nominations wait for your scores. Log in and look at “Champions”."),
        )  # fmt: skip
    _record(by, row, {"named": len(made)})
    return made


@transaction.atomic
def unseat(*, by: Actor, cycle: Cycle, seat: int) -> None:
    """Take somebody out of the jury, with what they scored. Not after the decision."""
    row = locked(by, cycle)
    if not Juror.objects.filter(cycle=row, pk=seat).delete()[0]:
        raise Overtaken(_("This person does not sit in the jury any more."), "gone")
    _record(by, row, {"unseated": seat})


@transaction.atomic
def decide(*, by: Actor, cycle: Cycle, citations: Mapping[UUID, str]) -> list[Honour]:
    """Honour nominations (uuid: citation) as the cycle's mode says; with `all`, everybody who agreed, once each,
    whatever is named. Decided once; the plaques are numbered in the order of categories and nominations."""
    row = locked(by, cycle)
    if row.state(by.today) != CycleState.JUDGED:
        raise Refused(_("Decide after the last day for nominations."), "not_closed")
    able = list(eligible(row).select_for_update(of=("self",)))
    each = {bytes(one.blind): one for one in reversed(able)}  # whom several people nominated, once
    honoured = [*reversed(each.values())] if row.mode == Mode.ALL else [one for one in able if one.uuid in citations]
    if not {*citations} <= {one.uuid for one in able}:
        raise Overtaken(_("A nominee does not agree to be shown any more. Look again and decide anew."), "consent")
    _fits(row, honoured)
    year = by.today.year
    made = Honour.objects.bulk_create(
        Honour(
            cycle=row, nomination=one, plaque=number, slug=f"{year}-{row.pk}-{number}",
            citation=citations.get(one.uuid, "").strip(),
        )
        for number, one in enumerate(honoured, start=1)
    )  # fmt: skip
    row.decided_on, row.decided_by = by.today, by.account
    row.save(update_fields=["decided_on", "decided_by"])
    _record(by, row, {"honoured": len(made)})
    return made


def _fits(cycle: Cycle, honoured: Collection[Nomination]) -> None:
    sorted_in = [one.category_id for one in honoured]
    if not honoured:
        raise Refused(_("Choose who is honoured. Only who agreed to be shown can be."), "nobody")
    if cycle.mode == Mode.ONE and len(honoured) != 1:
        raise Refused(_("In this cycle exactly one nomination is honoured."), "mode")
    if cycle.mode == Mode.BY_CATEGORY and len(sorted_in) != len({*sorted_in}):
        raise Refused(_("In this cycle one nomination is honoured in each category."), "mode")


@transaction.atomic
def reopen(*, by: Actor, cycle: Cycle) -> None:
    """Take a decision back while nobody has read it; it is made anew."""
    ask(by, AWARD, cycle.organisation_id)
    row = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if row.state(by.today) != CycleState.DECIDED:
        raise Overtaken(_("There is no decision that waits to be published."), "decided")
    row.honours.all().delete()
    row.decided_on = row.decided_by = None
    row.save(update_fields=["decided_on", "decided_by"])
    _record(by, row, {"reopened": True})


@transaction.atomic
def publish(*, by: Actor, cycle: Cycle, site: str) -> None:
    """Show the honoured to everybody; `site` as in `access.actions.account.invite`. Each gets a letter."""
    ask(by, AWARD, cycle.organisation_id)
    row = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if row.state(by.today) != CycleState.DECIDED:
        raise Overtaken(_("There is no decision that waits to be published."), "decided")
    row.published_on = by.today
    row.save(update_fields=["published_on"])
    honours = row.honours.filter(nomination__consent=Consent.GIVEN).select_related("nomination")
    for honour in honours:
        outbox.write_to(
            address=honour.nomination.nominee_email, language=honour.nomination.language, 
            key=f"honour-{honour.nomination.uuid}",
            subject=_("You are a champion of inclusion"),
            body=format_lazy(
                _("The decision is public: {link}\n\nWith the letter in which you agreed you can withdraw any time."),
                link=f"{site}/exchange/champions/{honour.slug}/",
            ),
        )  # fmt: skip
    _record(by, row, {"published": len(honours)})


def locked(by: Actor, cycle: Cycle) -> Cycle:
    """The cycle, not decided yet, held until the end of the transaction."""
    ask(by, AWARD, cycle.organisation_id)
    row = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if row.decided_on:
        raise Overtaken(_("This cycle was decided meanwhile."), "decided")
    return row


def _record(by: Actor, cycle: Cycle, detail: dict[str, int | str]) -> None:
    audit.record(by=by, verb=AWARD.key, about=cycle, organisation=cycle.organisation_id, detail=dict(detail))
