"""Closed periods are released once, every night those that are due; a correction is somebody's act, with a reason."""

from collections.abc import Collection
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.figures.actions import define, notice_late, release_period
from zajedno.figures.queries import definitions, indicators_released, is_late
from zajedno.indicators.logic.definition import Indicator, load
from zajedno.indicators.logic.span import Span, closed, named
from zajedno.indicators.queries.period import Prepared, complete, counted, lay_out, prepared
from zajedno.indicators.rules import CORRECT
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import STATISTICS, acting
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.territory import countries
from zajedno.procedures.rules import LOAD

if TYPE_CHECKING:
    from zajedno.figures.models import Edition

LATE_DAYS = 30  # after its end a period waits for what comes late
LOOKED_AT = 400  # days after its end in which it is looked at again


def release_closed(*, today: date, only: Collection[str] = ()) -> int:
    """Every counted indicator of every country and closed period that has no edition yet. How many were made. `only`:
    codes, where not all are meant.

    Each is a transaction of its own: what was released stays when the next one fails.
    """
    due = [one for one in _due(today) if not only or one[0].code in only]
    given = prepared([span for _what, _country, span in due])
    return sum(_release(what, country, span, given) is not None for what, country, span in due)


def notice(*, today: date) -> int:
    """Look whether children came after the newest edition of each period that ended in the last year or so. How many
    editions were noted; who corrects one decides on it.
    """
    told, noted = _told(today), 0
    given = prepared([span for _what, _country, span in told])
    for what, country, span in told:
        with acting(STATISTICS):
            lay_out(given)
            noted += notice_late(
                indicator=what.code, country=country, period=span.name, counted=counted(what, span, country)
            )
    return noted


def _told(today: date) -> list[tuple[Indicator, str, Span]]:
    """What is told of children, and may have changed unnoticed."""
    with acting(STATISTICS):
        there = {country.code: indicators_released(country.code) for country in countries()}
        return [
            (what, country, span)
            for what in load(settings.PACKS_DIR).values() if not what.is_work
            for country, released in there.items()
            for span in closed(what.period, today, LATE_DAYS)
            if (today - span.last).days <= LOOKED_AT and span.name in released.get(what.code, ())
            and not is_late(what.code, country, span.name)
        ]  # fmt: skip


def correct(*, by: Actor, indicator: str, country: str, period: str, reason: str) -> "Edition":
    """Count a released period anew. Refused where nothing that may be told has changed."""
    seat = ask(by, CORRECT)
    if not reason.strip():
        raise Refused(_("Say why the figures are corrected."), "no_reason")
    what = load(settings.PACKS_DIR).get(indicator)
    if what is None or period not in indicators_released(country).get(indicator, ()):
        raise Refused(_("There are no figures of this period yet."), "not_released")
    with transaction.atomic():
        span = named(period)
        edition = _release(what, country, span, prepared([span]), reason.strip())
        if edition is None:
            raise Refused(_("Nothing that may be told has changed since the last edition."), "same")
        detail = {"indicator": indicator, "country": country, "period": period, "edition": edition.number}
        audit.record(by=by, verb=CORRECT.key, organisation=seat.organisation, detail=detail)
    return edition


def _due(today: date) -> list[tuple[Indicator, str, Span]]:
    """What has no edition yet, of indicators that are written down for those who read figures."""
    with acting(STATISTICS):
        known = {(one.code, one.method) for one in definitions()}
        there = {country.code: indicators_released(country.code) for country in countries()}
    return [
        (what, country, span)
        for what in load(settings.PACKS_DIR).values() if (what.code, what.method) in known
        for country, released in there.items() if what.holds_in(country)
        for span in closed(what.period, today, LATE_DAYS) if span.name not in released.get(what.code, ())
    ]  # fmt: skip


def load_indicators(rows: list[Indicator], *, by: Actor | None = None) -> int:
    """Write definitions down for all who read figures. How many are new or different. `by` None: the command line,
    as the owner of the tables, who need not be able to become another role.
    """
    if by is not None:
        ask(by, LOAD)
    with acting(STATISTICS) if by else nullcontext():
        return define(row_of(one) for one in rows)


def _release(what: Indicator, country: str, span: Span, given: Prepared, reason: str = "") -> "Edition | None":
    """None also where not one institution has sent anything: there is nothing to tell of."""
    from zajedno.indicators.logic.facts import OF_ALL_PUPILS, WHERE_IT_WORKS

    with acting(STATISTICS):
        lay_out(given)
        sent = complete(what, span, country)
        if not sent.reported:
            return None
        return release_period(
            indicator=what.code, country=country, period=span.name, counted=counted(what, span, country),
            divisions=what.divisions, method=what.method, reported=sent.reported, expected=sent.expected, reason=reason,
            where_it_works=what.code in WHERE_IT_WORKS, whole_is_known=what.code in OF_ALL_PUPILS,
        )  # fmt: skip


def row_of(what: Indicator) -> dict[str, object]:
    """As `figures` keeps it."""
    return {
        "code": what.code, "method": what.method, "kind": what.kind, "unit": what.unit, "per": what.per,
        "words": {name: dict(texts) for name, texts in what.words.items()}, "better": what.better,
        "period": what.period, "room": what.room, "by": list(what.by), "bands": list(what.bands),
        "population": list(what.population), "is_impersonal": what.is_work, "small_below": what.small_below,
        "target": what.target, "baseline": what.baseline, "owner": what.owner, "source": what.source,
        "verified": what.verified,
    }  # fmt: skip
