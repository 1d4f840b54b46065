"""A move that the procedure gives to the parent: the form that every move has, told what follows."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zajedno.casework.actions.move import move_case
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.family import own_offers
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.family import words
from zajedno.web.family.frame import address, case_page, show_case
from zajedno.web.shared.guards import attempt
from zajedno.web.work.labels import move_label
from zajedno.web.work.move import MoveForm, consequences
from zajedno.web.work.overtaken import look_again

AT_WORK = ("happened_on", "happened_at")  # what a parent does here happens now


@case_page("move")
def move(request: HttpRequest, file: CaseFile, move: str) -> HttpResponse:
    """The form, or what must come first. What is not the parent's to do is not there."""
    rule = file.definition.move.get(move)
    if rule is None or not file.parts & set(rule.by) & file.definition.family:
        raise NotFound("")
    rule = replace(rule, may_give=tuple(one for one in rule.may_give if one not in AT_WORK))
    offer = next((one for one in own_offers(file) if one.move.key == move), None)
    common = {"title": move_label(file.definition, move), "hint": label(rule.hint), "back": address(file)}
    if request.method != "POST" and (offer is None or not offer.allowed):
        return show_case(request, file, "", "not_now", waits=words.waits(file) if offer else [], **common)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MoveForm(*sent, file=file, rule=rule)
    if form.is_valid() and attempt(form, lambda: _make(file, form)):
        messages.success(request, common["title"])
        return redirect(address(file))
    file = look_again(form, file, partial(_is_open, move=move), named=False)
    return show_case(request, file, "", "move", form=form, does=consequences(file, rule), **common)


def _is_open(file: CaseFile, move: str) -> bool:
    return any(one.move.key == move and one.allowed for one in own_offers(file))


def _make(file: CaseFile, form: MoveForm) -> None:
    move_case(by=file.by, uuid=file.case.uuid, move=form.rule.key, seen=form.cleaned_data["seen"], given=form.given)
