"""A case in plain words: what happens now, who does it, by when, what the parent can do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zajedno.casework.enums import SittingState
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.family import Meeting, meetings, own_offers, told_text
from zajedno.children.queries.consent import in_force
from zajedno.kernel import clock
from zajedno.kernel.labels import label
from zajedno.procedures.queries.definition import purposes
from zajedno.web.family.frame import address
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Link, Moment, Row, Tag, Task
from zajedno.web.work.labels import deadline_label, due_tag, move_label, part_label, step_label
from zajedno.web.work.next_moves import need_text

LENGTH = timedelta(hours=1)  # shown in a calendar when the end is not known


def now_rows(file: CaseFile) -> list[Row]:
    """What happens, who does it, by when."""
    if file.case.closed_on:
        return [Row(_("What happens now"), _("The procedure ended on %(day)s.") % {"day": day(file.case.closed_on)})]
    hints = [label(file.definition.step[one].hint) for one in file.steps if one in file.definition.step]
    return [
        Row(_("What happens now"), hints),
        Row(_("Who does it"), makers(file) or _("Nobody has to do anything now.")),
        Row(_("By when"), deadlines(file) or _("No deadline runs.")),
    ]


def makers(file: CaseFile) -> list[str]:
    """Who may carry it on from here, with the institution where it is known; the parent is told of their own apart."""
    steps, definition = set(file.steps), file.definition
    going = [
        one for one in definition.moves if not steps.isdisjoint(one.from_steps) and not definition.is_end(one.to_step)
    ]
    parts = dict.fromkeys(part for one in going for part in one.by if part not in definition.family)
    places = {row.part: str(row.tie.organisation) for row in file.participants if row.tie.organisation}
    found = [
        (part_label(definition, part), places.get(part) or places.get(definition.part[part].of, "")) for part in parts
    ]
    return [f"{name}, {place}" if place else name for name, place in found]


def deadlines(file: CaseFile) -> list[Any]:
    told: list[Any] = []
    for one in file.running:
        told.append(f"{deadline_label(file.definition, one.key)}: {day(one.due_on)}")
        if tag := due_tag(one.due_on, file.by.today, paused=one.paused_on is not None):
            told.append(tag)
    return told


def your_tasks(file: CaseFile) -> list[Task]:
    """Moves that are the parent's now, and consent where the procedure waits for it."""
    if file.case.closed_on:
        return []
    offers = own_offers(file)
    tasks = [
        Task(move_label(file.definition, one.move.key), Tag(_("You may do this"), "info"),
             address(file, f"move/{one.move.key}/"), label(one.move.hint))
        for one in offers if one.allowed
    ]  # fmt: skip
    waiting = {need for one in offers for need in one.missing}
    if "consent" in waiting or (needs_consent(file) and consented(file) is None):
        hint = _("You need not give it. You may take it back later.")
        tasks.insert(0, Task(_("Read what consent means, and decide"), Tag(_("Your decision"), "wait"),
                             address(file, "consent/"), hint))  # fmt: skip
    return tasks


def waits(file: CaseFile) -> list[str]:
    """What somebody must do before the parent's own moves are possible."""
    missing = dict.fromkeys(need for one in own_offers(file) for need in one.missing if need != "consent")
    return [str(need_text(file, need)) for need in missing] if not file.case.closed_on else []


def needs_consent(file: CaseFile) -> bool:
    country = file.case.organisation.territory.country_id
    return any(one.key == file.definition.purpose and one.needs_consent for one in purposes(country))


def consented(file: CaseFile) -> Any:
    case = file.case
    return in_force(
        child=case.child_id, purpose=file.definition.purpose, recipient=case.organisation_id, day=file.by.today
    )


@dataclass(frozen=True)
class Next:
    """The next time the family is expected, or may come. `begins`: a day, or a moment."""

    title: str
    begins: Any
    when: str
    place: str
    uid: str


def next_meeting(file: CaseFile) -> Next | None:
    """The nearest of the day of the assessment and the sittings to come."""
    case, found = file.case, []
    if case.assessment_on and case.assessment_on >= file.by.today and not case.closed_on:
        found.append(Next(_("Assessment"), case.assessment_on, str(day(case.assessment_on)), case.assessment_place,
                          f"{case.uuid}-assessment"))  # fmt: skip
    found += [
        _sitting(one) for one in meetings(file) if one.state == SittingState.PLANNED and one.begins >= clock.now()
    ]
    return min(found, key=lambda one: (clock.day_of(one.begins) if isinstance(one.begins, datetime) else one.begins),
               default=None)  # fmt: skip


def _sitting(one: Meeting) -> Next:
    when = date_format(localtime(one.begins), "DATETIME_FORMAT")
    return Next(_("Sitting of the commission"), one.begins, when, one.place, str(one.uuid))


def history(file: CaseFile) -> list[Moment]:
    """What happened, the newest first. Words of a move are shown when the family was told of it, or made it."""
    return [_moment(file, row) for row in reversed(file.moves)]


def _moment(file: CaseFile, row: Any) -> Moment:
    definition = file.definition
    rule, own = definition.move.get(row.move), row.account == file.by.account
    row.case = file.case
    moved = row.from_step and row.from_step != row.to_step
    byline = _("You") if own else ", ".join(part_label(definition, part) for part in rule.by) if rule else ""
    tag = Tag(step_label(definition, row.to_step), "plain") if moved else None
    links = [Link(_("Letters"), address(file, "papers/"))] if rule and rule.letters else []
    return Moment(
        move_label(definition, row.move),
        row.happened_on,
        text=told_text(file, row),
        byline=byline,
        tag=tag,
        links=links,
    )
