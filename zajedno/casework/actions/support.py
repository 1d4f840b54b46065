"""What becomes of a plan: how far a measure has come, what it brought, a place in a service or why there is none, and
what the child and the parent think. Goes on after the plan was adopted; every word stays in the history."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.actions.plan import let_in, line, note, planner, record, with_its_place
from zajedno.casework.enums import IN_HAND, Gain, MeasureState, Said, Unmet, Whose
from zajedno.casework.models import Case, Goal, Measure, PlanEntry
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.plan import adopted_on, is_apart
from zajedno.casework.queries.support import offered
from zajedno.casework.rules import REPORT_FOLLOW_UP, WRITE_NOTE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.procedures.logic.definition import MoveRule

if TYPE_CHECKING:
    from zajedno.places.models import Service

_PLANS = frozenset({"support_plan", "joint_opinion"})  # a need that the plan, or the opinion it belongs to, fulfils


def may_report(by: Actor, row: Measure) -> bool:
    """Is it for the actor to say how far a measure has come: where it is given, or where the plan is kept?"""
    return any(by.may(REPORT_FOLLOW_UP.key, one) for one in _answerable(row))


def _answerable(row: Measure) -> list[int]:
    """Institutions that answer for a measure; who gives it first, then who keeps the case that planned it. Who takes no
    part in that case need not know who does."""
    service = row.service.organisation_id if row.service else None
    keeper = Case.objects.filter(pk=row.case_id).values_list("organisation", flat=True).first()
    return [one for one in (row.responsible_id, service, keeper) if one is not None]


@transaction.atomic
def report_measure(
    *,
    by: Actor,
    row: Measure,
    state: str = "",
    gain: str = "",
    text: str = "",
    happened_on: date | None = None,
    review_on: date | None = None,
) -> Measure:
    """Say how far a measure has come (`state`), or what it brought (`gain`), or both, with words; set the next review.

    `row` must be one the actor has found (`queries.plan.find`). Refused for who does not answer for it.
    """
    ask(by, REPORT_FOLLOW_UP)
    seats = (next(by.seats_for(REPORT_FOLLOW_UP.key, one), None) for one in _answerable(row))
    seat = next((one for one in seats if one), None)
    if seat is None:
        raise NotPermitted(_("Who gives the support, or who planned it, says how far it has come."))
    day = happened_on or by.today
    _sound(by, row, state, gain, text, day, review_on)
    fresh = Measure.objects.select_for_update().get(pk=row.pk)
    if fresh.superseded_on:
        raise Overtaken(_("This measure was changed in the meantime. Open the plan again."), "superseded")
    if state:
        row.state, row.state_on = MeasureState(state), day
        note(by, row, Said.STATE, state, "" if gain else text, seat.organisation, happened_on=day)
    if gain:
        row.gain = Gain(gain)
        note(by, row, Said.EFFECT, gain, text, seat.organisation, happened_on=day)
    row.review_on = review_on or (None if gain or row.state not in IN_HAND else row.review_on)
    _save(row, "state", "state_on", "gain", "review_on")
    detail = {"code": row.code, "state": state, "gain": gain}
    audit.record(by=by, verb=REPORT_FOLLOW_UP.key, about=row, organisation=seat.organisation, detail=detail)
    return row


def _sound(by: Actor, row: Measure, state: str, gain: str, text: str, day: date, review_on: date | None) -> None:
    if not state and not gain:
        raise Refused(_("Say how far the measure has come, or what it has brought."), "empty")
    if (state and state not in MeasureState.values) or (gain and gain not in Gain.values):
        raise Refused(_("Choose one of the answers."), "unknown")
    if row.adopted_on is None:
        raise Refused(_("The plan is not adopted yet; what becomes of it is said afterwards."), "not_adopted")
    if day > by.today:
        raise Refused(_("That day lies in the future."), "future")
    if review_on and review_on < by.today:
        raise Refused(_("The next review lies in the past."), "past")
    if gain and not text.strip():
        raise Refused(_("Say in words what the measure has brought."), "no_words")


def _save(row: Measure, *names: str) -> None:
    with with_its_place():
        row.save(update_fields=names)


@transaction.atomic
def match_service(*, by: Actor, file: CaseFile, row: Measure, service: "Service") -> None:
    """Give the child a place in a service. The last place is given once: the database counts, whoever asks."""
    organisation = planner(by, file, row)
    if row.superseded_on or row.state not in IN_HAND:
        raise Refused(_("Only a measure that is planned or being carried out takes a place."), "not_in_hand")
    if service.pk not in {one.pk for one in offered(file)}:
        raise Refused(
            _("This service is not offered here today to a child of this age. Choose another."), "not_offered"
        )
    row.service, row.unmet, row.unmet_on = service, "", None
    if row.responsible_id is None and row.adopted_on is None:
        row.responsible = service.organisation
    _save(row, "service", "unmet", "unmet_on", *([] if row.adopted_on else ["responsible"]))
    note(by, row, Said.MATCHED, "", "", organisation)
    let_in(by, file, service.organisation)
    record(by, file, organisation, matched=row.code, service=str(service.uuid))


@transaction.atomic
def release_service(*, by: Actor, file: CaseFile, row: Measure, text: str = "") -> None:
    """Give the place back."""
    organisation = planner(by, file, row)
    if row.service_id is None:
        raise Refused(_("This measure has no place in a service."), "no_service")
    row.service = None
    _save(row, "service")
    note(by, row, Said.RELEASED, "", text, organisation)
    record(by, file, organisation, released=row.code)


@transaction.atomic
def record_unmet(*, by: Actor, file: CaseFile, row: Measure, why: str, text: str = "") -> None:
    """Say that a measure that is needed cannot be given, and why. Planning counts it until it has a place."""
    organisation = planner(by, file, row)
    if why not in Unmet.values:
        raise Refused(_("Choose why the need is unmet."), "unknown")
    row.service, row.unmet, row.unmet_on = None, Unmet(why), by.today
    _save(row, "service", "unmet", "unmet_on")
    note(by, row, Said.UNMET, why, text, organisation)
    record(by, file, organisation, unmet=row.code, why=why)


@transaction.atomic
def write_view(*, by: Actor, file: CaseFile, whose: str, text: str, told_on: date) -> PlanEntry:
    """What the child or the parent thinks of the plan, in their own words. Never changed; a newer one stands above."""
    seat = ask_in(file, by, WRITE_NOTE)
    if "plan" not in file.fields:
        raise NotFound("")
    if whose not in (Whose.CHILD, Whose.PARENT):
        raise Refused(_("Choose whose view it is."), "unknown")
    if told_on > by.today:
        raise Refused(_("That day lies in the future."), "future")
    if not text.strip():
        raise Refused(_("Write what was said."), "empty")
    entry = PlanEntry(
        **line(by, file.case, is_apart(file.definition)), kind=Said.VIEW, value=whose, happened_on=told_on,
        organisation_id=seat.organisation,
    )  # fmt: skip
    entry.text = text.strip()
    entry.save()
    audit.record(by=by, verb=WRITE_NOTE.key, about=file.case, organisation=seat.organisation, detail={"view": whose})
    return entry


def adopt(file: CaseFile, rule: MoveRule, ended: bool, day: date) -> None:
    """What a move does to the plan: one that needs it adopts it; one that asks for it, or for the joint opinion, anew
    opens it for writing again; the end of a case lets go what was never adopted."""
    if not ended and _PLANS.isdisjoint({*rule.needs, *rule.renews}):
        return
    measures = Measure.objects.filter(case=file.case, superseded_on=None)
    goals = Goal.objects.filter(case=file.case, dropped_on=None)
    for rows in (measures, goals):
        if not _PLANS.isdisjoint(rule.needs):
            rows.filter(adopted_on=None).update(adopted_on=day)
        elif not _PLANS.isdisjoint(rule.renews):
            rows.filter(adopted_on__isnull=False).update(adopted_on=None)
    if ended and adopted_on(file) is None:
        measures.update(superseded_on=day)
        goals.update(dropped_on=day)
