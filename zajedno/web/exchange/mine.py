"""My practices: the list, a new one, its steps, the whole of it, its files and history."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.exchange.actions import practice as actions
from zajedno.exchange.enums import PUBLIC, State
from zajedno.exchange.logic import template
from zajedno.exchange.queries import practice as queries
from zajedno.exchange.queries import review as reviews
from zajedno.exchange.queries.file import files_of
from zajedno.exchange.queries.practice import WAITING
from zajedno.exchange.queries.translation import translations
from zajedno.exchange.rules import TRANSLATE, WRITE_PRACTICE
from zajedno.forms.queries.form import loaded
from zajedno.forms.queries.form import newest as newest_forms
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import names
from zajedno.places.queries.territory import units
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.exchange.desk import day, mine_link, show, state_tag, writer_page
from zajedno.web.exchange.review_forms import ADVICE
from zajedno.web.exchange.whole import whole
from zajedno.web.exchange.writing_forms import Begin, StepForm
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Row, Table, Tag, Task

if TYPE_CHECKING:
    from zajedno.exchange.models import Practice, PracticeVersion

PER_PAGE = 25
OPEN = (State.DRAFT, State.RETURNED)


@writer_page
def mine(request: HttpRequest, by: Actor) -> HttpResponse:
    page = Paginator(queries.mine(by), PER_PAGE).get_page(request.GET.get("page"))
    columns = [Column(_("Practice")), Column(_("Institution")), Column(_("Begun")), Column(_("State"))]
    rows = [
        [
            Cell(row.title, f"/exchange/mine/{row.uuid}/", lang=row.language), str(row.organisation),
            day(row.begun_on), Cell(tag=state_tag(State(row.stands))),
        ]
        for row in page
    ]  # fmt: skip
    table = Table("mine", _("My practices"), columns, rows, caption_hidden=True)
    return show(request, "mine", {"table": table, "page": page})


@writer_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    """An institution, a title, a language: then the steps."""
    named = names(set(by.organisations_for(WRITE_PRACTICE.key)))
    first = {"organisation": next(iter(named)) if len(named) == 1 else None, "language": get_language()}
    form = Begin(request.POST if request.method == "POST" else None, initial=first)
    form.fill("organisation", [(str(key), name) for key, name in named.items()])
    made: list[Practice] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(actions.begin(by=by, **given | {"organisation": int(given["organisation"])}))

    if form.is_valid() and attempt(form, act):
        return redirect("writing:step", uuid=made[0].uuid, step="about")
    words = {"title": _("Begin a practice"), "go": _("Begin"), "cancel": "/exchange/mine/"}
    return show(request, "act", {"form": form, "crumbs": [mine_link()], **words})


def way(practice: "Practice", version: "PracticeVersion") -> list[Link]:
    return [mine_link(), Link(queries.source(version).title, f"/exchange/mine/{practice.uuid}/")]


@writer_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Where it stands, what is still missing, and what can be done now."""
    row = queries.find_own(by, uuid)
    version = queries.newest(row)
    is_open = row.stage in OPEN and (version.frozen_on is None or row.stage == State.RETURNED)
    context = {
        "practice": row, "text": queries.source(version), "state": state_tag(row.stage), "crumbs": [mine_link()],
        "note": queries.last_note(row) if row.stage in (State.RETURNED, State.NEEDS_UPDATE, State.RETIRED) else "",
        "tasks": _tasks(row, version) if is_open else [], "is_open": is_open,
        "may_take_back": row.stage in WAITING, "judged": _judged(row),
        "may_discard": row.stage == State.DRAFT and version.frozen_on is None,
        "may_hand_in": is_open and version.frozen_on is None, "is_public": row.state in PUBLIC,
        "may_change": row.state in PUBLIC and not row.change, "files": files_of(row).count(),
        "figures": len(version.figures),
        "translations": len(translations(version)), "may_translate": by.may(TRANSLATE.key),
    }  # fmt: skip
    return show(request, "one", context)


def _judged(row: "Practice") -> list[Row]:
    """What reviewers of the last version that was decided on advised: in no order, without who they are."""
    return [Row(dict(ADVICE)[one.advice], one.remarks) for one in reviews.told_to_author(row)]


def missing_of(version: "PracticeVersion") -> list[str]:
    return template.missing(queries.answers(queries.source(version)), queries.facts(version))


STEP_OF = {field.key: field.step for field in template.FIELDS} | template.FACTS


def _tasks(row: "Practice", version: "PracticeVersion") -> list[Task]:
    lacking = missing_of(version)
    tasks = []
    for step, heading in template.STEPS.items():
        number = sum(STEP_OF[key] == step for key in lacking)
        status = Tag(_("To write: %(number)s") % {"number": number}, "wait") if number else Tag(_("Complete"), "done")
        tasks.append(Task(_(heading), status, f"/exchange/mine/{row.uuid}/step/{step}/"))
    return tasks


@writer_page
def step(request: HttpRequest, by: Actor, uuid: UUID, step: str) -> HttpResponse:
    """What is written is kept, whole or not; a text that is too long comes back as it was sent."""
    row = queries.find_own(by, uuid)
    steps = list(template.STEPS)
    if step not in steps or row.stage not in OPEN:
        raise NotFound("")
    version = queries.newest(row)
    known = {**queries.answers(queries.source(version)), **queries.facts(version), "anonymous": row.anonymous}
    known |= {
        "procedure": row.procedure,
        "form": row.form,
        "territory": row.territory.code,
        "partners": "\n".join(named(version)),
    }
    form = StepForm(
        request.POST if request.method == "POST" else None, step=step, tools=_offered(step, row), initial=known
    )

    def act() -> None:
        texts, facts = form.sent()
        actions.save(by=by, practice=row, texts=texts, facts=facts)

    if form.is_valid() and attempt(form, act):
        following = steps[steps.index(step) + 1 :]
        if "back" in request.POST or not following:
            messages.success(request, _("Saved. You can go on whenever you like."))
            return redirect("writing:one", uuid=uuid)
        return redirect("writing:step", uuid=uuid, step=following[0])
    context = {
        "form": form, "title": _(template.STEPS[step]), "crumbs": way(row, version), "practice": row,
        "place": _("Step %(number)s of %(all)s") % {"number": steps.index(step) + 1, "all": len(steps)},
        "is_last": step == steps[-1], "figures": len(version.figures) if step == "results" else None,
    }  # fmt: skip
    return show(request, "step", context)


def named(version: "PracticeVersion") -> list[str]:
    """Partners as their names were written."""
    return [one["name"] for one in version.partners]


def _offered(step: str, row: "Practice") -> dict[str, list[tuple[str, str]]]:
    """(key, name) to choose from: in the first step where it happens, until it is public; in the last what of the
    packs another municipality can load together with it."""
    if step == "about" and row.published_id is None:
        return {"territory": [(one.code, one.name) for one in units().filter(country=row.territory.country_id)]}
    if step != "end":
        return {}
    steps = {one.definition.key: label(of_version(one.pk).labels) for one in procedures()}
    asked = {one.key: one.title() for one in map(loaded, newest_forms().values_list("pk", flat=True))}
    return {"procedure": sorted(steps.items()), "form": sorted(asked.items())}


@writer_page
def read(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The whole of it, as reviewers and editors will see it; `?version=2` an earlier one."""
    row = queries.find_own(by, uuid)
    versions = list(queries.versions(row))
    wanted = request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == wanted), versions[0])
    context = {
        "cards": whole(version), "title": queries.source(version).title, "crumbs": way(row, versions[0]),
        "number": version.number, "lang": version.language,
    }  # fmt: skip
    return show(request, "read", context)


@writer_page
def history(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find_own(by, uuid)
    return show(request, "history", {**history_of(row, f"/exchange/mine/{uuid}/read/"),
                                     "crumbs": way(row, queries.newest(row))})  # fmt: skip


def history_of(row: "Practice", read: str = "") -> dict[str, Any]:
    """Versions and changes of state; `read`: where a version is read."""
    moments = [
        Moment(_("Version %(number)s") % {"number": move.version.number}, move.moved_on, move.note,
               tag=state_tag(State(move.state)))
        for move in queries.history(row)
    ]  # fmt: skip
    columns = [Column(_("Version")), Column(_("Title of the practice")), Column(_("Handed in"))]
    rows = [
        [
            Cell(one.number, f"{read}?version={one.number}" if read and (one.frozen_on or "/mine/" in read) else ""),
            Cell(one.title, lang=one.language), day(one.frozen_on) or _("Not handed in yet"),
        ]
        for one in queries.versions(row)
    ]  # fmt: skip
    return {"moments": moments, "table": Table("versions", _("Versions"), columns, rows)}
