"""Making a move: one page for every move of every procedure, drawn from its definition."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.casework.actions.clocks import lengthened
from zajedno.casework.actions.move import move_case
from zajedno.casework.queries.case import CaseFile, visible_to
from zajedno.casework.queries.clause import newest, offered
from zajedno.kernel.clock import now
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.calendar import calendar_of
from zajedno.procedures.logic.definition import DeadlineRule, MoveRule
from zajedno.procedures.logic.due import due, due_at
from zajedno.procedures.logic.needs import ASKS
from zajedno.procedures.logic.walk import Offer
from zajedno.web.shared.dates import day, moment
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.work.asks import ASK, ask_of, field_of
from zajedno.web.work.frame import address, case_page, show
from zajedno.web.work.labels import deadline_label, move_label, part_label, step_label
from zajedno.web.work.next_moves import makers, need_task, not_ones_own, offers
from zajedno.web.work.overtaken import look_again
from zajedno.web.work.seeking import is_finding, kept


class MoveForm(Form):
    """A field for each answer the move asks for or takes; `seen` says which state of the case the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, file: CaseFile, rule: MoveRule, initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=initial or {"seen": file.case.moves_made}, **kwargs)
        self.file, self.rule, said = file, rule, self.data or self.initial
        for name in (*rule.asks, *rule.may_give):
            self.fields.update(ask_of(file, name, said).fields(file, name in rule.asks))
        self.seeks = any(name.endswith("-service") for name in self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.given: dict[str, Any] = {}
        for name in (*self.rule.asks, *self.rule.may_give):
            if field_of(name) in self.errors:
                continue
            try:
                self.given[name] = ask_of(self.file, name).read(self.file, data)
            except ValidationError as error:
                self.add_error(name, error)
        return data


@dataclass(frozen=True)
class Consequences:
    """What the move will do, told before it is made."""

    step: str
    ends: bool
    letters: list[str]
    told: list[str]
    starts: list[tuple[str, str]]  # deadline, due day
    stops: list[str]
    pauses: list[str]
    resumes: list[str]


def _last_days(file: CaseFile, rule: DeadlineRule) -> str:
    """When it would end; several days where it depends on the clause."""
    calendar = calendar_of(file.case.organisation, rule.calendar)
    known = newest(file.case, file.by.today)
    clauses: list[Any] = [known] if known else (offered(file) if rule.clause else []) or [None]
    rules = [lengthened(rule, clause) for clause in clauses]
    hours = {moment(due_at(one, now())) for one in rules if one.unit == "hours"}
    days = sorted({due(one, file.by.today, calendar) for one in rules if one.unit != "hours"})
    return " / ".join([*sorted(hours), *(day(one) for one in days)])


def consequences(file: CaseFile, rule: MoveRule) -> Consequences:
    definition, ends = file.definition, file.definition.is_end(rule.to_step)
    running = {clock.key for clock in file.running}
    clocks = definition.deadlines
    return Consequences(
        step=step_label(definition, rule.to_step) if rule.to_step else "",
        ends=ends,
        letters=[label(definition.letter[key].labels) for key in rule.letters],
        told=[part_label(definition, part) for part in rule.notifies],
        starts=[(deadline_label(definition, one.key), _last_days(file, one))
                for one in clocks if rule.key in one.start and not ends],
        stops=[deadline_label(definition, one.key) for one in clocks
               if one.key in running and (ends or rule.key in one.stop)],
        pauses=[deadline_label(definition, one.key) for one in clocks if rule.key in one.pause and one.key in running],
        resumes=[deadline_label(definition, one.key) for one in clocks if rule.key in one.resume and one.key in running
                 ],
    )  # fmt: skip


@case_page("overview")
def move(request: HttpRequest, file: CaseFile, move: str) -> HttpResponse:
    """The form of a move, with what it will do; or what must come first; or who makes it."""
    rule = file.definition.move.get(move)
    if rule is None:
        raise NotFound("")
    every = offers(file)
    offer = next((one for one in every if one.move.key == move), None)
    common = {"title": move_label(file.definition, move), "hint": label(rule.hint), "back": address(file)}
    if request.method != "POST" and (offer is None or not offer.allowed or not_ones_own(file, offer)):
        return _not_now(request, file, offer, every, common)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MoveForm(*sent, file=file, rule=rule)
    if is_finding(request):
        form = MoveForm(file=file, rule=rule, initial=kept(form))
    if form.is_valid() and attempt(form, lambda: _make(file, form)):
        return _made(request, file, rule)
    file = look_again(form, file, partial(is_open, move=move))
    return show(request, file, "overview", "move", form=form, does=consequences(file, rule), **common)


def is_open(file: CaseFile, move: str) -> bool:
    """Can the person make the move now?"""
    return any(one.move.key == move and one.allowed for one in offers(file))


def _made(request: HttpRequest, file: CaseFile, rule: MoveRule) -> HttpResponse:
    """Back to the case, or to one's work when the move closed it to who made it."""
    words = {"move": move_label(file.definition, rule.key)}
    stays = visible_to(file.by).filter(pk=file.case.pk).exists()
    said = _("“%(move)s” is recorded.") if stays else _("“%(move)s” is recorded. The case is no longer open to you.")
    messages.success(request, said % words)
    return redirect(address(file) if stays else "/work/")


def _make(file: CaseFile, form: MoveForm) -> None:
    move_case(by=file.by, uuid=file.case.uuid, move=form.rule.key, seen=form.cleaned_data["seen"], given=form.given)


def _not_now(
    request: HttpRequest, file: CaseFile, offer: Offer | None, every: list[Offer], common: dict[str, str]
) -> HttpResponse:
    missing = (
        [need_task(file, need, [common["title"]], every) for need in offer.missing] if offer and offer.yours else []
    )
    others = makers(file, offer) if offer and not offer.yours else ""
    own = not_ones_own(file, offer) if offer and offer.yours else ""
    return show(
        request, file, "overview", "not_now", missing=missing, others=others, own=own, gone=offer is None, **common
    )


def unknown_asks() -> set[str]:
    """Names of the vocabulary that no field draws; the tests demand that there are none."""
    return set(ASKS) ^ set(ASK)
