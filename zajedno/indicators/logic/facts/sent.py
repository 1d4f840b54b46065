"""Which institutions are expected to send something, and which did."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import during
from zajedno.indicators.logic.facts.rows import units
from zajedno.indicators.logic.facts.school import enrolled
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span


def completeness(room: str, kinds: Sequence[str], country: str, span: Span) -> ir.Table:
    """By place: institutions of these kinds at which anybody held a post in the period or that sent something, and how
    many of them did send something in the room."""
    at, sent = table("places_organisation"), SENT[room](span).distinct().mutate(did=ibis.literal(1))
    at = at.filter(at.kind_id.isin(kinds)).join(units(), [("territory_id", "territory")])
    at = at.filter(at.country == country).select("id", place="code")
    works = _at_work(span).distinct().mutate(works=ibis.literal(1))
    row = at.left_join(works, [("id", "organisation")]).drop("organisation").left_join(sent, [("id", "organisation")])
    row = row.filter(row.works.notnull() | row.did.notnull())
    return row.group_by("place").agg(expected=row.count(), reported=row.did.count())


def _at_work(span: Span) -> ir.Table:
    post = table("places_post")
    begins, ends = ibis.literal(span.first, "date"), ibis.literal(span.last, "date")
    return post.filter((post.since <= ends) & (post.until.isnull() | (post.until > begins))).select(
        organisation="organisation_id"
    )


def _casework(span: Span) -> ir.Table:
    move = table("casework_move")
    moved = move.filter(during(move.happened_on, span)).select(of="case_id")
    return table("casework_case").semi_join(moved, [("id", "of")]).select(organisation="organisation_id")


def _children(span: Span) -> ir.Table:
    return ibis.union(_casework(span), enrolled(span).select(organisation="organisation_id"))


def _networks(span: Span) -> ir.Table:
    begins, ends = (ibis.literal(one, "timestamp('UTC')") for one in (span.begins, span.ends))
    body, meeting, level = (
        table(f"networks_{name}") for name in ("body", "meeting", "sustainabilitylevel")
    )  # fmt: skip
    met = meeting.filter((meeting.begins >= begins) & (meeting.begins < ends)).select(of="body_id")
    met = body.semi_join(met, [("id", "of")]).select(organisation="organisation_id")
    looked = level.filter(during(level.holds_on, span)).select(organisation="organisation_id")
    asked = table("prepared_rounds")
    asked = asked.filter(during(asked.closed_on, span)).select(organisation="organisation_id")
    return ibis.union(met, looked, asked)


def _programmes(span: Span) -> ir.Table:
    plan, programme, budget = (table(f"programmes_{name}") for name in ("plan", "programme", "budget"))
    ran = (programme.begins_on <= ibis.literal(span.last, "date")) & (
        programme.ends_on.isnull() | (programme.ends_on >= ibis.literal(span.first, "date"))
    )
    return ibis.union(
        plan.filter(plan.adopted_on <= ibis.literal(span.last, "date")).select(organisation="organisation_id"),
        programme.filter(ran).select(organisation="organisation_id"),
        budget.filter(budget.year == span.first.year).select(organisation="organisation_id"),
    )


def _exchange(span: Span) -> ir.Table:
    practice = table("exchange_practice")
    public = practice.published_on < ibis.literal(span.ends, "timestamp('UTC')")
    wave = table("prepared_waves")
    asked = wave.filter(during(wave.ended_on, span)).select(organisation="organisation_id")
    return ibis.union(practice.filter(public).select(organisation="organisation_id"), asked)


SENT = {
    "casework": _casework, "children": _children, "networks": _networks, "programmes": _programmes,
    "exchange": _exchange,
}  # fmt: skip
