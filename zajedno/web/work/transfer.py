"""Handing a case over: offered by who keeps it, answered by who receives it. And setting a need aside."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import by_ids
from zajedno.casework.actions.override import override_need
from zajedno.casework.actions.transfer import accept_transfer, offer_transfer, reject_transfer, withdraw_transfer
from zajedno.casework.enums import Afterwards
from zajedno.casework.queries.case import CaseFile, visible_to
from zajedno.casework.queries.transfer import answering, offer_of, takers
from zajedno.casework.rules import RECEIVE, TRANSFER
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.post import carrying
from zajedno.web.shared.fields import LongText, Radios, Suggest, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.work.frame import address, case_page, show
from zajedno.web.work.next_moves import may_set_aside, need_text
from zajedno.web.work.overtaken import look_again
from zajedno.web.work.seeking import is_finding, kept, seek_fields


class Seen(Form):
    """`seen`: which state of the case the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Offer(Seen):
    message = LongText(
        label=gettext_lazy("Why you hand it over, and what the receiver should know"), rows=6,
        help_text=gettext_lazy("It stands in the history of the case."),
    )  # fmt: skip
    afterwards = Radios(
        label=gettext_lazy("What your institution keeps, once it is taken over"), choices=Afterwards.choices,
        initial=Afterwards.READ,
    )  # fmt: skip

    def __init__(self, *args: Any, file: CaseFile, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial or {"seen": file.case.moves_made}, **kwargs)
        said = self.data or self.initial
        find = seek_fields("receiver", partial(takers, file), said, label=_("Institution that takes it over"))
        person = Suggest(
            label=_("To whom there"), required=False, choices=_people(str(said.get("receiver") or ""), file),
            empty=_("Anybody there who receives cases"),
            help_text=_("Choose the institution first, then “Narrow the lists”."),
        )  # fmt: skip
        self.fields = {**find, "person": person, **self.fields}


def _people(receiver: str, file: CaseFile) -> list[tuple[str, str]]:
    """Who receives at the institution that was chosen."""
    if not receiver.isdecimal():
        return []
    posts = carrying(RECEIVE.key, file.by.today).filter(organisation=int(receiver)).select_related("account")
    return sorted({(str(post.account_id), post.account.name) for post in posts}, key=lambda one: one[1])


class Number(Form):
    number = Text(
        label=gettext_lazy("Registry number at your institution"), required=False, max_length=60, width="one-half",
        help_text=gettext_lazy("Leave it empty and the next number of your series is given."),
    )  # fmt: skip


class Reason(Form):
    reason = LongText(label=gettext_lazy("Reason"), rows=4)


class WhyNot(Seen):
    reason = LongText(
        label=gettext_lazy("Why must the case go on without it?"), rows=5,
        help_text=gettext_lazy("It is kept sealed, with your name. The family may ask for it."),
    )  # fmt: skip


@case_page("overview")
def offer(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Offer the case to an institution of a kind that may keep it."""
    if not file.by.may(TRANSFER.key, file.case.organisation_id):
        raise NotFound("")
    form = Offer(request.POST if request.method == "POST" else None, file=file)
    if is_finding(request):
        form = Offer(file=file, initial=kept(form))

    def act() -> None:
        data = form.cleaned_data
        receiver = takers(file).get(pk=int(data["receiver"]))
        person = by_ids([int(data["person"])])[int(data["person"])] if data["person"] else None
        offer_transfer(
            by=file.by, uuid=file.case.uuid, receiver=receiver, person=person, message=data["message"],
            afterwards=data["afterwards"], seen=data["seen"],
        )  # fmt: skip

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The case is offered. You keep it until it is taken over."))
        return redirect(address(file))
    file = look_again(form, file)
    note = _("The receiver may read the case at once. You keep it, and its deadlines go on, until they take it over.")
    return show(
        request, file, "overview", "transfer", form=form, title=_("Offer the case to another institution"), note=note,
        back=address(file), go=_("Offer the case"),
    )  # fmt: skip


def _answer(
    request: HttpRequest, file: CaseFile, form: Form, act: Callable[[], object], told: str, **page: Any
) -> HttpResponse:
    """A form of one act; afterwards the case, or one's work when the case is no longer open to the person."""
    if form.is_valid() and attempt(form, act):
        messages.success(request, told)
        return redirect(address(file) if visible_to(file.by).filter(pk=file.case.pk).exists() else "/work/")
    file = look_again(form, file) if "seen" in form.fields else file
    return show(request, file, "overview", "form", form=form, back=address(file), **page)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _back(request: HttpRequest, file: CaseFile) -> HttpResponse:
    messages.info(request, _("Nothing waits here for you. This is where the case stands."))
    return redirect(address(file))


def _waits(request: HttpRequest, file: CaseFile) -> bool:
    """Does an offer wait for this person? What is sent too late is told so by the verb, beside what was typed."""
    row = offer_of(file)
    return request.method == "POST" or (row is not None and answering(file.by, row) is not None)


@case_page("overview")
def accept(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not _waits(request, file):
        return _back(request, file)
    form = Number(_sent(request))
    if not file.case.number:
        del form.fields["number"]
    return _answer(
        request, file, form,
        lambda: accept_transfer(by=file.by, uuid=file.case.uuid, number=form.cleaned_data.get("number", "")),
        _("The case is yours now."), title=_("Take the case over"), go=_("Take it over"),
        note=_("From now on your institution keeps the case. Its deadlines go on as they run."),
    )  # fmt: skip


@case_page("overview")
def reject(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not _waits(request, file):
        return _back(request, file)
    form = Reason(_sent(request))
    return _answer(
        request, file, form,
        lambda: reject_transfer(by=file.by, uuid=file.case.uuid, reason=form.cleaned_data["reason"]),
        _("The case is not taken over. It is closed to you."), title=_("Do not take the case over"),
        go=_("Do not take it over"), kind="warning", note=_("The case closes to your institution at once."),
    )  # fmt: skip


@case_page("overview")
def withdraw(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not file.by.may(TRANSFER.key, file.case.organisation_id):
        raise NotFound("")
    form = Reason(_sent(request))
    return _answer(
        request, file, form,
        lambda: withdraw_transfer(by=file.by, uuid=file.case.uuid, reason=form.cleaned_data["reason"]),
        _("The offer is taken back."), title=_("Take the offer back"), go=_("Take the offer back"), kind="warning",
        note=_("The case closes to the institution to which it was offered."),
    )  # fmt: skip


@case_page("overview")
def set_aside(request: HttpRequest, file: CaseFile, need: str) -> HttpResponse:
    """Let the case go on without a need: by who is authorised, for needs that the procedure names."""
    if request.method != "POST" and not may_set_aside(file, need):
        return _back(request, file)
    form = WhyNot(_sent(request), initial={"seen": file.case.moves_made})

    def act() -> None:
        data = form.cleaned_data
        override_need(by=file.by, uuid=file.case.uuid, need=need, reason=data["reason"], seen=data["seen"])

    return _answer(
        request, file, form, act, _("It is set aside. The case may go on."), title=_("Go on without what is needed"),
        go=_("Set it aside"), kind="warning", note=need_text(file, need) if need in file.definition.overridable else "",
    )  # fmt: skip
