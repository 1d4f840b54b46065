"""Pupils: individual education plans, passages, leaving school."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import COMMISSION, banded, cases, during, first, moves, until
from zajedno.indicators.logic.facts.early import EARLY
from zajedno.indicators.logic.facts.rows import of_children, persons
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

SCHOOLS = ("primary_school", "secondary_school", "special_school")
LEVELS = ("kindergarten", *SCHOOLS)
EDUCATION, DROPOUT, TRANSITION = "individual-education", "dropout-prevention", "transition"
ADOPTED = ("adopt_iop1", "adopt_iop2", "adopt_iop3")
REVIEWS = ("evaluation", "half_year_evaluation")  # deadlines
MOST = 2000  # hundredths of a point
CHANGES = (("-20..-10", -1000), ("-10..-5", -500), ("-5..0", 0), ("0..5", 500), ("5..10", 1000), ("10..20", 0))
REVIEWED = ("evaluate", "evaluate_half_year")


def plans(span: Span) -> ir.Table:
    """O1: pupils of the school year, by whether they had an individual education plan on its last day."""
    row = cases(EDUCATION).join(first(*ADOPTED), [("case", "of")])
    row = row.filter(until(row.day, span) & (row.closed_on.isnull() | ~until(row.closed_on, span)))
    row = row.join(persons(span).select("file", whose="child"), "file")
    return by_pupil(span, row.select("whose", outcome=ibis.literal("plan")).distinct(), "none")


def left(span: Span) -> ir.Table:
    """D1: pupils of the school year, by whether they left school in it."""
    row = cases(DROPOUT)
    row = row.filter((row.ended == "left") & during(row.closed_on, span))
    row = row.join(persons(span).select("file", whose="child"), "file")
    return by_pupil(span, row.select("whose", outcome=ibis.literal("left")).distinct(), "stayed")


def reviewed(span: Span) -> ir.Table:
    """O2: reviews of plans that were due in the period. One that the end of a plan made needless is not among them."""
    clock, made = table("casework_clock"), moves(*REVIEWED)
    due = clock.filter(clock.key.isin(REVIEWS) & during(clock.due_on, span))
    row = cases(EDUCATION).join(due, [("case", "case_id")])
    done = row.join(made, [row.case == made.of, made.day >= row.started_on, made.day <= row.stopped_on])
    done = done.select("case", "key", "started_on").distinct().mutate(reviewed=ibis.literal(True))
    row = row.left_join(done, ["case", "key", "started_on"])
    in_time = row.stopped_on.notnull() & (row.stopped_on <= row.due_on)
    row = row.filter(~in_time.fill_null(False) | row.reviewed.notnull())
    outcome = ibis.ifelse(in_time & row.reviewed.notnull(), "in_time", "late")
    return of_children(row.mutate(outcome=outcome), span, at="institution")


def transitions(span: Span) -> ir.Table:
    """T1: supported children who went on to another kind of institution, by whether a plan was offered before, and
    since they had entered the last one: a plan of an earlier passage does not count."""
    row = _went_on(span)
    offered = cases(TRANSITION).join(first("offer_plan"), [("case", "of")])
    offered = offered.join(persons(span).select("file", "child"), "file").select(whose="child", offered="day")
    plan = row.join(offered, [row.child == offered.whose, offered.offered >= row.before, offered.offered < row.since])
    plan = plan.select(planned="child").distinct()
    row = row.left_join(plan, [("child", "planned")])
    outcome = ibis.ifelse(row.planned.notnull(), "planned", "unplanned")
    return of_children(row.select("file", outcome=outcome), span, at="child")


def planned(span: Span) -> ir.Table:
    """D2: pupils for whom the team decided in the period that the risk needs a plan, by whether one was adopted."""
    decided, adopted = first("decide_plan"), first("adopt_plan").select(by="of", adopted="day")
    row = cases(DROPOUT).join(decided, [("case", "of")]).left_join(adopted, [("case", "by")])
    row = row.filter(during(row.day, span))
    return of_children(row.mutate(outcome=ibis.ifelse(row.adopted.notnull(), "adopted", "without")), span, at="child")


def risk(span: Span) -> ir.Table:
    """D3: how the index of risk changed from a pupil's first to its last assessment of the school year. More than
    MOST counts as MOST: few far out are not found out, nor do they move the mean."""
    row = table("prepared_risk")
    row = row.filter(during(row.holds_on, span)).join(persons(span).select("file", "child"), [("child_id", "file")])
    begins = ibis.row_number().over(group_by="child", order_by=["holds_on", "value"])
    ends = ibis.row_number().over(group_by="child", order_by=[ibis.desc("holds_on"), ibis.desc("value")])
    row = row.mutate(begins=begins, ends=ends)
    last = row.filter(row.ends == 0).select(whose="child", till="holds_on", last="value")
    row = row.filter(row.begins == 0).join(last, [("child", "whose")])
    row = row.filter(row.holds_on < row.till)
    change = ibis.greatest(ibis.least(row.last - row.value, MOST), -MOST)
    return of_children(row.select("file", outcome=banded(change, CHANGES), value=change), span, at="child")


def pupils(span: Span) -> ir.Table:
    """Each child who went to a school in the school year, once: `file`, `child`."""
    at, gone = _institutions(SCHOOLS), enrolled(span)
    gone = gone.join(at, [("organisation_id", "at")])
    row = gone.join(persons(span).select("file", "child"), [("child_id", "file")])
    return row.group_by("child").agg(file=row.file.min())


def enrolled(span: Span) -> ir.Table:
    """Enrolments that went on at any time of the period: one may last many years."""
    gone = table("children_enrolment")
    begins = ibis.literal(span.first, "date")
    return gone.filter(until(gone.since, span) & (gone.until.isnull() | (gone.until >= begins)))


def by_pupil(span: Span, found: ir.Table, else_: str) -> ir.Table:
    """All pupils; `found` has the outcome of some (`whose`)."""
    row = pupils(span).left_join(found, [("child", "whose")])
    return of_children(row.select("file", outcome=ibis.coalesce(row.outcome, ibis.literal(else_))), span, at="child")


def _institutions(kinds: tuple[str, ...]) -> ir.Table:
    at = table("places_organisation")
    return at.filter(at.kind_id.isin(kinds)).select(at="id", level="kind_id")


def _went_on(span: Span) -> ir.Table:
    """`file`, `child`, `since`, `before`: who entered another kind of institution for the first time, when, and when
    the one before; only who had a case of support between the two. Who did so twice in a year: the first time."""
    gone = table("children_enrolment").join(_institutions(LEVELS), [("organisation_id", "at")])
    gone = gone.join(persons(span).select("file", "child"), [("child_id", "file")])
    gone = gone.group_by("child", "level").agg(file=gone.file.min(), since=gone.since.min())
    earlier = gone.select(whose="child", earlier="since", lower="level")
    row = gone.filter(during(gone.since, span))
    row = row.join(earlier, [row.child == earlier.whose, earlier.earlier < row.since, earlier.lower != row.level])
    row = row.mutate(entered=row.since.min().over(group_by=row.child))
    row = row.filter(row.since == row.entered)
    row = row.group_by("child").agg(file=row.file.min(), since=row.since.min(), before=row.earlier.max())
    helped = cases(EDUCATION, *EARLY, *COMMISSION).join(persons(span).select("file", helped="child"), "file")
    helped = helped.select("helped", "received_on", "closed_on")
    there = helped.closed_on.isnull() | (helped.closed_on >= row.before)
    return row.semi_join(helped, [row.child == helped.helped, helped.received_on < row.since, there])
