"""What the answers given with a move do. One function a name of `procedures.logic.needs.ASKS` that does anything."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.casework.actions import opinion, sitting
from zajedno.casework.actions.clause import under
from zajedno.casework.actions.note import note_written
from zajedno.casework.actions.participant import join
from zajedno.casework.enums import Heard
from zajedno.casework.models import Case, CaseNumber, Recusal, Sitting
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.needs import SHARING, consent_for, is_set_aside
from zajedno.casework.queries.receivers import can_receive, may_bring_in, person_can_receive
from zajedno.casework.rules import APPOINT_MEMBER, MOVE_CASE
from zajedno.children.enums import PARENTHOOD
from zajedno.children.queries.guardian import entered
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.kernel.verbs import ask
from zajedno.procedures.logic.definition import Part
from zajedno.procedures.logic.needs import named
from zajedno.procedures.queries.definition import of_version

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.children.models import Consent
    from zajedno.places.models import Organisation

AUTOMATIC = "auto"  # registry number: the next one of the commission's series

Effect = Callable[[Actor, CaseFile, str, Mapping[str, Any]], None]
_effects: dict[str, Effect] = {}


def _effect(function: Effect) -> Effect:
    _effects[function.__name__] = function
    return function


def apply_answers(*, by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    """Let each answer do what it does; answers that are only kept (reason, note, happened_on) do nothing here."""
    for name in given:
        kind, key = named(name)
        if kind == "part":
            _joined(by, file, move, key, given)
        elif effect := _effects.get(name):
            effect(by, file, move, given)


def next_number(case: Case, on: date, *, take: bool) -> str:
    """The keeper's next registry number in the procedure's series, e.g. ИРК-009/2026; only shown, or taken."""
    rows = CaseNumber.objects.select_for_update() if take else CaseNumber.objects.all()
    series = label(of_version(case.version_id).series, case.organisation.language)
    row = rows.filter(organisation=case.organisation, series=series, year=on.year).first()
    if row is None:
        row = CaseNumber(organisation=case.organisation, series=series, year=on.year)
    while True:  # a number that came in with the register is passed over
        row.last += 1
        number = f"{series}{'-' if series else ''}{row.last:03d}/{on.year}"
        if not Case.objects.filter(organisation=case.organisation, number=number).exists():
            break
    if take:
        row.save()
    return number


@_effect
def registry_number(by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    chosen = str(given["registry_number"]).strip()
    file.case.number = next_number(file.case, by.today, take=True) if chosen == AUTOMATIC else chosen[:60]
    try:
        with transaction.atomic():
            file.case.save(update_fields=["number"])
    except IntegrityError:
        raise Refused(_("This number is already taken by another case of the commission."), "number_taken") from None


def _joined(by: Actor, file: CaseFile, move: str, part: str, given: Mapping[str, Any]) -> None:
    """Somebody is chosen for a part: the fields that the move ties to it are opened to them."""
    chosen: Organisation | Account = given[f"part:{part}"]
    person = None if file.definition.part[part].kind == "organisation" else cast("Account", chosen)
    rule, role = file.definition.move[move], file.definition.part[part]
    purpose = PARENTHOOD if role.guardians else file.definition.purpose
    ties = [tie for tie in rule.ties if tie.part == part]
    consent = None
    if person:
        _ask_person(by, file, role, person)
    else:
        fields = [field for tie in ties for field in tie.fields]
        consent = _ask_to_refer(by, file, move, cast("Organisation", chosen), fields)
    fields, rests = under(by=by, file=file, rule=rule, ties=ties, to=None if person else chosen, given=given)
    seats = file.definition.composition.seats if file.definition.composition else ()
    join(
        by=by, verb=MOVE_CASE, case=file.case, part=part, purpose=purpose, fields=fields,
        account=person, organisation=None if person else cast("Organisation", chosen),
        seat=next((seat.key for seat in seats if seat.part == part), ""), rests=rests, consent=consent,
    )  # fmt: skip


def _ask_person(by: Actor, file: CaseFile, part: Part, person: "Account") -> None:
    """A parent who has entered the family desk for a part of theirs; else whoever has a post that may receive."""
    if part.guardians:
        able = person.pk in {account.pk for account, _fields in entered(file.case.child_id)}
    else:
        able = person_can_receive(person.pk, by.today)
    if not able:
        raise Refused(_("This person cannot be appointed."), "not_a_person")


def _ask_to_refer(by: Actor, file: CaseFile, move: str, chosen: "Organisation", fields: list[str]) -> "Consent | None":
    """Institutions are brought in by who may, and only such as can receive; the consent on which it rests, if any."""
    if chosen.pk == file.case.organisation_id:
        raise Refused(_("Choose another institution than the one that keeps the case."), "keeper")
    if not may_bring_in(by, fields):
        raise NotPermitted(_("Your post does not refer the whole case; from a service you refer on only."), "refer")
    if not can_receive(chosen, by.today):
        raise Refused(_("Nobody at this institution receives cases. Choose another."), "cannot_receive")
    if SHARING not in file.definition.move[move].needs:
        return None
    consent = consent_for(file, chosen.pk)
    if consent is None and not is_set_aside(file, SHARING):
        raise Refused(_("Record the parent's consent to share with this institution first."), "consent")
    return consent


@_effect
def place(by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    if given.get("date"):
        file.case.assessment_on, file.case.assessment_place = given["date"], str(given["place"])[:200]
        file.case.save(update_fields=["assessment_on", "assessment_place"])


@_effect
def sitting_(by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    """`given["sitting"]`: a planned Sitting, or (moment, place) of a new one."""
    chosen: Sitting | tuple[datetime, str] = given["sitting"]
    if isinstance(chosen, tuple):
        begins, where = chosen
        chosen = sitting.call_sitting(by=by, organisation=file.case.organisation_id, begins=begins, place=where)
    sitting.put_on_agenda(by=by, file=file, sitting=chosen)


_effects["sitting"] = _effects.pop("sitting_")


@_effect
def deputy(by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    """`member` steps back from this case and `deputy` sits instead."""
    ask(by, APPOINT_MEMBER, file.case.organisation_id)
    if given["member"] == given["deputy"]:
        raise Refused(_("The deputy must be another person."), "same_person")
    Recusal.objects.update_or_create(
        case=file.case, account=given["member"], defaults={"deputy": given["deputy"], "declared_on": by.today}
    )


@_effect
def report(by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    note_written(by=by, file=file, kind=Heard.FOLLOW_UP, text=str(given["report"]), happened_on=by.today)


@_effect
def opinion_(by: Actor, file: CaseFile, move: str, given: Mapping[str, Any]) -> None:
    opinion.submit_opinion(by=by, file=file, text=str(given["opinion"]))


_effects["opinion"] = _effects.pop("opinion_")
