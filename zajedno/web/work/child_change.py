"""Changing what a child's file says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.handout import hands_out
from zajedno.casework.queries.needs import SHARING
from zajedno.casework.queries.transfer import takers
from zajedno.children.actions import consent as consent_actions
from zajedno.children.actions import guardian as guardian_actions
from zajedno.children.actions.child import change as change_child
from zajedno.children.actions.enrolment import enrol as enrol_child
from zajedno.children.enums import Field
from zajedno.children.queries import consent as consents
from zajedno.children.queries.family import guardians
from zajedno.children.rules import ASSESS, CHANGE, ENROL, RECORD_CONSENT, WITHDRAW_CONSENT
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import Verb
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.logic.needs import named
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.work import frame
from zajedno.web.work.child import ChildFile, address, child_page, country_of, purpose_labels, show
from zajedno.web.work.child_forms import Change, ConsentForm, Enrol, GuardianForm, Withdraw
from zajedno.web.work.people import COMMISSION, MOST, organisations_for


def _need(file: ChildFile, verb: Verb, *fields: str) -> None:
    """Pages for a verb the person has not, or a part no tie opens, are not there."""
    if not file.may(verb) or not all(file.opens(field) for field in fields):
        raise NotFound("")


def _page(request: HttpRequest, file: ChildFile, form: Form | None, title: str, go: str, **more: Any) -> HttpResponse:
    return show(request, file, "child_form", form=form, title=title, go=go, **more)


def _done(request: HttpRequest, file: ChildFile, sentence: str, rest: str = "") -> HttpResponse:
    messages.success(request, sentence)
    return redirect(address(file, rest))


@child_page
def change(request: HttpRequest, file: ChildFile) -> HttpResponse:
    _need(file, CHANGE)
    opens = {"identity": file.opens(Field.IDENTITY), "contact": file.opens(Field.CONTACT)}
    if not any(opens.values()):
        raise NotFound("")
    initial = {name: getattr(file.child, name) for name in Change.base_fields}
    form = Change(request.POST or None, initial=initial, **opens)
    if form.is_valid() and attempt(form, lambda: change_child(by=file.by, child=file.child, **form.cleaned_data)):
        return _done(request, file, _("The file is changed."))
    return _page(request, file, form, _("Change what is known of the child"), _("Keep changes"))


def _guardian(file: ChildFile, uuid: UUID) -> Any:
    row = guardians(file.child).filter(uuid=uuid).first()
    if row is None:
        raise NotFound("")
    return row


@child_page
def guardian(request: HttpRequest, file: ChildFile, guardian: UUID | None = None) -> HttpResponse:
    """Add a parent, guardian or person of trust, or change one."""
    _need(file, CHANGE, Field.FAMILY, Field.CONTACT)
    row = _guardian(file, guardian) if guardian else None
    initial = {name: getattr(row, name) for name in GuardianForm.base_fields} if row else {"represents": True}
    form = GuardianForm(request.POST or None, initial=initial)

    def act() -> None:
        if row:
            guardian_actions.change(by=file.by, guardian=row, **form.cleaned_data)
        else:
            guardian_actions.add(by=file.by, child=file.child, **form.cleaned_data)

    if form.is_valid() and attempt(form, act):
        return _done(request, file, _("The person is kept in the file."))
    title = _("Change a parent, guardian or person of trust") if row else _("Add a parent, guardian or person of trust")
    return _page(request, file, form, title, _("Keep"))


@child_page
def guardian_end(request: HttpRequest, file: ChildFile, guardian: UUID) -> HttpResponse:
    _need(file, CHANGE, Field.FAMILY)
    row = _guardian(file, guardian)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: guardian_actions.end(by=file.by, guardian=row)):
        return _done(request, file, _("The person no longer stands in the file."))
    title = _("Does this person no longer stand beside the child?")
    note = _("%(name)s leaves the file from today. What was recorded stays.") % {"name": row.name}
    return _page(request, file, form, title, _("Yes, from today"), note=note, kind="warning")


@child_page
def consent(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """Record an answer for any purpose and recipient; `?purpose=` is that of a form which waits for it here."""
    _need(file, RECORD_CONSENT, Field.FAMILY)
    givers, wanted = guardians(file.child).filter(represents=True), request.GET.get("purpose", "")
    own = organisations().filter(pk__in=file.by.organisations_for(ASSESS.key))
    near = {str(row.pk): row for row in (*own, *organisations(kind=COMMISSION)[:MOST])}
    form = ConsentForm(
        request.POST or None, guardians=givers, purposes=list(purpose_labels(country_of(file)).items()),
        recipients=[(key, str(row)) for key, row in near.items()],
        initial={"given_on": file.by.today, "purpose": wanted, "recipient": next(iter(near), "") if wanted else ""},
    )  # fmt: skip

    def act() -> None:
        data = form.cleaned_data
        consent_actions.record(
            by=file.by, child=file.child, purpose=data["purpose"], recipients=[near[data["recipient"]]],
            given_on=data["given_on"], giver=givers.get(uuid=data["giver"]), answer=data["answer"], proof=data["proof"],
        )  # fmt: skip

    if form.is_valid() and attempt(form, act):
        return _done(request, file, _("The answer is recorded."), "assessments/" if wanted else "")
    return _page(request, file, form, _("Record consent"), _("Record the answer"))


@frame.case_page("overview")
def case_consent(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """The same for a case: purpose and recipient are those of the procedure."""
    if not file.by.may(RECORD_CONSENT.key) or "family" not in file.fields:
        raise NotFound("")
    case = file.case
    givers = guardians(case.child).filter(represents=True)
    others = {str(one.pk): one for one in _sharing_with(file)}
    form = ConsentForm(
        request.POST or None, guardians=givers, recipients=[(key, str(one)) for key, one in others.items()],
        initial={"given_on": file.by.today},
    )  # fmt: skip
    if others:
        form.fields["recipient"].label = _("Another institution that may receive it")
        form.fields["recipient"].required = False

    def act() -> None:
        data = form.cleaned_data
        shared = [others[data["recipient"]]] if data.get("recipient") else []
        consent_actions.record(
            by=file.by, child=case.child, purpose=file.definition.purpose, recipients=[case.organisation, *shared],
            given_on=data["given_on"], giver=givers.get(uuid=data["giver"]), answer=data["answer"], proof=data["proof"],
        )  # fmt: skip

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The answer is recorded."))
        return redirect(frame.address(file))
    note = _(
        "The parent must first be told everything in words they understand. They need not consent, nor give a reason."
    )
    return frame.show(
        request,
        file,
        "overview",
        "form",
        form=form,
        title=_("Record consent"),
        note=note,
        back=frame.address(file),
        go=_("Record the answer"),
    )


def _sharing_with(file: CaseFile) -> list[Any]:
    """Institutions with which a move of the procedure shares only with consent, those to which it may go, and those of
    health in the place, whose systems may be handed a file."""
    moves = (move for move in file.definition.moves if SHARING in move.needs)
    parts = {named(ask)[1] for move in moves for ask in move.asks if named(ask)[0] == "part"}
    rows = [one for part in sorted(parts) for one in organisations_for(file, file.definition.part[part])[:MOST]]
    return list(dict.fromkeys([*rows, *takers(file)[:MOST], *_of_health(file)]))


def _of_health(file: CaseFile) -> list[Any]:
    here, today = file.case.organisation.territory, file.by.today
    rows = organisations(sector=Sector.HEALTH, territory=here, working_on=today).exclude(pk=file.case.organisation_id)
    return list(rows[:MOST]) if hands_out(file) else []


@child_page
def consent_withdraw(request: HttpRequest, file: ChildFile, consent: UUID) -> HttpResponse:
    _need(file, WITHDRAW_CONSENT)
    row = consents.of_child(file.child.pk).filter(uuid=consent, answer="given", withdrawn_on=None).first()
    if row is None:
        raise NotFound("")
    form = Withdraw(request.POST or None, initial={"withdrawn_on": file.by.today})
    if form.is_valid() and attempt(form, lambda: _withdraw(file, row, form.cleaned_data)):
        return _done(request, file, _("The withdrawal is recorded."))
    note = _("It ends for the future. A case under way is stopped by its own step “consent is withdrawn”.")
    return _page(request, file, form, _("Record that consent is withdrawn"), _("Record the withdrawal"), note=note)


def _withdraw(file: ChildFile, row: Any, data: dict[str, Any]) -> None:
    consent_actions.withdraw(by=file.by, consent=row, reason=data["reason"], on=data["withdrawn_on"])


@child_page
def enrol(request: HttpRequest, file: ChildFile) -> HttpResponse:
    _need(file, ENROL, Field.ENROLMENT)
    territory = file.child.registered_by.territory
    near = {
        str(row.pk): row
        for row in organisations(sector="education", territory=territory, working_on=file.by.today)[:MOST]
    }
    form = Enrol(
        request.POST or None, schools=[(key, str(row)) for key, row in near.items()], initial={"since": file.by.today}
    )

    def act() -> None:
        data = form.cleaned_data | {"organisation": near[form.cleaned_data["organisation"]]}
        enrol_child(by=file.by, child=file.child, **data)

    if form.is_valid() and attempt(form, act):
        return _done(request, file, _("The enrolment is recorded."))
    return _page(request, file, form, _("Record school or kindergarten"), _("Record"))
