"""Frameworks of results are loaded from packs; a place tells what it brought to one, and what it learnt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.figures.logic.pools import FEWEST
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.territory import by_code, marked
from zajedno.procedures.rules import LOAD
from zajedno.programmes.models import Frame, Lesson, Phase, Reading, Result, Target
from zajedno.programmes.queries.frame import own_places
from zajedno.programmes.rules import TELL_FRAME

if TYPE_CHECKING:
    from zajedno.places.models import Territory

MOST = Decimal(10) ** 12
CHILDREN = "children"  # as a unit


@transaction.atomic
def load_frame(content: Mapping[str, Any], *, country: str, by: Actor | None) -> bool:
    """Bring a framework in line with its checked file (`logic.frame_pack.check`). Was anything written?

    `by` None is the command line; whoever else loads packs has been asked for LOAD before.
    """
    old = Frame.objects.filter(key=content["key"]).first()
    if old and old.content == content and not old.retired:
        return False
    head = {
        "country": country, "titles": content["titles"], "about": content["about"], "retired": False,
        "is_public": content.get("public", False), "content": content, **_source(content),
    }  # fmt: skip
    frame, _new = Frame.objects.update_or_create(key=content["key"], defaults=head)
    phases = _phases(frame, content.get("phase", ()), country)
    results = _results(frame, content.get("result", ()))
    _numbers(content, phases, results)
    Lesson.objects.filter(frame=frame, written_by=None).delete()
    for one in content.get("lesson", ()):
        Lesson.objects.create(frame=frame, texts=one["texts"], **_where(one, phases), **_source(one))
    audit.record(by=by, verb=LOAD.key if by else TELL_FRAME.key, detail={"frame": content["key"]})
    return True


def _source(one: Mapping[str, Any]) -> dict[str, Any]:
    source = one["source"]
    note = f" ({source['note']})" if source.get("note") else ""
    return {"source": f"{source['text']}{note}", "verified": source["verified"]}


def _phases(frame: Frame, rows: Collection[Mapping[str, Any]], country: str) -> dict[str, Phase]:
    """What the file names no more is retired: places may have told of it."""
    found = {}
    for position, one in enumerate(rows, 1):
        said = {"position": position, "titles": one["titles"], "begins": one["begins"], "ends": one["ends"]}
        row, _new = Phase.objects.update_or_create(
            frame=frame, key=one["key"], defaults={**said, **_source(one), "retired": False}
        )
        codes = [by_code(code, country) for code in one.get("places", ())]
        where = marked(country, "spis").filter(spis_phase=one["where"]) if "where" in one else ()
        row.places.set([*where, *(code for code in codes if code is not None)])
        found[one["key"]] = row
    Phase.objects.filter(frame=frame).exclude(key__in=found).update(retired=True)
    return found


def _results(frame: Frame, rows: Collection[Mapping[str, Any]]) -> dict[str, Result]:
    found: dict[str, Result] = {}
    for position, one in enumerate(_from_above(rows), 1):
        said = {
            "position": position, "titles": one["titles"], "level": one["level"], "unit": one.get("unit", ""),
            "parent": found.get(one.get("under", "")), "indicator": one.get("indicator", ""),
            "falls": one.get("falls", False), "retired": False,
        }  # fmt: skip
        found[one["key"]], _new = Result.objects.update_or_create(frame=frame, key=one["key"], defaults=said)
    Result.objects.filter(frame=frame).exclude(key__in=found).update(retired=True)
    return found


def _from_above(rows: Collection[Mapping[str, Any]], under: str = "") -> list[Mapping[str, Any]]:
    """Each result after what it leads to, in the order of the file."""
    here = [one for one in rows if one.get("under", "") == under]
    return [found for one in here for found in (one, *_from_above(rows, one["key"]))]


def _numbers(content: Mapping[str, Any], phases: Mapping[str, Phase], results: Mapping[str, Result]) -> None:
    """What was published is written anew; what places told stays."""
    frames = {row.frame_id for row in results.values()}
    Target.objects.filter(result__frame__in=frames).delete()
    Reading.objects.filter(result__frame__in=frames, written_by=None).delete()
    for one in content.get("target", ()):
        Target.objects.create(
            result=results[one["result"]], value=Decimal(str(one["value"])), **_where(one, phases), **_source(one)
        )
    for one in content.get("reading", ()):
        Reading.objects.create(
            result=results[one["result"]], period=one["period"], value=Decimal(str(one["value"])),
            out_of=Decimal(str(one["out_of"])) if "out_of" in one else None, at_least=one.get("at_least", False),
            **_where(one, phases), **_source(one),
        )  # fmt: skip


def _where(one: Mapping[str, Any], phases: Mapping[str, Phase]) -> dict[str, Any]:
    return {"phase": phases.get(one.get("phase", "")), "place": by_code(one["place"]) if "place" in one else None}


@transaction.atomic
def retire_frames(keys: Collection[str], *, by: Actor | None) -> int:
    """Frameworks that no pack names any more are shown no more."""
    count = Frame.objects.filter(retired=False).exclude(key__in=keys).update(retired=True)
    if count:
        audit.record(by=by, verb=LOAD.key if by else TELL_FRAME.key, detail={"retired_frames": count})
    return count


@dataclass(frozen=True)
class Told:
    """A number as a place tells it of itself: `source` where it was counted, `evidence` what shows it."""

    place: "Territory"
    period: str
    value: Decimal
    source: str
    evidence: str
    out_of: Decimal | None = None
    phase: Phase | None = None


@transaction.atomic
def tell(*, by: Actor, result: Result, told: Told) -> Reading:
    """What was told before stays; the newest of a period counts."""
    ask(by, TELL_FRAME)
    _own(by, told.place)
    if result.indicator:
        raise Refused(_("This result is measured by a released indicator: its numbers come from there."), "value")
    period, source, evidence = (" ".join(text.split()) for text in (told.period, told.source, told.evidence))
    if not period or not source or not evidence:
        raise Refused(_("Say the period, where the number comes from, and what shows it."), "source")
    if not 0 <= told.value <= MOST or (told.out_of is not None and not told.value <= told.out_of <= MOST):
        raise Refused(_("Write a number from 0 on, not larger than what it is out of."), "value")
    if result.unit == CHILDREN and any(0 < one < FEWEST for one in (told.value, (told.out_of or 0) - told.value)):
        raise Refused(_("Fewer than five children are told nowhere, nor all but so few."), "value")
    row = Reading.objects.create(
        result=result, phase=told.phase, place=told.place, period=period[:20], value=told.value, out_of=told.out_of,
        source=source, evidence=evidence, written_by=by.account,
    )  # fmt: skip
    audit.record(by=by, verb=TELL_FRAME.key, about=row, detail={"frame": result.frame.key, "result": result.key})
    return row


@transaction.atomic
def learn(
    *, by: Actor, frame: Frame, place: "Territory", text: str, language: str, source: str, phase: Phase | None = None
) -> Lesson:  # fmt: skip
    """A lesson of a place, in the language in which it was written."""
    ask(by, TELL_FRAME)
    _own(by, place)
    said, whence = text.strip(), " ".join(source.split())
    if not said or not whence:
        raise Refused(_("Write what was learnt, and from what."), "text")
    row = Lesson.objects.create(
        frame=frame, place=place, phase=phase, texts={language: said}, source=whence, written_by=by.account
    )
    audit.record(by=by, verb=TELL_FRAME.key, about=row, detail={"frame": frame.key})
    return row


def _own(by: Actor, place: "Territory") -> None:
    if place.pk not in {one.pk for one in own_places(by)}:
        raise NotPermitted(_("A place tells of itself alone."))
