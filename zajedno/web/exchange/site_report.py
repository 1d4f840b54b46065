"""What a place tells of the model it took over, what the source answers, and what who keeps a model publishes."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from zajedno.exchange.actions import model as keeping
from zajedno.exchange.actions import site_report as actions
from zajedno.exchange.queries import model as models
from zajedno.exchange.queries import site as queries
from zajedno.exchange.queries.catalogue import by_slug as practice_by_slug
from zajedno.exchange.queries.effect import offered
from zajedno.exchange.rules import KEEP_MODEL
from zajedno.forms.queries.form import loaded, newest
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import names
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.exchange.desk import exchange_page, show
from zajedno.web.exchange.models import address, models_link
from zajedno.web.exchange.site_forms import LANGUAGES, Adapt, Judge, KeepModel, Lesson, NameIndicator, Reply, Tell
from zajedno.web.exchange.sites import actions_for, home, path, site_page, way
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.language import tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Site

keeper_page = exchange_page(KEEP_MODEL.key)


def _telling(
    request: HttpRequest, site: "Site", form: Form, act: Callable[[], object], title: str, note: str = ""
) -> HttpResponse:
    """A page with one form; what was sent is kept and the site shown."""
    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Saved. Everybody can read it."))
        return redirect("site:one", uuid=site.uuid)
    words = {"title": title, "note": note, "go": _("Save"), "cancel": path(site)}
    return show(request, "act", {"form": form, "crumbs": way(site), **words})


@site_page
def adapt(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    site = actions_for(by, uuid)
    form = Adapt(request.POST if request.method == "POST" else None)
    form.fill("component", list(site.model.names.items()))
    return _telling(
        request, site, form, lambda: actions.adapt(by=by, uuid=uuid, **form.cleaned_data),
        _("What do you do otherwise, and why?"),
    )  # fmt: skip


@site_page
def fidelity(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    site = actions_for(by, uuid)
    form = Judge(request.POST if request.method == "POST" else None, site=site)

    def act() -> None:
        actions.judge(by=by, uuid=uuid, said=form.said(), is_checked=form.cleaned_data["is_checked"])

    note = _("What is partly there counts half. You may answer some now and the rest later.")
    return _telling(request, site, form, act, _("What of the model is there?"), note)


@site_page
def result(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    site = actions_for(by, uuid)
    form = Tell(request.POST if request.method == "POST" else None)
    form.fill("indicator", [(one["key"], label(one["labels"])) for one in site.model.indicators])
    return _telling(
        request, site, form, lambda: actions.report_result(by=by, uuid=uuid, **form.cleaned_data),
        _("What changed?"), _("Numbers of the whole place, never of a child. A wrong one can be taken back."),
    )  # fmt: skip


@site_page
def indicator(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """By which released figure everybody will see whether it worked."""
    site = actions_for(by, uuid)
    form = NameIndicator(request.POST if request.method == "POST" else None)
    form.fill("indicator", [(one.code, str(one)) for one in offered()])
    return _telling(
        request, site, form, lambda: actions.name_indicator(by=by, uuid=uuid, **form.cleaned_data),
        _("By what will it be seen whether it worked?"),
        _("Released figures of your municipality are compared with those of places that did without."),
    )  # fmt: skip


@site_page
def lesson(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    site = actions_for(by, uuid)
    form = Lesson(request.POST if request.method == "POST" else None)
    return _telling(
        request, site, form, lambda: actions.return_lesson(by=by, uuid=uuid, **form.cleaned_data),
        _("What did you learn?"), _("It goes back to where the model came from; they can answer."),
    )  # fmt: skip


@site_page
def take_back(request: HttpRequest, by: Actor, uuid: UUID, what: str, number: int) -> HttpResponse:
    """Asked first: it cannot be shown again, only entered anew."""
    site = actions_for(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.take_back(by=by, uuid=uuid, what=what, number=number)):
        messages.success(request, _("It is taken back, and shown no more."))
        return redirect("site:one", uuid=uuid)
    words = {
        "title": _("Take it back?"), "go": _("Take back"), "kind": "warning", "cancel": path(site),
        "note": _("It is shown no more, also not to the public. What is right you enter anew."),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(site), **words})


@site_page
def reply(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The source reads a lesson and answers it."""
    row = queries.lessons_for(by).filter(uuid=uuid).first()
    if row is None:
        raise NotFound("")
    form = Reply(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.answer_lesson(by=by, lesson=row, **form.cleaned_data)):
        messages.success(request, _("Saved. Everybody can read it."))
        return redirect("site:sites")
    words: dict[str, Any] = {
        "title": _("A lesson from %(place)s") % {"place": row.site.organisation}, "note": row.text,
        "note_lang": tag(row.site.language), "go": pgettext("act", "Answer"), "cancel": "/exchange/sites/",
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": [home()], **words})


def _tools() -> list[dict[str, Any]]:
    """Forms and procedures of the packs by name, with their titles in every language that a model is written in."""
    forms: dict[str, Callable[[], str]] = {
        one.key: one.title for one in map(loaded, newest().values_list("pk", flat=True))
    }
    steps: dict[str, Callable[[], str]] = {
        one.definition.key: partial(label, of_version(one.pk).labels) for one in procedures()
    }
    found = []
    for kind, known in (("form", forms), ("procedure", steps)):
        for key, titled in sorted(known.items()):
            titles = {}
            for language, _words in LANGUAGES:
                with override(language):
                    titles[language] = titled()
            found.append({"key": key, "kind": kind, "labels": titles})
    return found


@keeper_page
def new_model(request: HttpRequest, by: Actor) -> HttpResponse:
    """`?practice=`: the slug of the practice it grows out of."""
    offered = [(str(key), text) for key, text in names(set(by.organisations_for(KEEP_MODEL.key))).items()]
    slug = request.GET.get("practice", "")
    practice = practice_by_slug(slug) if slug else None
    form = KeepModel(request.POST if request.method == "POST" else None, organisations=offered, tools=_tools())
    made: list[Any] = []

    def act() -> None:
        organisation = int(form.cleaned_data["organisation"])
        titles = form.texts("title")
        made.append(
            keeping.begin_model(by=by, organisation=organisation, titles=titles, said=form.said(), practice=practice)
        )

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The model is published."))
        return redirect(address(made[0].package))
    words = {"title": _("Make a model"), "go": _("Publish"), "cancel": models_link().href}
    return show(request, "act", {"form": form, "crumbs": [models_link()], **words})


@keeper_page
def new_version(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    package = models.by_slug(slug)
    if package.organisation_id is None or not models.keeps(by, package):
        raise NotFound("")
    form = KeepModel(request.POST if request.method == "POST" else None, version=models.newest(package), tools=_tools())

    def act() -> None:
        keeping.publish_version(by=by, package=package, said=form.said(), seen=form.cleaned_data["seen"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The new version is published."))
        return redirect(address(package))
    words = {
        "title": _("A new version of %(model)s") % {"model": package}, "go": _("Publish"), "cancel": address(package),
        "note": _("Places that took over an earlier version go on with theirs."),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": [models_link()], **words})
