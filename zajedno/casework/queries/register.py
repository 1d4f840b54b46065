"""The commission's register: its words, its institutions, and its cases as lines."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from zajedno.access.queries.batch import only
from zajedno.casework.enums import SittingState
from zajedno.casework.logic.register_line import Line
from zajedno.casework.logic.register_words import Words, load_words
from zajedno.casework.models import AgendaItem, Case, Participant
from zajedno.casework.queries.case import visible_to
from zajedno.casework.queries.plan import OTHER
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.refusal import Refused
from zajedno.kernel.script import fold
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.logic.codes import Measure
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import measures as coded_measures
from zajedno.procedures.queries.definition import of_version

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

CHUNK = 500


@lru_cache(maxsize=8)
def _words(country: str) -> Words:
    return load_words(settings.PACKS_DIR / country.lower())


def commission(organisation: int) -> "Organisation":
    """The organisation by id, with its territory."""
    return only(organisations(), pk=organisation)


def words_of(organisation: "Organisation", definition: Definition | None = None) -> Words:
    """Words of the country's registers; with a definition also the names of its steps, which our export writes."""
    try:
        words = _words(organisation.territory.country_id)
    except (OSError, tomllib.TOMLDecodeError, KeyError):
        raise Refused(_("The words of registers are not in the pack of this country yet."), "no_words") from None
    if definition is None:
        return words
    steps = {fold(text): step.key for step in definition.steps for text in step.labels.values()}
    return replace(words, statuses={**words.statuses, **steps})


def measures_of(country: str) -> Mapping[str, Measure]:
    """Coded measures of a country by key."""
    return {one.key: one for one in coded_measures(country)}


class Institutions:
    """Institutions where a commission works, found by the whole folded name; a name that two bear finds none."""

    def __init__(self, organisation: "Organisation") -> None:
        self._ids: dict[str, int | None] = {}
        for territory in {organisation.territory, *organisation.covers.all()}:
            for one in organisations(territory=territory):
                if one.pk != organisation.pk:
                    self._ids[one.key] = one.pk if self._ids.get(one.key, one.pk) == one.pk else None

    def find(self, *names: str) -> int | None:
        """Id for the first of the names that one institution bears."""
        return next((found for name in names if name and (found := self._ids.get(fold(name)))), None)


def numbers_of(organisation: int) -> dict[str, int]:
    """Folded registry number: case. The register of one commission, so it fits into memory."""
    rows = Case.objects.filter(organisation=organisation).exclude(number="").values_list("number", "pk")
    return {fold(number): case for number, case in rows.iterator(chunk_size=5000)}


def in_register(by: Actor, organisation: int) -> QuerySet[Case]:
    """The commission's registered cases that the asker may see, in the order of the register."""
    return visible_to(by).filter(organisation=organisation).exclude(number="").order_by("received_on", "number", "id")


def lines(rows: QuerySet[Case], organisation: int, day: date) -> Iterator[tuple[Case, Line]]:
    """Each case with its line, as far as the commission's ties open it that day; a few queries a chunk."""
    sitting = AgendaItem.objects.filter(case=OuterRef("pk")).exclude(sitting__state=SittingState.CANCELLED)
    mine = Participant.objects.filter(key=organisation, since__lte=day).select_related("tie")
    wanted = (
        rows.annotate(sat=Subquery(sitting.order_by("-sitting__begins").values("sitting__begins")[:1]))
        .select_related("child__data_key", "request", "joint_opinion", "initiated_by")
        .prefetch_related("child__guardians", "measures", Prefetch("participants", queryset=mine, to_attr="mine"))
    )
    for case in wanted.iterator(chunk_size=CHUNK):
        yield case, _line(case, day)


def lines_by_case(cases: Iterable[int], organisation: int, day: date) -> dict[int, Line]:
    """Lines of some cases, by case."""
    return {case.pk: line for case, line in lines(Case.objects.filter(pk__in=list(cases)), organisation, day)}


def _line(case: Case, day: date) -> Line:
    kept = _kept(case)
    fields = {field for row in case.mine if row.tie.until is None or row.tie.until >= day for field in row.tie.fields}  # type: ignore[attr-defined]
    opinion = getattr(case, "joint_opinion", None)
    guardian = next((one.name for one in case.child.guardians.all() if one.ended_on is None), "")
    return Line(
        number=case.number, received=case.received_on, given=case.child.given_name, family=case.child.family_name,
        born=case.child.birth_date, step=case.step,
        parent=(kept.get("parent") or guardian) if "family" in fields else "",
        address=(kept.get("address") or case.child.address) if "contact" in fields else "",
        initiator=kept.get("initiator") or case.initiator,
        initiator_name=kept.get("initiator_name") or (str(case.initiated_by) if case.initiated_by else ""),
        institution=kept.get("institution", ""),
        sitting=_sitting(case, kept),
        opinion=opinion.adopted_on if opinion and _is_decided(case) and "opinions" in fields else None,
        measures=_measures(case, kept) if "plan" in fields or "measures" in kept else (),
    )  # fmt: skip


def _is_decided(case: Case) -> bool:
    """Was the opinion adopted, and not opened for writing again?"""
    definition = of_version(case.version_id)
    return case.step in _words(definition.country).course.decided or definition.is_end(case.step)


def _kept(case: Case) -> dict[str, Any]:
    """What the register said when the case came in with it."""
    request = getattr(case, "request", None)
    if request is None or not request.sealed:
        return {}
    request.case = case
    kept: dict[str, Any] = json.loads(request.text).get("register", {})
    return kept


def _sitting(case: Case, kept: Mapping[str, Any]) -> date | None:
    if moment := case.sat:  # type: ignore[attr-defined]
        return day_of(moment)
    return date.fromisoformat(kept["sitting"]) if kept.get("sitting") else None


def _measures(case: Case, kept: Mapping[str, Any]) -> tuple[str, ...]:
    rows = [row for row in case.measures.all() if row.superseded_on is None]
    for row in rows:
        row.child = case.child  # its key is already here
    return tuple(row.text if row.code == OTHER else row.code for row in rows) or tuple(kept.get("measures", ()))
