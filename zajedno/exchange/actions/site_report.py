"""What a place tells of the model it took over: changes with reasons, what is there, results, lessons."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.actions.notice import tell_places
from zajedno.exchange.actions.site import opened, record
from zajedno.exchange.actions.wording import clean
from zajedno.exchange.enums import Presence
from zajedno.exchange.models import Adaptation, Fidelity, Lesson, Result, Retraction, Site
from zajedno.exchange.queries.effect import offered
from zajedno.exchange.queries.site import SOURCE, find, source_of
from zajedno.exchange.rules import REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

TOLD: Mapping[str, Any] = {"adaptation": Adaptation, "result": Result, "lesson": Lesson}  # what can be taken back
EVIDENCE = 1_000  # letters


@transaction.atomic
def adapt(*, by: Actor, uuid: UUID, component: str, what: str, reason: str, is_checked: bool = False) -> Adaptation:
    """The place does `component` otherwise, and why. It is public. `is_checked`: what looks like a child is none."""
    site = opened(by, uuid).site
    if component not in site.model.names:
        raise Refused(_("Choose a part of the model."), "component")
    texts = clean({"what": what, "reason": reason}, is_checked)
    made = Adaptation.objects.create(site=site, component=component, said_by=by.account, said_on=now(), **texts)
    record(by, site, {"adapted": component})
    return made


@transaction.atomic
def judge(*, by: Actor, uuid: UUID, said: Mapping[str, tuple[str, str]], is_checked: bool = False) -> None:
    """`said`: core component to (presence, evidence). What is there, wholly or partly, is shown by evidence."""
    site = opened(by, uuid).site
    core = [part["key"] for part in site.model.core]
    for component, (presence, evidence) in said.items():
        if component not in core or presence not in Presence.values:
            raise Refused(_("Choose a part of the model."), "component")
        if presence != Presence.NO and not evidence.strip():
            raise Refused(_("Say what shows that it is there."), "evidence")
        text = clean({"evidence": evidence}, is_checked, limit=EVIDENCE)["evidence"] if evidence.strip() else ""
        Fidelity.objects.update_or_create(
            site=site, component=component,
            defaults={"presence": presence, "evidence": text, "said_by": by.account, "said_on": now()},
        )  # fmt: skip
    record(by, site, {"judged": sorted(said)})


@transaction.atomic
def name_indicator(*, by: Actor, uuid: UUID, indicator: str) -> Site:
    """By which indicator it will be seen whether it worked. Once: who may choose later finds one that went well."""
    site = opened(by, uuid).site
    if site.indicator:
        raise Overtaken(_("The indicator is named already; it stays."), "named")
    if indicator not in {one.code for one in offered()}:
        raise Refused(_("Choose one of the indicators."), "indicator")
    site.indicator, site.indicator_on = indicator, now()
    site.save(update_fields=["indicator", "indicator_on"])
    record(by, site, {"indicator": indicator})
    return site


@transaction.atomic
def report_result(
    *, by: Actor, uuid: UUID, indicator: str, before: Decimal, after: Decimal, source: str, evidence: str,
    unit: str = "", is_checked: bool = False,
) -> Result:  # fmt: skip
    """An indicator before and after. A wrong number is not edited: take it back and enter it again."""
    site = opened(by, uuid).site
    texts = clean({"indicator": indicator, "source": source}, is_checked, limit=200)
    made = Result.objects.create(
        site=site, before=before, after=after, unit=unit.strip(), evidence=evidence, said_by=by.account,
        said_on=now(), **texts,
    )  # fmt: skip
    record(by, site, {"result": made.pk})
    return made


@transaction.atomic
def return_lesson(*, by: Actor, uuid: UUID, text: str, is_checked: bool = False) -> Lesson:
    """What was learnt goes back to where the model came from."""
    site = opened(by, uuid).site
    made = Lesson.objects.create(
        site=site, text=clean({"text": text}, is_checked)["text"], said_by=by.account, said_on=now()
    )
    record(by, site, {"lesson": str(made.uuid)})
    tell_places(by, source_of(site), f"lesson-{made.uuid}", _("A lesson came back"))
    return made


@transaction.atomic
def answer_lesson(*, by: Actor, lesson: Lesson, text: str = "", is_checked: bool = False) -> Lesson:
    """The source has seen it; with a `text`, it answers, once."""
    file = find(by, lesson.site.uuid)
    if SOURCE not in file.parts:
        raise NotPermitted(_("Lessons are answered by who gave the model."))
    row = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if row.answer:
        raise Overtaken(_("It is answered already."), "answered")
    row.seen_on = row.seen_on or now()
    if text.strip():
        row.answer, row.answered_by, row.answered_on = clean({"text": text}, is_checked)["text"], by.account, now()
    row.save()
    audit.record(by=by, verb=REPLICATE.key, about=file.site, detail={"lesson_answered": bool(row.answer)})
    if row.answer:
        tell_places(by, file.site.organisation_id, f"answered-{row.uuid}", _("Your lesson was answered"))
    return row


@transaction.atomic
def take_back(*, by: Actor, uuid: UUID, what: str, number: int) -> None:
    """What was told was wrong: it is shown no more. `what`: a key of TOLD. A lesson that was answered stays."""
    site = opened(by, uuid).site
    rows: Any = TOLD[what].objects if what in TOLD else Result.objects.none()
    row = rows.filter(site=site, pk=number, retraction=None).first()
    if row is None:
        raise NotFound("")
    if what == "lesson" and row.answer:
        raise Overtaken(_("It is answered already."), "answered")
    Retraction.objects.create(**{what: row}, said_by=by.account, said_on=now())
    record(by, site, {"taken_back": what})
