"""One verb moves a case. What it does is written in the procedure; who may and what is missing, too."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from zajedno.access.actions import audit
from zajedno.casework.actions import clocks, letter, notices
from zajedno.casework.actions.case import begin
from zajedno.casework.actions.clause import under
from zajedno.casework.actions.given import apply_answers
from zajedno.casework.actions.line import seen_as
from zajedno.casework.actions.note import paper_given
from zajedno.casework.actions.participant import ask_in, close_all, join, narrow
from zajedno.casework.actions.support import adopt
from zajedno.casework.actions.transfer import end_with_case
from zajedno.casework.enums import Initiator
from zajedno.casework.models import JointOpinion, Move
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.queries.content import request_of
from zajedno.casework.queries.needs import facts
from zajedno.casework.rules import MOVE_CASE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.procedures.logic.definition import Tie
from zajedno.procedures.logic.needs import named
from zajedno.procedures.logic.walk import (
    MISSING_ANSWER,
    MISSING_NEED,
    NOT_JOINED,
    SAME_PERSON,
    WRONG_PART,
    Outcome,
    WalkRefused,
    advance,
)
from zajedno.procedures.queries.definition import current
from zajedno.procedures.queries.words import input_said, need_said, own_said

REASONS = ("reason", "note")  # answers that are kept, sealed, as the move's own words


@transaction.atomic
def move_case(*, by: Actor, uuid: UUID, move: str, seen: int, given: Mapping[str, Any] | None = None) -> CaseFile:
    """Make a move. `seen` is `moves_made` of the page the actor looked at; `given` the answers the move asks for.

    Raises NotFound, NotPermitted, Overtaken (somebody moved first) or Refused with what is missing.
    Answers are dates, texts, accounts or organisations as `web` read them from the form.
    """
    given = {key: value for key, value in (given or {}).items() if value not in (None, "")}
    file = find(by, uuid, lock=True)
    rule = file.definition.move.get(move)
    seat = ask_in(file, by, MOVE_CASE, rule.by if rule else ())
    seen_as(file, seen)
    day = _day(by, file, given)
    outcome = _walk(file, move, given)
    _drop(by, file, outcome.drops, own=False)
    apply_answers(by=by, file=file, move=move, given=given)
    _write(by, file, outcome, given, day, seat)
    _tie(by, CaseFile(file.case, by), outcome, given)
    clocks.apply(file, outcome, _moment(given, day))
    _adopt(file, outcome, day)
    if outcome.opens:
        _open_linked(by, CaseFile(file.case, by), outcome, day, seat.post or None)
    detail = {"move": move, **seat.instead}
    audit.record(by=by, verb=MOVE_CASE.key, about=file.case, organisation=seat.organisation, detail=detail)
    after = find_again(by, file) if outcome.letters or outcome.ended else CaseFile(file.case, by)
    if not (outcome.drops or outcome.ties or any(named(name)[0] == "part" for name in given)):
        vars(after)["participants"] = file.participants  # nobody came or went
    for kind in outcome.letters:
        for language in file.definition.letter[kind].languages or ("",):
            letter.keep(by=by, file=after, kind=kind, day=day, language=language, organisation=seat.organisation)
    notices.tell(after, outcome)
    staying = _taken_on(by, file, given)
    own = (tie for tie in outcome.drops if tie.part not in staying)
    if outcome.ended:
        end_with_case(by, after)
    _drop(by, after, own, own=True)  # whoever closes the door behind themselves does so last
    return after


def _taken_on(by: Actor, file: CaseFile, given: Mapping[str, Any]) -> set[str]:
    """Parts for which the actor chose themselves, or an own institution."""
    chosen = {key: one for name, one in given.items() for kind, key in [named(name)] if kind == "part"}
    sign = {key: 1 if file.definition.part[key].kind == "organisation" else -1 for key in chosen}
    return {key for key, one in chosen.items() if sign[key] * one.pk in by.keys}


def _drop(by: Actor, file: CaseFile, ties: Iterable[Tie], own: bool) -> None:
    for tie in ties:
        narrow(by=by, verb=MOVE_CASE, case=file.case, part=tie.part, fields=tie.fields, own=own)


def find_again(by: Actor, file: CaseFile) -> CaseFile:
    """The same case after its ties changed; who moved it may have moved out of it."""
    return CaseFile(type(file.case).objects.select_related("child__data_key", "organisation").get(pk=file.case.pk), by)


def _day(by: Actor, file: CaseFile, given: Mapping[str, Any]) -> date:
    moment: datetime | None = given.get("happened_at")
    if moment and moment > clock.now():
        raise Refused(_("That moment lies in the future."), "future")
    day: date = given.get("happened_on") or (clock.day_of(moment) if moment else by.today)
    if day > by.today:
        raise Refused(_("That day lies in the future."), "future")
    if file.made and day < file.made[-1].happened_on:
        raise Refused(_("That day lies before the last step of this case."), "before_last")
    return day


def _moment(given: Mapping[str, Any], day: date) -> datetime:
    """From when hours run: when it happened, else now; of an earlier day whose hour nobody said, from its beginning."""
    told: datetime | None = given.get("happened_at")
    return told or (clock.now() if day == clock.today() else datetime.combine(day, time.min, clock.ZONE))


def _walk(file: CaseFile, move: str, given: Mapping[str, Any]) -> Outcome:
    """Ask the procedure; turn its refusal into a sentence for people."""
    rule = file.definition.move.get(move)
    state = file.state(facts(file, set(rule.needs) if rule else set()))
    try:
        return advance(file.definition, state, move, given)
    except WalkRefused as refusal:
        raise refused(file, refusal) from None


def refused(file: CaseFile, refusal: WalkRefused) -> Refused:
    """What the person is told."""
    if refusal.code == MISSING_NEED:
        return Refused(" ".join(need_said(file.definition, name) for name in refusal.names), "missing_need")
    if refusal.code == MISSING_ANSWER:
        names = ", ".join(input_said(file.definition, name) for name in refusal.names)
        return Refused(_("Still to be filled in: %(names)s.") % {"names": names}, "missing_answer")
    if refusal.code == WRONG_PART:
        names = ", ".join(label(file.definition.part[name].labels) for name in refusal.names)
        return NotPermitted(_("This step is made by: %(names)s.") % {"names": names}, "wrong_part")
    if refusal.code == SAME_PERSON:
        return NotPermitted(own_said(file.definition, refusal.names), SAME_PERSON)
    if refusal.code == NOT_JOINED:
        names = ", ".join(label(file.definition.step[name].labels) for name in refusal.names)
        return Refused(_("First this must be reached: %(names)s.") % {"names": names}, "not_joined")
    step = label(file.definition.step[file.case.step].labels)
    return Overtaken(_("The case is now at “%(step)s”; from there this step is not possible.") % {"step": step})


def _write(by: Actor, file: CaseFile, outcome: Outcome, given: Mapping[str, Any], day: date, seat: Seat) -> None:
    case = file.case
    case.step, case.beside, case.moves_made = outcome.step, list(outcome.beside), case.moves_made + 1
    if outcome.ended:
        case.closed_on, case.outcome = day, outcome.ended
        close_all(case)
    case.save(update_fields=["step", "beside", "moves_made", "closed_on", "outcome"])
    row = Move(
        case=case, position=case.moves_made, move=outcome.move, from_step=outcome.from_step, to_step=outcome.to_step,
        account=by.account, post=seat.post or None, moment=clock.now(), happened_on=day,
        paper=paper_given(by=by, file=file, given=given["paper"], seat=seat) if "paper" in given else None,
    )  # fmt: skip
    row.text = "\n".join(str(given[key]) for key in REASONS if given.get(key))
    row.save()


def _tie(by: Actor, file: CaseFile, outcome: Outcome, given: Mapping[str, Any]) -> None:
    rule = file.definition.move[outcome.move]
    for tie in outcome.ties:
        for organisation, account, seat in notices.players(file, tie.part):
            fields, rests = under(by=by, file=file, rule=rule, ties=[tie], to=organisation, given=given)
            join(
                by=by, verb=MOVE_CASE, case=file.case, part=tie.part, purpose=file.definition.purpose,
                fields=fields, organisation=organisation, account=account, seat=seat, rests=rests,
            )  # fmt: skip


def _adopt(file: CaseFile, outcome: Outcome, day: date) -> None:
    """A move that needs the joint opinion adopts it; one that asks for it anew opens it for writing again."""
    rule = file.definition.move[outcome.move]
    if "joint_opinion" in rule.needs:
        JointOpinion.objects.filter(case=file.case).update(adopted_on=day)
    elif "joint_opinion" in rule.renews:
        JointOpinion.objects.filter(case=file.case).update(adopted_on=None)
    adopt(file, rule, bool(outcome.ended), day)


def _open_linked(by: Actor, file: CaseFile, outcome: Outcome, day: date, post: int | None) -> None:
    """A case that goes on from this one: kept by the part that the procedure names, or by who keeps this one."""
    at = notices.players(file, outcome.opens_at) if outcome.opens_at else ()
    keepers = [organisation for organisation, _person, _seat in at if organisation]
    case = file.case
    keeper = keepers[0] if keepers else case.organisation
    begin(
        by=by, child=case.child, keeper=keeper, found=current(outcome.opens, keeper.territory.country_id),
        initiator=Initiator.PARENT, opener=None, day=day, request=request_of(file), repeats=case, post=post,
    )  # fmt: skip
