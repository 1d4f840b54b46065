"""Frameworks of results at the desk of a network: what the own place brought to one, and what it learnt."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import ask
from zajedno.programmes.actions import frame as actions
from zajedno.programmes.queries import frame as queries
from zajedno.programmes.rules import TELL_FRAME
from zajedno.web.network import framework_paper
from zajedno.web.network import framework_words as words
from zajedno.web.network.frame import home, network_page, sections, show
from zajedno.web.shared.fields import LongText, Number, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.places.models import Territory
    from zajedno.programmes.models import Frame
    from zajedno.programmes.queries.frame import Whole

HOME = "/network/frames/"


class About(Form):
    """What is told of a place, in a phase or outside of them."""

    place = Select(label=gettext_lazy("Municipality"), choices=())
    phase = Select(label=gettext_lazy("Phase"), choices=(), required=False)

    def __init__(self, *args: Any, whole: "Whole", places: "list[Territory]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        self.phases = {one.key: one for one in whole.phases}
        self.fill("place", [(key, str(one)) for key, one in self.places.items()])
        self.fill("phase", [("", _("None of them")), *((key, str(one)) for key, one in self.phases.items())])

    def where(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"place": self.places[said["place"]], "phase": self.phases.get(said["phase"])}


class Tell(About):
    period = Text(label=gettext_lazy("Period"), help_text=gettext_lazy("A year, such as 2026."), max_length=20)
    value = Number(least=0, label=gettext_lazy("Number"))
    out_of = Number(least=0, label=gettext_lazy("Out of"), required=False)
    source = Text(label=gettext_lazy("Where it was counted"), max_length=300)
    evidence = Text(label=gettext_lazy("What shows it"), max_length=300)


class Learn(About):
    text = LongText(label=gettext_lazy("What was learnt"), rows=5, max_length=3000)
    source = Text(label=gettext_lazy("From what"), max_length=300)


def address(row: "Frame", rest: str = "") -> str:
    return f"{HOME}{row.key}/{rest}"


def way(row: "Frame | None" = None) -> list[Link]:
    found = [home(), Link(_("Frameworks of results"), HOME)]
    return [*found, Link(str(row), address(row))] if row else found


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every framework of results; where the own places take part, in which phases."""
    places, lines = queries.own_places(by), []
    for row in queries.frames():
        whole = queries.whole(row)
        took = [f"{place}: {phase}" for place in places for phase in whole.phases_of(place.pk)]
        lines.append([Cell(str(row), address(row)), row.country, "; ".join(took) or "–"])
    columns = [Column(_("Framework")), Column(_("Country")), Column(_("Own places in it"))]
    empty = _("No framework is loaded yet.")
    table = Table("frames", _("Frameworks of results"), columns, lines, caption_hidden=True, empty=empty)
    return show(request, "frameworks", {"table": table, "nav": sections("programmes"), "crumbs": way()[:1]})


@network_page
def one(request: HttpRequest, by: Actor, frame: str) -> HttpResponse:
    """What own places brought, result by result, beside what is told of all."""
    row = queries.find(frame)
    whole, places = queries.whole(row), queries.own_places(by)
    parts = [(str(place), _own(whole, place, at)) for at, place in enumerate(places)]
    context = {
        "frame": row, "facts": words.facts(row, whole), "parts": parts, "tables": words.tables(whole),
        "here": address(row), "tell": _tellable(whole, places), "may": bool(places), "crumbs": way(),
    }  # fmt: skip
    return show(request, "framework", context)


def _own(whole: "Whole", place: "Territory", at: int) -> list[Table]:
    """What one place brought and learnt; its tables stand on a page with those of all."""
    found = (words.contributions(whole, place), words.lessons(whole, place))
    return [replace(one, id=f"{one.id}-{at}") for one in found]


def _tellable(whole: "Whole", places: "list[Territory]") -> list[Link]:
    """Results of which a place may tell a number: not those that an indicator measures."""
    if not places:
        return []
    return [
        Link(str(branch.result), address(whole.frame, f"results/{branch.result.key}/"))
        for branch in whole.branches
        if not branch.result.indicator and branch.result.level in ("output", "activity")
    ]


def _asked(by: Actor, frame: str) -> "tuple[Frame, Whole, list[Territory]]":
    ask(by, TELL_FRAME)
    row = queries.find(frame)
    return row, queries.whole(row), queries.own_places(by)


@network_page
def tell(request: HttpRequest, by: Actor, frame: str, result: str) -> HttpResponse:
    row, whole, places = _asked(by, frame)
    branch = whole.branch(result)
    if branch.result.indicator:
        raise NotFound("")
    form = Tell(sent(request), whole=whole, places=places)

    def act() -> None:
        said = form.cleaned_data
        numbers = {name: said[name] for name in ("period", "value", "out_of", "source", "evidence")}
        told = actions.Told(**numbers, **form.where())
        actions.tell(by=by, result=branch.result, told=told)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The number is told. What was told before stays."))
        return redirect(address(row))
    note = _("A number of your municipality, never of one child. Of fewer than five children tell none.")
    return _question(request, row, form, str(branch.result), _("Tell it"), note)


@network_page
def learn(request: HttpRequest, by: Actor, frame: str) -> HttpResponse:
    row, whole, places = _asked(by, frame)
    form = Learn(sent(request), whole=whole, places=places)

    def act() -> None:
        said = form.cleaned_data
        language = get_language() or "en"
        actions.learn(by=by, frame=row, text=said["text"], language=language, source=said["source"], **form.where())

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The lesson is written down."))
        return redirect(address(row))
    note = _("Write no name of a child or a person: everybody may read it.")
    return _question(request, row, form, _("Write down a lesson"), _("Keep"), note)


def _question(request: HttpRequest, row: "Frame", form: Form, title: str, go: str, note: str) -> HttpResponse:
    context = {"form": form, "title": title, "go": go, "note": note, "cancel": address(row), "crumbs": way(row)}
    return show(request, "act", context)


@network_page
def paper(request: HttpRequest, by: Actor, frame: str, ending: str) -> HttpResponse:
    return framework_paper.given(by, queries.find(frame), ending)
