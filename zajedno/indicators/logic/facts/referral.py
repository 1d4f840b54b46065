"""Referrals between institutions: what came of them, and how soon."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import banded, cases, during, first
from zajedno.indicators.logic.facts.rows import of_children
from zajedno.indicators.logic.span import Span

REFERRAL = "referral"
SENT = ("send", "send_by_duty", "send_urgently")
CONTACT = ("begin_service", "meet")  # whichever is first: in one country the service begins at once
DAYS = (("0-2", 3), ("3-5", 6), ("6-10", 11), ("11-20", 21), ("21-30", 31), ("31-60", 61), ("61+", 0))


def closed(span: Span) -> ir.Table:
    """R1: referrals first sent in the period; closed ones were closed after feedback, no other way leads there."""
    row = cases(REFERRAL).join(first(*SENT), [("case", "of")])
    row = row.filter(during(row.day, span))
    outcome = ibis.ifelse(row.ended == "closed", "closed", "not_closed")
    return of_children(row.mutate(outcome=outcome), span, at="institution")


def contact(span: Span) -> ir.Table:
    """R2: days from sending to the first contact that happened in the period."""
    sent, met = first(*SENT).select(of="of", sent="day"), first(*CONTACT).select(by="of", met="day")
    row = cases(REFERRAL).join(sent, [("case", "of")]).join(met, [("case", "by")])
    row = row.filter(during(row.met, span)).mutate(days=row.met.delta(row.sent, unit="day"))
    return of_children(row.mutate(outcome=banded(row.days, DAYS), value=row.days * 100), span, at="institution")
