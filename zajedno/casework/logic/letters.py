"""What each letter of the commission needs. Casework fills these; the templates of the pack print them.

Days and times stay `date` and `time`; what is unknown is "" (a form prints a line to write on). Names are passed as
registered, in whatever script that is; texts the office wrote are passed in the language the letter is issued in.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal, TypedDict

LETTERS = ("request-form", "invitation", "minutes", "joint-opinion", "follow-up-request")


class Head(TypedDict):
    """The office at the top. `number` is the registry number, printed on every page."""

    founder: str
    organisation: str
    address: str
    contact: str
    number: str
    date: date | Literal[""]


Child = TypedDict(
    "Child",
    {
        "name": str,
        "given_name": str,
        "family_name": str,
        "born": date | Literal[""],
        "birth_place": str,
        "national_number": str,
        "address": str,
        "institution": str,
        "class": str,
    },
)


class Addressee(TypedDict):
    """`address` may have several lines."""

    name: str
    address: str


class Signer(TypedDict):
    name: str
    role: str


class Parent(TypedDict):
    name: str
    relation: str
    address: str
    contact: str


class Initiator(TypedDict):
    kind: str
    name: str


class Doctor(TypedDict):
    name: str
    institution: str
    note: str


class RequestForm(TypedDict):
    """Letter `request-form`: filled from the case or blank for the counter. `signed`: place and day of signing."""

    head: Head
    child: Child
    parents: list[Parent]
    initiator: Initiator
    reasons: str
    current_support: str
    requested_support: str
    doctor: Doctor
    enclosures: list[str]
    signed: str
    applicant: str


class Played(TypedDict):
    part: str
    name: str


class Due(TypedDict):
    what: str
    until: date


class Notice(TypedDict):
    """Any other letter. `said`: the reason or note of the move that issues it; `day` and `place` of what was set.

    `to`: the parts that the letter is for; the name is "" where nobody plays the part by an account or institution.
    """

    head: Head
    child: Child
    to: list[Played]
    procedure: str
    step: str
    began: date
    parts: list[Played]
    guardians: list[str]
    said: str
    due: list[Due]
    place: str
    day: date | Literal[""]
    signer: Signer


class Sitting(TypedDict):
    """`time` in invitations; `start` and `end` in minutes; the opinion needs `date` only."""

    date: date
    place: str
    time: time | Literal[""]
    start: time | Literal[""]
    end: time | Literal[""]


class Invitation(TypedDict):
    """Letter `invitation`: one for each person; `kind` chooses the words."""

    head: Head
    to: Addressee
    kind: Literal["parent", "member", "other"]
    child: Child
    sitting: Sitting
    bring: list[str]
    contact: str
    signer: Signer


class Attendance(TypedDict):
    name: str
    role: str
    present: bool


class MinutesItem(TypedDict):
    """`votes_*` are numbers as text, all "" when nothing was voted on."""

    title: str
    case: str
    discussion: str
    conclusion: str
    votes_for: str
    votes_against: str
    votes_abstained: str


class Minutes(TypedDict):
    """Letter `minutes`: one sitting, which may hear several cases."""

    head: Head
    sitting: Sitting
    people: list[Attendance]
    quorum: bool
    items: list[MinutesItem]
    recorder: str
    president: str


class RequestOf(TypedDict):
    number: str
    date: date
    initiator: str


class Assessor(TypedDict):
    name: str
    profession: str
    method: str
    date: date | Literal[""]


class Finding(TypedDict):
    area: str
    text: str


class Views(TypedDict):
    child: str
    parent: str


class PlannedMeasure(TypedDict):
    """One line of the support plan; all text. `following`: how its effects are followed."""

    text: str
    outcome: str
    responsible: str
    timeframe: str
    following: str
    funds: str


class SeparateOpinion(TypedDict):
    name: str
    text: str


class JointOpinion(TypedDict):
    """Letter `joint-opinion`, with the support plan in both legal groups of measures.

    `remedy` is the sentence on what a parent may do who disagrees; it comes from the procedure with its legal source.
    """

    head: Head
    child: Child
    request: RequestOf
    sitting: Sitting
    assessors: list[Assessor]
    findings: list[Finding]
    views: Views
    opinion: str
    outcomes: list[str]
    measures_opinion: list[PlannedMeasure]
    measures_recommended: list[PlannedMeasure]
    review: date | Literal[""]
    separate: list[SeparateOpinion]
    remedy: str
    president: str
    members: list[Signer]
    delivered: list[str]


class OpinionOf(TypedDict):
    number: str
    date: date


class Period(TypedDict):
    start: date
    end: date


class MeasureAsked(TypedDict):
    text: str
    timeframe: str


class FollowUpRequest(TypedDict):
    """Letter `follow-up-request`: to one institution, with the measures it answers for."""

    head: Head
    to: Addressee
    child: Child
    opinion: OpinionOf
    period: Period
    due: date
    measures: list[MeasureAsked]
    contact: str
    signer: Signer


SHAPES: Mapping[str, Any] = {
    "request-form": RequestForm,
    "invitation": Invitation,
    "minutes": Minutes,
    "joint-opinion": JointOpinion,
    "follow-up-request": FollowUpRequest,
    "notice": Notice,
}


def gaps(letter: str, data: Mapping[str, Any]) -> list[str]:
    """Keys that the letter needs and `data` does not have, as paths: `child.born`, `measures.0.text`."""
    return sorted(_gaps(SHAPES[letter], data, ""))


def _gaps(shape: Any, data: Any, path: str) -> list[str]:
    if not isinstance(data, Mapping):
        return [path.removesuffix(".")]
    found: list[str] = []
    for key, kind in shape.__annotations__.items():
        if key not in data:
            found.append(path + key)
        elif hasattr(kind, "__required_keys__"):
            found += _gaps(kind, data[key], f"{path}{key}.")
        elif (inner := getattr(kind, "__args__", (None,))[0]) and hasattr(inner, "__required_keys__"):
            found += [
                gap for number, one in enumerate(data[key]) for gap in _gaps(inner, one, f"{path}{key}.{number}.")
            ]
    return found
