"""Somebody is nominated, the nominator confirms, the nominee answers; a no, now or later, leaves nothing behind."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.enums import Consent, CycleState, Nominee
from zajedno.exchange.logic.award import reads_as_child
from zajedno.exchange.logic.naming import Sign, suspicions
from zajedno.exchange.models import Cycle, Honour, Nomination
from zajedno.exchange.models.nomination import TOLD
from zajedno.exchange.queries import nomination as queries
from zajedno.exchange.queries.award import open_cycle
from zajedno.exchange.rules import AWARD
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.script import fold
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.territory import resolve

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_WAITING = 3  # nominations of one address that were not confirmed yet
MOST_ASKED = 3  # letters to one nominee in a cycle
CONFIRM_DAYS = 14
# Subject and body of the letters to a nominee.
ASKING = (
    _("You are nominated as a champion of inclusion"),
    _("Somebody nominated you. Nothing is shown unless you agree. Read what was written and answer:\n\n{link}"),
)
AGREED = (
    _("You agreed to be shown as a champion of inclusion"),
    _("Keep this letter. With this link you can read what is shown and withdraw at any time:\n\n{link}"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a nominator says. `category`: id in the cycle, None where it has none."""

    kind: str
    nominee: str
    email: str
    sector: str
    story: str
    adult: bool = False
    role: str = ""
    institution: str = ""
    place: str = ""
    evidence: str = ""
    category: int | None = None


@transaction.atomic
def nominate(
    *, cycle: UUID, said: Said, language: str, site: str, by: Actor | None = None, name: str = "", email: str = ""
) -> Nomination:
    """By somebody with an account (`by`), whose nominee is asked at once; else by `name` and `email`, which the
    nominator confirms by a letter first. The same nominee by the same nominator once: a stranger, who may be another
    than the address says, is told no difference."""
    row = open_cycle(cycle, clock.today())
    _check(row, said)
    if earlier := _earlier(row, said, by, email):
        return earlier
    token = secrets.token_urlsafe(32)
    if by is None:
        _not_too_many(row, email)
    made = Nomination.objects.create(
        cycle=row, category_id=said.category, language=language, kind=said.kind, nominee=said.nominee.strip(),
        adult=said.adult, role=said.role.strip(), institution=said.institution.strip(), sector=said.sector,
        organisation_id=_organisation(said.institution or said.nominee), place=said.place.strip(),
        territory=resolve(said.place)[0] if said.place.strip() else None, story=said.story.strip(),
        evidence=said.evidence.strip(), nominee_email=said.email.strip().lower(), blind=_blind(said.email),
        nominator_id=by.account if by else None, nominator_name="" if by else name.strip(),
        nominator_email="" if by else email.strip().lower(), made_on=clock.now(),
        confirm_hash=None if by else queries.token_hash(token),
    )  # fmt: skip
    audit.record(by=by, verb="exchange.nominate", about=made, organisation=row.organisation_id)
    if by:
        _confirmed(made, site)
    else:
        _write(made, made.nominator_email, "confirm", _("Confirm your nomination"), _(
            "You nominated a champion of inclusion. Confirm it within two weeks:\n\n{link}\n\n"
            "If it was not you, do nothing."
        ), f"{site}/exchange/champions/confirm/{token}/")  # fmt: skip
    return made


def _check(cycle: Cycle, said: Said) -> None:
    if said.kind == Nominee.PERSON and (not said.adult or reads_as_child(said.nominee, said.role)):
        raise Refused(_("A child cannot be nominated: champions are adults, institutions or groups."), "child")
    if said.kind == Nominee.GROUP and suspicions({"nominee": said.nominee}):
        raise Refused(_("Nominate a group by what it is called, without names of its members."), "names")
    told = {"nominee": said.nominee, "role": said.role, "story": said.story, "evidence": said.evidence}
    if any(one.sign is Sign.NUMBER for one in suspicions(told)):
        raise Refused(_("There is a personal number in the text. Take it out; no child may be recognised."), "number")
    if not said.nominee.strip() or not said.story.strip() or not said.email.strip():
        raise Refused(_("Say who is nominated, why, and at which e-mail they can be asked."), "empty")
    wanted = set(cycle.categories.values_list("pk", flat=True))
    if said.category not in wanted if wanted else said.category:
        raise Refused(_("Choose one of the categories of this cycle."), "category")


def _earlier(cycle: Cycle, said: Said, by: Actor | None, email: str) -> Nomination | None:
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)  # two tabs, one after the other
    mine = {"nominator": by.account} if by else {"nominator_email": email.strip().lower()}
    found = Nomination.objects.filter(cycle=cycle, blind=_blind(said.email), **mine).first()
    if found and by:
        raise Refused(_("You have nominated them already."), "twice")
    return found


def _not_too_many(cycle: Cycle, email: str) -> None:
    """A stranger cannot have a third person's box filled with letters."""
    waiting = Nomination.objects.filter(cycle=cycle, nominator_email=email.strip().lower(), confirmed_on=None)
    if waiting.count() >= MOST_WAITING:
        raise Refused(_("Confirm your earlier nominations first: the links are in your mail."), "waiting")


def _organisation(name: str) -> int | None:
    """The institution with this very name, when there is one: its people may not score the nomination."""
    key = fold(name)
    found = list(organisations(text=name).filter(key=key)[:2]) if key else []
    return found[0].pk if len(found) == 1 else None


def _blind(email: str) -> bytes:
    return sealed.blind(email.strip().lower(), "nominee")


@transaction.atomic
def confirm(*, token: str, site: str) -> Nomination:
    """The nominator has read the letter; the nominee is asked."""
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=queries.to_confirm(token).pk)
    if row.confirmed_on or row.cycle.state(clock.today()) != CycleState.OPEN:
        raise Refused(_("The last day for nominations is past."), "closed")
    audit.record(by=None, verb="exchange.confirm_nomination", about=row, organisation=row.cycle.organisation_id)
    return _confirmed(row, site)


def _confirmed(row: Nomination, site: str) -> Nomination:
    """Who said no in this cycle, or was asked often, is not asked again; the nominator is told no difference."""
    row.confirmed_on, row.confirm_hash = clock.now(), None
    earlier = Nomination.objects.filter(cycle=row.cycle_id, blind=row.blind).exclude(pk=row.pk)
    said_no = earlier.filter(consent__in=[Consent.REFUSED, Consent.WITHDRAWN]).exists()
    if said_no or earlier.filter(asked_on__isnull=False).count() >= MOST_ASKED:
        row.set_aside_on = clock.now()
        _forget(row)
        return row
    row.consent, row.asked_on = Consent.ASKED, clock.now()
    _renew(row, site, "ask", *ASKING)
    row.save()
    return row


def _renew(row: Nomination, site: str, key: str, subject: "StrOrPromise", body: "StrOrPromise") -> str:
    """A new link takes the place of the old one, and is sent."""
    token = secrets.token_urlsafe(32)
    row.consent_hash = queries.token_hash(token)
    _write(row, row.nominee_email, key, subject, body, f"{site}/exchange/champions/consent/{token}/")
    return token


def _write(row: Nomination, to: str, key: str, subject: "StrOrPromise", body: "StrOrPromise", link: str) -> None:
    outbox.write_to(
        address=to, language=row.language, key=f"{key}-{row.uuid}", subject=subject, body=format_lazy(body, link=link)
    )


@transaction.atomic
def send_again(*, by: Actor, nomination: Nomination, site: str) -> None:
    """A new link for a nominee who lost the letter, at most once a day; the old link works no more."""
    ask(by, AWARD, nomination.cycle.organisation_id)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if row.consent not in (Consent.ASKED, Consent.GIVEN) or row.set_aside_on:
        raise Overtaken(_("There is nothing to ask any more."), "consent")
    if row.consent == Consent.ASKED and row.cycle.decided_on:
        raise Refused(_("The decision was made already. Nothing of you is shown."), "decided")
    key = f"again-{by.today}"
    if outbox.is_written(f"{key}-{row.uuid}"):
        raise Refused(_("A letter was sent today already. Try again tomorrow."), "today")
    if row.consent == Consent.ASKED:
        _renew(row, site, key, *ASKING)
    else:
        _renew(row, site, key, *AGREED)
    row.save()
    _record(row, "write_again", by)


@transaction.atomic
def agree(*, token: str, site: str) -> str:
    """The nominee agrees; returns the token of the link by which they can withdraw, which is also sent."""
    row = _answering(token, Consent.ASKED)
    if row.cycle.decided_on:
        raise Refused(_("The decision was made already. Nothing of you is shown."), "decided")
    row.consent, row.answered_on = Consent.GIVEN, clock.now()
    new = _renew(row, site, "agreed", *AGREED)
    row.save()
    _record(row, "agree")
    return new


@transaction.atomic
def refuse(*, token: str) -> None:
    """The nominee does not want it."""
    row = _answering(token, Consent.ASKED)
    row.consent, row.answered_on = Consent.REFUSED, clock.now()
    _forget(row)
    _record(row, "refuse")


@transaction.atomic
def withdraw(*, token: str) -> None:
    """The nominee takes the consent back: from here nothing is shown and nothing is kept."""
    _withdrawn(_answering(token, Consent.GIVEN))


@transaction.atomic
def withdraw_for(*, by: Actor, nomination: Nomination) -> None:
    """The organiser was told by the nominee, by telephone or letter."""
    ask(by, AWARD, nomination.cycle.organisation_id)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if row.consent != Consent.GIVEN:
        raise Overtaken(_("There is no consent to withdraw."), "consent")
    _withdrawn(row, by)


@transaction.atomic
def set_aside(*, by: Actor, nomination: Nomination) -> None:
    """A joke, or a child after all: the organiser takes it out and nothing is kept."""
    ask(by, AWARD, nomination.cycle.organisation_id)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    row.set_aside_on, row.set_aside_by = clock.now(), by.account
    _forget(row)
    _record(row, "set_aside", by)


def drop_unconfirmed() -> int:
    """Nominations that nobody confirmed in time; how many. Nobody's act."""
    before = clock.now() - timedelta(days=CONFIRM_DAYS)
    return Nomination.objects.filter(confirmed_on=None, made_on__lt=before).delete()[0]


def _answering(token: str, state: Consent) -> Nomination:
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=queries.to_answer(token).pk)
    if row.consent != state or row.consent_hash != queries.token_hash(token):
        raise Overtaken(_("This link was used meanwhile."), "used")
    return row


def _withdrawn(row: Nomination, by: Actor | None = None) -> None:
    row.consent, row.withdrawn_on = Consent.WITHDRAWN, clock.now()
    _forget(row)
    _record(row, "withdraw", by)


def _forget(row: Nomination) -> None:
    for field in TOLD:
        setattr(row, field, "")
    row.consent_hash = row.organisation = row.territory = None
    row.save()
    outbox.drop(str(row.uuid))
    Honour.objects.filter(nomination=row).update(citation="")


def _record(row: Nomination, what: str, by: Actor | None = None) -> None:
    audit.record(by=by, verb=f"exchange.nominee_{what}", about=row, organisation=row.cycle.organisation_id)
