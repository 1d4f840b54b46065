"""A place takes a model over: it begins, says what it is ready for, and goes along the procedure `replication`."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.exchange.actions.notice import tell_places
from zajedno.exchange.enums import Theme
from zajedno.exchange.logic.model import unanswered, unmet
from zajedno.exchange.models import ModelPackage, Site, SiteMove, Taking
from zajedno.exchange.queries import model as models
from zajedno.exchange.queries.catalogue import by_slug as practice_by_slug
from zajedno.exchange.queries.site import SiteFile, find, sites
from zajedno.exchange.rules import KEEP_MODEL, REPLICATE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.logic.walk import (
    MISSING_ANSWER,
    MISSING_NEED,
    SAME_PERSON,
    WRONG_PART,
    Outcome,
    WalkRefused,
    advance,
)
from zajedno.procedures.queries.definition import current
from zajedno.procedures.queries.words import input_said, need_said, own_said

PROCEDURE = "replication"


@transaction.atomic
def begin_site(
    *, by: Actor, package: ModelPackage, organisation: int, language: str, parent: UUID | None = None,
    practice: str = "", mentor: int | None = None, needs: list[str] | None = None,
) -> Site:  # fmt: skip
    """Take the newest version over for an institution: from a site (`parent`), a practice (its slug), or the package.

    `mentor`: an institution that helps; `needs`: themes for which the place still seeks something. One institution
    takes a model over once at a time. Raises NotFound for a parent or practice that is not there.
    """
    seat = ask(by, REPLICATE, organisation)
    row = ModelPackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if row.retired_on is not None:
        raise Refused(gettext_lazy("This model is not offered any more."), "retired")
    if Site.objects.filter(model__package=row, organisation=seat.organisation, closed_on=None).exists():
        raise Refused(gettext_lazy("This institution is taking the model over already."), "twice")
    if mentor == seat.organisation:
        raise Refused(gettext_lazy("An institution cannot be its own mentor."), "mentor")
    place = organisations().get(pk=seat.organisation)
    start = current(PROCEDURE, place.territory.country_id)
    made = Site.objects.create(
        version_id=start.version, step=start.definition.first, opened_on=by.today, model=models.newest(row),
        organisation=place, territory=place.territory, parent=_parent(row, parent), mentor_id=mentor,
        practice=practice_by_slug(practice) if practice else None, language=language,
        needs=[one for one in Theme.values if one in (needs or ())], begun_by=by.account, moment=clock.now(),
    )  # fmt: skip
    audit.record(by=by, verb=REPLICATE.key, about=made, organisation=seat.organisation, detail={"model": row.slug})
    _count(by, made)
    if mentor:
        tell_places(by, mentor, f"mentor-{made.uuid}", gettext_lazy("Your institution is named as a mentor"))
    return made


def _count(by: Actor, site: Site) -> None:
    """Whoever takes a model over counts among those that use the practice it grew out of."""
    practice = site.practice or site.model.package.practice
    if practice is not None and practice.organisation_id != site.organisation_id:
        said = {"said_by": by.account, "said_on": clock.now()}
        Taking.objects.get_or_create(practice=practice, organisation=site.organisation, defaults=said)


def _parent(package: ModelPackage, uuid: UUID | None) -> Site | None:
    """It is of the same model; otherwise there is no such site to take this from."""
    if uuid is None:
        return None
    found = sites().filter(uuid=uuid, model__package=package).first()
    if found is None:
        raise NotFound("")
    return found


def opened(by: Actor, uuid: UUID) -> SiteFile:
    """The site for one who takes it over, locked; refused when it has ended."""
    file = find(by, uuid, lock=True)
    ask(by, REPLICATE, file.site.organisation_id)
    if file.site.closed_on is not None:
        raise Overtaken(gettext_lazy("This taking over has ended; nothing is added to it any more."))
    return file


@transaction.atomic
def answer_conditions(*, by: Actor, uuid: UUID, answers: Mapping[str, bool], in_spite: str = "") -> Site:
    """Say of each minimum condition whether it is met. What is not met is told; with a reason one may go on."""
    site = opened(by, uuid).site
    conditions = site.model.conditions
    known = {part["key"]: answers[part["key"]] for part in conditions if part["key"] in answers}
    if left := unanswered(conditions, known):
        names = ", ".join(label(part["labels"]) for part in left)
        raise Refused(_("Still to be answered: %(names)s.") % {"names": names}, "unanswered")
    if (lacking := unmet(conditions, known)) and not in_spite.strip():
        names = "; ".join(label(part["labels"]) for part in lacking)
        sentence = _("Not met: %(names)s. You may go on all the same, if you say why.") % {"names": names}
        raise Refused(sentence, "unmet")
    site.readiness, site.in_spite = known, in_spite.strip() if lacking else ""
    site.save(update_fields=["readiness", "in_spite"])
    record(by, site, {"conditions": len(known), "unmet": len(lacking)})
    return site


@transaction.atomic
def move_site(*, by: Actor, uuid: UUID, move: str, seen: int, given: Mapping[str, Any] | None = None) -> SiteFile:
    """Make a move. `seen` is `moves_made` of the page the actor looked at; `given` the answers it asks for.

    Raises NotFound, NotPermitted, Overtaken (somebody moved first) or Refused with what is missing.
    """
    given = {key: value for key, value in (given or {}).items() if value not in (None, "")}
    file = find(by, uuid, lock=True)
    seat = next((seat for verb in (REPLICATE, KEEP_MODEL) for seat in by.seats_for(verb.key)), None)
    if seat is None:
        raise NotPermitted(gettext_lazy("Your post does not allow this."))
    if file.site.moves_made != seen:
        raise Overtaken(gettext_lazy("Somebody has moved this in the meantime. Look at it again before you go on."))
    outcome = _walk(file, move, given)
    _write(file, outcome, given, _day(file, given), seat.post)
    record(by, file.site, {"move": move})
    return find(by, uuid)


def _walk(file: SiteFile, move: str, given: Mapping[str, Any]) -> Outcome:
    """Ask the procedure; turn its refusal into a sentence for people."""
    try:
        return advance(file.definition, file.state(), move, given)
    except WalkRefused as refusal:
        raise _refused(file, refusal) from None


def _refused(file: SiteFile, refusal: WalkRefused) -> Refused:
    if refusal.code == MISSING_NEED:
        return Refused(" ".join(need_said(file.definition, name) for name in refusal.names), MISSING_NEED)
    if refusal.code == MISSING_ANSWER:
        names = ", ".join(input_said(file.definition, name) for name in refusal.names)
        return Refused(_("Still to be filled in: %(names)s.") % {"names": names}, MISSING_ANSWER)
    if refusal.code == WRONG_PART:
        names = ", ".join(label(file.definition.part[name].labels) for name in refusal.names)
        return NotPermitted(_("This step is made by: %(names)s.") % {"names": names}, WRONG_PART)
    if refusal.code == SAME_PERSON:
        return NotPermitted(own_said(file.definition, refusal.names), SAME_PERSON)
    step = label(file.definition.step[file.site.step].labels)
    return Overtaken(_("It is now at “%(step)s”; from there this step is not possible.") % {"step": step})


def _day(file: SiteFile, given: Mapping[str, Any]) -> date:
    day: date = given.get("happened_on") or file.by.today
    if day > file.by.today:
        raise Refused(gettext_lazy("That day lies in the future."), "future")
    last = file.site.moves.order_by("-position").values_list("happened_on", flat=True).first() or file.site.opened_on
    if day < last:
        raise Refused(gettext_lazy("That day lies before the last step."), "before_last")
    return day


def _write(file: SiteFile, outcome: Outcome, given: Mapping[str, Any], day: date, post: int) -> None:
    site = file.site
    site.step, site.moves_made = outcome.step, site.moves_made + 1
    if outcome.ended:
        site.closed_on, site.outcome = day, outcome.ended
    site.save(update_fields=["step", "moves_made", "closed_on", "outcome"])
    SiteMove.objects.create(
        site=site, position=site.moves_made, move=outcome.move, from_step=outcome.from_step, to_step=outcome.step,
        account=file.by.account, post=post, moment=clock.now(), happened_on=day,
        reason=str(given.get("reason") or given.get("note") or "").strip(),
    )  # fmt: skip


def record(by: Actor, site: Site, detail: Mapping[str, Any]) -> None:
    audit.record(by=by, verb=REPLICATE.key, about=site, organisation=site.organisation_id, detail=dict(detail))
