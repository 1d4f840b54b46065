"""Parents, from the side of an institution: inviting one to the family desk, and answering what one asks."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zajedno.casework.actions.family import answer as answer_parent
from zajedno.casework.queries.family import told_ties
from zajedno.casework.queries.family_copy import cases_told
from zajedno.children.actions.family_request import asked as find_asked
from zajedno.children.actions.file import record_reading
from zajedno.children.actions.invitation import invite_by_letter, invite_by_mail, revoke
from zajedno.children.enums import Asked, AskedState, Field
from zajedno.children.queries.family import guardians
from zajedno.children.queries.family_copy import family_copy
from zajedno.children.queries.guardian import asked_of, open_invitations
from zajedno.children.rules import ANSWER_FAMILY, INVITE_FAMILY
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.documents import Rendering, letter_languages, render_pdf
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import by_ids
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText, Radios, Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.uploads import saved
from zajedno.web.work.child import ChildFile, address, child_page, show
from zajedno.web.work.frame import work_page
from zajedno.web.work.labels import due_tag

PAPER: Path = settings.PACKS_DIR / "common" / "letters" / "family-invitation.typ"
LANGUAGES = dict(settings.LANGUAGES)
BY_LETTER, BY_MAIL, BACK = "letter", "mail", "revoke"


class Invite(Form):
    how = Radios(label=gettext_lazy("How is this person invited?"))
    language = Select(label=gettext_lazy("Language and script of the letter"))

    def __init__(self, *args: Any, address: str, waiting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(BY_LETTER, _("By a letter with a code: you print it and hand it over"))]
        if address:
            ways.append((BY_MAIL, _("By e-mail to %(address)s") % {"address": address}))
        if waiting:
            ways.append((BACK, _("Take back the invitation that is open")))
        self.fill("how", ways)
        self.fill("language", [(code, LANGUAGES[code]) for code in languages()])


def languages() -> list[str]:
    return letter_languages(PAPER, tuple(LANGUAGES))


@child_page
def invite(request: HttpRequest, file: ChildFile, guardian: UUID) -> HttpResponse:
    """By letter, the answer is the letter itself: its code is kept nowhere, so it cannot be shown again."""
    row = guardians(file.child).filter(uuid=guardian, represents=True).first()
    if row is None or not file.may(INVITE_FAMILY) or not file.opens(Field.FAMILY):
        raise NotFound("")
    waiting = open_invitations(file.by, file.child).get(row.pk)
    known = get_language() if get_language() in languages() else "sr"
    form = Invite(
        request.POST if request.method == "POST" else None,
        address=row.email,
        waiting=bool(waiting),
        initial={"language": known},
    )
    done: list[HttpResponse] = []
    if form.is_valid() and attempt(form, lambda: done.append(_invite(request, file, row, form.cleaned_data))):
        return done[0]
    note = _("%(name)s will see the procedures of this child, and nothing else. A new invitation ends the one before.")
    waits = _("An invitation is open until %(day)s.") % {"day": day(day_of(waiting.expires_on))} if waiting else ""
    in_already = _("This person has come in already. A new invitation moves the access to another account.")
    return show(
        request, file, "child_form", form=form, title=_("Invite to the family desk"), go=_("Go on"),
        note=" ".join(filter(None, [note % {"name": row.name}, waits, in_already if row.account_id else ""])),
    )  # fmt: skip


def _invite(request: HttpRequest, file: ChildFile, row: Any, data: dict[str, Any]) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    if data["how"] == BACK:
        revoke(by=file.by, guardian=row)
        messages.success(request, _("The invitation is taken back."))
        return redirect(address(file))
    if data["how"] == BY_MAIL:
        invite_by_mail(by=file.by, guardian=row, site=site, language=data["language"])
        messages.success(request, _("The invitation is on its way by e-mail."))
        return redirect(address(file))
    made, code = invite_by_letter(by=file.by, guardian=row)
    return saved(letter(made, row, code, site, data["language"]), "application/pdf", "invitation.pdf")


def letter(made: Any, guardian: Any, code: str, site: str, language: str) -> bytes:
    """The letter as PDF: to the parent, with the code, and nothing of a child."""
    place = by_ids([made.organisation_id])[made.organisation_id]
    data = {
        "organisation": place.name, "address": place.address or "", "name": guardian.name,
        "where": guardian.address or "", "code": code, "site": f"{site}/family/enter/",
        "until": day_of(made.expires_on), "day": day_of(made.made_on),
    }  # fmt: skip
    rendering = Rendering(language, str(_("Invitation")), place.name, day_of(made.made_on))
    return render_pdf(PAPER, data, rendering).content


class Reply(Form):
    granted = Radios(
        label=gettext_lazy("Your answer"),
        choices=(("yes", gettext_lazy("It is done as asked")), ("no", gettext_lazy("It is refused"))),
    )
    reply = LongText(
        label=gettext_lazy("What you say to the parent"), rows=5, required=False,
        help_text=gettext_lazy("When you refuse, say why, and where the parent can turn to."),
    )  # fmt: skip


@work_page
def asked(request: HttpRequest, by: Actor) -> HttpResponse:
    """Questions of parents to one's institutions; what waits stands first."""
    if not by.may(ANSWER_FAMILY.key):
        raise NotFound("")
    rows = []
    for row in asked_of(by)[:200]:
        waits = row.state == AskedState.WAITING
        tag = due_tag(row.due_on, by.today) if waits else Tag(AskedState(row.state).label, "off")
        rows.append([
            Cell(Asked(row.kind).label, href=f"/work/asked/{row.uuid}/"), day(row.asked_on),
            Cell(day(row.due_on), tag=tag), str(row.organisation),
        ])  # fmt: skip
    columns = [Column(_("Question")), Column(_("Asked")), Column(_("Answer by")), Column(_("Institution"))]
    table = Table("asked", _("Questions of parents"), columns, rows, empty=_("No parent has asked anything."))
    return answer(request, "work/asked.html", {"table": table})


@work_page
def question(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """One question: what is asked, what a copy would hold, the answer."""
    row = find_asked(by, uuid)
    waits = row.state == AskedState.WAITING
    form = Reply(request.POST if request.method == "POST" else None) if waits else None
    if form and form.is_valid() and attempt(form, lambda: _reply(by, uuid, form.cleaned_data)):
        messages.success(request, _("The parent is told that the answer is there."))
        return redirect("/work/asked/")
    told = told_ties(row.child, row.account_id)
    copy = {}
    if waits and row.kind == Asked.COPY:
        copy = {**family_copy(row.child, row.guardian, told), "case": cases_told(by, row)}
    facts = [
        Row(_("Who asks"), f"{row.guardian.name}, {row.guardian.get_kind_display()}"),
        Row(_("Child"), row.child.full_name),
        Row(_("What is asked for"), [Asked(row.kind).label, row.take("sealed").strip()]),
        Row(_("Answer by"), day(row.due_on)), *([] if waits else [Row(_("Answer"), row.take("reply"))]),
    ]  # fmt: skip
    context = {
        "form": form, "facts": facts, "title": Asked(row.kind).label,
        "file_href": f"/work/child/{row.child.uuid}/", "crumbs": [Link(_("Questions of parents"), "/work/asked/")],
        "copy": json.dumps(copy, ensure_ascii=False, indent=1) if copy else "",
    }  # fmt: skip
    record_reading(by=by, uuid=row.child.uuid)
    return answer(request, "work/asked_one.html", context)


def _reply(by: Actor, uuid: UUID, data: dict[str, Any]) -> None:
    answer_parent(by=by, uuid=uuid, granted=data["granted"] == "yes", reply=data["reply"])
