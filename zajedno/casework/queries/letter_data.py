"""What a letter says, taken from the case: shapes of `logic/letters.py`."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from zajedno.casework.enums import Attendance, Heard, Initiator, PaperKind, payer_label
from zajedno.casework.models import AgendaItem, Measure, Participant
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.content import joint_opinion_of, request_of
from zajedno.casework.queries.members import Member, members
from zajedno.casework.queries.plan import coded, country_of, lines
from zajedno.children.enums import IdentifierKind
from zajedno.kernel.clock import ZONE, day_of, now
from zajedno.kernel.labels import label
from zajedno.places.queries.organisation import names as organisation_names

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


def data_for(file: CaseFile, kind: str, day: date, language: str, number: str) -> dict[str, Any]:
    """The data of a letter in the language it is issued in. Names and narrative stay as they were entered."""
    with translation.override(language):
        make = {
            "request-form": _request_form,
            "invitation": _invitation,
            "minutes": _minutes,
            "joint-opinion": _joint_opinion,
            "follow-up-request": _follow_up,
        }.get(file.definition.letter[kind].template)
        content = make(file, day, language) if make else _notice(file, kind)
        return {"head": _head(writer(file, kind), day, number), "child": _child(file), **content}


def _notice(file: CaseFile, kind: str) -> dict[str, Any]:
    """What any letter may say: shape `logic.letters.Notice`."""
    definition, last = file.definition, next(reversed(file.moves), None)
    if last:
        last.case = file.case  # its words are sealed with the child's key, which is already here
    signs = definition.part[definition.letter[kind].sender or definition.keeper]
    names = {row.part: _player(row) for row in file.participants}
    return {
        "to": [{"part": label(definition.part[part].labels), "name": names.get(part, "")}
               for part in definition.letter[kind].to],
        "procedure": label(definition.labels),
        "step": label(definition.step[file.case.step].labels),
        "began": file.case.opened_on,
        "parts": [{"part": label(definition.part[row.part].labels), "name": _player(row)} for row in file.participants
                  if row.part in definition.part],
        "guardians": [one.name for one in _guardians(file)],
        "said": last.text if last else "",
        "due": [{"what": label(definition.deadline[one.key].labels), "until": one.due_on} for one in file.running
                if one.key in definition.deadline],
        "place": file.case.assessment_place,
        "day": file.case.assessment_on or "",
        "signer": {"name": "", "role": label(signs.labels)},
    }  # fmt: skip


def _player(row: Participant) -> str:
    return row.tie.account.name if row.tie.account else str(row.tie.organisation)


def writer(file: CaseFile, kind: str) -> "Organisation":
    """Whose letter it is: who plays the part that the procedure names, else who keeps the case."""
    sender = file.definition.letter[kind].sender
    at = (row.tie.organisation for row in file.participants if sender and row.part == sender)
    return next(at, None) or file.case.organisation


def _head(office: "Organisation", day: date, number: str) -> dict[str, Any]:
    return {
        "founder": str(office.parent) if office.parent else "",
        "organisation": str(office),
        "address": ", ".join(part for part in (office.address, f"{office.postal_code} {office.place}".strip()) if part),
        "contact": ", ".join(part for part in (office.phone, office.email) if part),
        "number": number,
        "date": day,
    }


def _contact(file: CaseFile) -> str:
    office = file.case.organisation
    return office.phone or office.email or _holder(file, "coordinator")["name"] or office.name


def _child(file: CaseFile) -> dict[str, Any]:
    child = file.case.child
    number = child.identifiers.filter(kind=IdentifierKind.NATIONAL).first()
    enrolment = child.enrolments.filter(until=None).select_related("organisation").order_by("-since").first()
    return {
        "name": child.full_name,
        "given_name": child.given_name,
        "family_name": child.family_name,
        "born": child.birth_date or "",
        "birth_place": "",
        "national_number": number.value if number else "",
        "address": child.address,
        "institution": str(enrolment.organisation) if enrolment else str(request_of(file).get("institution", "")),
        "class": enrolment.class_name if enrolment else "",
    }


def _guardians(file: CaseFile) -> list[Any]:
    return list(file.case.child.guardians.filter(ended_on=None).order_by("-represents", "id"))


def _seat(file: CaseFile, member: Member) -> str:
    """What a member is in the commission, in the language of the letter."""
    seats = {seat.key: seat for seat in file.definition.composition.seats} if file.definition.composition else {}
    found = seats.get(member.seat) or file.definition.part.get(member.part)
    return label(found.labels) if found else ""


def _holder(file: CaseFile, part: str) -> dict[str, str]:
    found = next((member for member in members(file) if member.part == part and not member.recused), None)
    title = label(file.definition.part[part].labels) if part in file.definition.part else ""
    return {"name": found.name if found else "", "role": title}


def _initiator(file: CaseFile) -> dict[str, str]:
    by_parent = file.case.initiator == Initiator.PARENT
    guardians = _guardians(file)
    name = (guardians[0].name if guardians else "") if by_parent else str(file.case.initiated_by or "")
    return {"kind": str(Initiator(file.case.initiator).label), "name": name}


def _request_form(file: CaseFile, day: date, language: str) -> dict[str, Any]:
    request = request_of(file)
    parents = [
        {
            "name": one.name,
            "relation": one.get_kind_display(),
            "address": one.address or file.case.child.address,
            "contact": ", ".join(part for part in (one.phone, one.email) if part),
        }
        for one in _guardians(file)
    ]
    return {
        "parents": parents or [dict.fromkeys(("name", "relation", "address", "contact"), "")],
        "initiator": _initiator(file),
        "reasons": str(request.get("difficulties", "")),
        "current_support": str(request.get("tried", "")),
        "requested_support": str(request.get("asked", "")),
        "doctor": {"name": str(request.get("doctor", "")), "institution": "", "note": ""},
        "enclosures": [str(PaperKind(kind).label) for kind in request.get("papers", []) if kind in PaperKind.values],
        "signed": "",
        "applicant": _initiator(file)["name"],
    }


def _last_item(file: CaseFile) -> AgendaItem | None:
    items = file.case.agenda.exclude(sitting__state="cancelled").select_related("sitting")
    return items.order_by("-sitting__begins").first()


def _sitting(file: CaseFile) -> dict[str, Any]:
    item = _last_item(file)
    if item is None:
        return {"date": file.case.assessment_on or file.case.received_on, "place": file.case.assessment_place,
                "time": "", "start": "", "end": ""}  # fmt: skip
    begins: datetime = item.sitting.begins.astimezone(ZONE)
    ends = (item.sitting.ended or now()).astimezone(ZONE).time().replace(second=0, microsecond=0)
    return {
        "date": begins.date(),
        "place": item.sitting.place,
        "time": begins.time(),
        "start": begins.time(),
        "end": ends,
    }


def _invitation(file: CaseFile, day: date, language: str) -> dict[str, Any]:
    guardians = _guardians(file)
    first = guardians[0] if guardians else None
    return {
        "to": {"name": first.name if first else "", "address": (first and first.address) or file.case.child.address},
        "kind": "parent",
        "sitting": _sitting(file),
        "bring": [_("identity card"), _("findings you have not yet handed in")],
        "contact": _contact(file),
        "signer": _holder(file, "coordinator"),
    }


def _minutes(file: CaseFile, day: date, language: str) -> dict[str, Any]:
    item = _last_item(file)
    attendees = list(item.sitting.attendees.select_related("account")) if item else []
    roles = {member.account: _seat(file, member) for member in reversed(members(file))}
    present = [row for row in attendees if row.state == Attendance.PRESENT and row.votes]
    quorum = file.definition.composition.quorum if file.definition.composition else 0
    if item:
        item.case = file.case
    return {
        "sitting": _sitting(file),
        "people": [
            {
                "name": row.account.name,
                "role": roles.get(row.account_id, ""),
                "present": row.state == Attendance.PRESENT,
            }
            for row in attendees
        ],
        "quorum": len(present) >= quorum,
        "items": [
            {
                "title": label(file.definition.labels),
                "case": file.case.number,
                "discussion": item.text if item else "",
                "conclusion": "",
                "votes_for": "",
                "votes_against": "",
                "votes_abstained": "",
            }
        ],
        "recorder": _holder(file, "coordinator")["name"],
        "president": _holder(file, "president")["name"],
    }


def measure_name(file: CaseFile, code: str) -> str:
    """The coded measure in the language in use; the code itself when the pack no longer has it."""
    found = coded(file.definition.country or country_of(file)).get(code)
    return label(found.labels) if found else code


def _measure(file: CaseFile, row: Measure) -> dict[str, str]:
    row.child = file.case.child
    who = [str(row.responsible) if row.responsible else "", row.responsible_person]
    days = [f"{day.day}. {day.month}. {day.year}." for day in (row.since, row.until) if day]
    return {
        "text": measure_name(file, row.code),
        "outcome": row.text,
        "responsible": ", ".join(part for part in who if part),
        "timeframe": ", ".join(part for part in (" – ".join(days), row.frequency) if part),
        "following": f"{row.review_on.day}. {row.review_on.month}. {row.review_on.year}." if row.review_on else "",
        "funds": payer_label(row.payer),
    }


def _joint_opinion(file: CaseFile, day: date, language: str) -> dict[str, Any]:
    content = joint_opinion_of(file)
    opinion = getattr(file.case, "joint_opinion", None)
    rows = list(lines(file))
    groups = [group.key for group in file.definition.measure_groups]
    written = dict(file.case.opinions.filter(replaced_by=None).values_list("author_id", "submitted_on"))
    voters = [member for member in members(file) if member.votes and not member.recused]
    heard = file.case.notes.filter(kind__in=(Heard.CHILD, Heard.PARENT))
    views: dict[str, str] = {"child": "", "parent": content.get("family_view", "")}
    for note in heard:
        note.case = file.case
        views[note.kind] = views.get(note.kind) or note.text
    return {
        "request": {
            "number": file.case.number, "date": file.case.received_on, "initiator": _initiator(file)["kind"],
        },
        "sitting": _sitting(file),
        "assessors": [
            {
                "name": member.name,
                "profession": _seat(file, member),
                "method": "",
                "date": day_of(moment) if (moment := written.get(member.account)) else "",
            }
            for member in voters
        ],
        "findings": [{"area": _("Strengths"), "text": content["strengths"]}] if content.get("strengths") else [],
        "views": {"child": views["child"], "parent": views["parent"]},
        "opinion": "\n".join(part for part in (content.get("findings", ""), content.get("needs", "")) if part),
        "outcomes": [line for line in content.get("outcomes", "").splitlines() if line.strip()],
        "measures_opinion": [_measure(file, row) for row in rows if row.legal_group == groups[0]],
        "measures_recommended": [_measure(file, row) for row in rows if row.legal_group != groups[0]],
        "review": (opinion.review_on if opinion else None) or "",
        "separate": [{"name": "", "text": content["dissent"]}] if content.get("dissent") else [],
        "remedy": "",
        "president": _holder(file, "president")["name"],
        "members": [{"name": member.name, "role": _seat(file, member)} for member in voters],
        "delivered": [label(file.definition.part[part].labels) for part in file.definition.letter["joint-opinion"].to],
    }  # fmt: skip


def _follow_up(file: CaseFile, day: date, language: str) -> dict[str, Any]:
    rows = list(lines(file).exclude(responsible=None))
    names = organisation_names({row.responsible_id for row in rows if row.responsible_id})
    opinion = getattr(file.case, "joint_opinion", None)
    adopted = (opinion.adopted_on if opinion else None) or file.case.received_on
    clock = file.case.clocks.filter(key="follow_up", stopped_on=None).first()
    return {
        "to": {"name": ", ".join(sorted(set(names.values()))), "address": ""},
        "opinion": {"number": file.case.number, "date": adopted},
        "period": {"start": adopted, "end": day},
        "due": clock.due_on if clock else day,
        "measures": [{key: _measure(file, row)[key] for key in ("text", "timeframe")} for row in rows],
        "contact": _contact(file),
        "signer": _holder(file, "coordinator"),
    }
