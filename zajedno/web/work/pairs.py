"""One child, several files: pairs that may be one child, side by side, and what people say of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import by_ids as accounts
from zajedno.access.queries.account import names as account_names
from zajedno.children.actions.alias import ANSWERS, ask_other, decide, look_at_pairs, open_pair, undo
from zajedno.children.enums import AliasSaid, Field
from zajedno.children.logic.matching.kin import kinship
from zajedno.children.queries.alias import BOTH, Compared, said, visible
from zajedno.children.rules import LINK_FAMILY
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import by_ids as organisations
from zajedno.places.queries.organisation import names as organisation_names
from zajedno.web.shared.fields import LongText, Radios, Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Row, Table
from zajedno.web.work.frame import work_page
from zajedno.web.work.pair_words import WHICH, chance, columns, reasons, scripts, state_tag

PAGE = 25
AT = "/work/pairs/"


class Narrow(Form):
    which = Select(label=gettext_lazy("Show"), required=False, choices=WHICH.items(), optional=False)


class Answer(Form):
    answer = Radios(label=gettext_lazy("What are they?"), legend="m")
    reason = LongText(
        label=gettext_lazy("By what you know this"), rows=3, max_length=250,
        help_text=gettext_lazy("It is kept with the decision. Write no more of the child than is needed."),
    )  # fmt: skip

    def __init__(self, *args: Any, pair: Compared, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = pair.sides == BOTH and by.may(LINK_FAMILY.key)
        plain = (AliasSaid.SAME, AliasSaid.DIFFERENT)
        self.fill("answer", [(one.value, one.label) for one in ANSWERS if family or one in plain])


class Reason(Form):
    reason = LongText(label=gettext_lazy("Why the decision is undone"), rows=3, max_length=250)


@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Pairs of which the person sees a file: asked ones first, then the likeliest."""
    which = request.GET.get("which", "")
    which = which if which in WHICH else ""
    page = Paginator(visible(by, which or "waiting"), PAGE).get_page(request.GET.get("page"))
    return answer(request, "work/pairs.html", {
        "narrow": Narrow(initial={"which": which}), "which": which, "page": page,
        "table": table(look_at_pairs(by=by, rows=list(page))), "crumbs": [Link(_("My work"), "/work/")],
    })  # fmt: skip


def table(pairs: list[Compared]) -> Table:
    heads = [Column(_("Child")), Column(_("May be the same as")), Column(_("How likely")), Column(_("State"))]
    rows = [
        [
            Cell(_named(pair, pair.mine), href=f"{AT}{pair.alias.uuid}/", small=_born(pair, pair.mine)),
            Cell(_named(pair, pair.second), small=_born(pair, pair.second))
            if pair.sides == BOTH
            else Cell(_("A file of another institution")),
            Cell(chance(pair)),
            Cell(tag=state_tag(pair)),
        ]
        for pair in pairs
    ]
    return Table("pairs", _("One child, several files"), heads, rows, caption_hidden=True)


def _named(pair: Compared, child: Any) -> str:
    """Alone a file is named as its own ties open it; beside another only what is open on both sides."""
    return child.full_name if pair.names(child) else _("Child")


def _born(pair: Compared, child: Any) -> Any:
    return child.birth_date.year if pair.names(child) and child.birth_date else ""


@work_page
def one(request: HttpRequest, by: Actor, pair: UUID) -> HttpResponse:
    """One pair side by side, why it is proposed, what was said, and one's own word."""
    found = open_pair(by=by, uuid=pair)
    sent = request.POST if request.method == "POST" else None
    undoing = sent is not None and "undo" in sent
    forms = {
        "form": Answer(sent if sent and "decide" in sent else None, pair=found, by=by),
        "undo_form": Reason(sent if undoing else None),
        "ask_form": Form(sent if sent and "ask" in sent else None),
    }
    if sent is not None and _act(request, by, found, forms):
        return redirect(f"{AT}{pair}/")
    return answer(request, "work/pair.html", {**forms, **_facts(by, found)}, forms["undo_form"], forms["ask_form"])


def _act(request: HttpRequest, by: Actor, found: Compared, forms: dict[str, Form]) -> bool:
    """Do what was sent; whether it was taken."""
    uuid, said_now = found.alias.uuid, forms["form"]
    if said_now.is_bound:
        return _done(request, said_now, lambda: decide(by=by, uuid=uuid, **said_now.cleaned_data), _("It is kept."))
    if (undone := forms["undo_form"]).is_bound:
        told = _("The decision is undone. Both files are as they were.")
        return _done(request, undone, lambda: undo(by=by, uuid=uuid, **undone.cleaned_data), told)
    told = _("The other institution is asked. They see your name and how to call you, and nothing of this file.")
    return _done(request, forms["ask_form"], lambda: ask_other(by=by, uuid=uuid), told)


def _done(request: HttpRequest, form: Form, act: Any, told: str) -> bool:
    if not (form.is_valid() and attempt(form, act)):
        return False
    messages.success(request, told)
    return True


def _facts(by: Actor, pair: Compared) -> dict[str, Any]:
    both = pair.sides == BOTH
    return {
        "pair": pair, "both": both, "state": state_tag(pair), "chance": chance(pair),
        "title": _named(pair, pair.mine) if not both else _("One child, or two?"),
        "side_by_side": side_by_side(pair) if both else None, "own": Link(_("Open the file"), _file(pair.mine)),
        "reasons": [*reasons(pair), *scripts(pair)], "kin": AliasSaid(kin).label if (kin := _kin(pair)) else "",
        "caller": caller(by, pair), "history": history(pair), "is_open": pair.alias.state == "proposed",
        "have_asked": bool(pair.alias.asked & pair.sides), "have_agreed": bool(pair.alias.agreed & pair.sides),
        "crumbs": [Link(_("My work"), "/work/"), Link(_("One child, several files"), AT)],
    }  # fmt: skip


def _kin(pair: Compared) -> str:
    """Only where all it is read from is open."""
    return kinship(pair.alias.levels) if {Field.IDENTITY, Field.FAMILY, Field.CONTACT} <= pair.open else ""


def _file(child: Any) -> str:
    return f"/work/child/{child.uuid}/"


def side_by_side(pair: Compared) -> Table:
    heads = [Column(_("What is compared")), Column(_("First file")), Column(_("Second file"))]
    links = [Cell(_("Open the file"), href=_file(child)) for child in (pair.first, pair.second)]
    return Table("side", _("Side by side"), heads, [*columns(pair), [_("The whole file"), *links]], caption_hidden=True)


def caller(by: Actor, pair: Compared) -> list[Row]:
    """Who asked, and how to call them: they named themselves by asking."""
    row = pair.alias
    if not pair.is_asked or row.asked_at is None or row.asked_at in {seat.organisation for seat in by.seats}:
        return []
    who, where = accounts([row.asked_by or 0]).get(row.asked_by or 0), organisations([row.asked_at]).get(row.asked_at)
    return [
        Row(_("Who asks"), [who.name if who else "", str(where or "")]),
        Row(_("Telephone"), where.phone if where else ""),
        Row(_("E-mail"), who.email if who else ""),
    ]


def history(pair: Compared) -> list[Moment]:
    rows = said(pair)
    people = account_names({row.account for row in rows if row.account})
    places = organisation_names({row.organisation for row in rows if row.organisation})
    return [
        Moment(
            row.get_said_display(), row.said_on, row.reason,
            ", ".join(filter(None, (people.get(row.account or 0, ""), places.get(row.organisation or 0, "")))),
        )
        for row in rows
    ]  # fmt: skip
