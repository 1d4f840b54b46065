"""Champions: every constraint of theirs is broken once."""

from datetime import timedelta
from typing import Any

import pytest

from tests.exchange.award_world import Champions, like
from tests.refusal import change, refusal
from zajedno.exchange.enums import Consent
from zajedno.exchange.models import AwardCategory, AwardCriterion, Conflict, Honour, Juror, Score
from zajedno.exchange.models.nomination import TOLD
from zajedno.kernel import clock
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = clock.now() + DAY  # than any nomination of these tests was confirmed
DAYS, WILL = "nomination_consent_has_its_days", "nomination_keeps_nothing_against_the_will"


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"mode": "two"}, "cycle_mode"),
        ({"titles": {}}, "cycle_has_title"),
        ({"closes_on": today() - DAY}, "cycle_closes_after_it_opens"),
        ({"decided_on": today() + 20 * DAY}, "cycle_decided_after_it_closed"),
        ({"decided_by": 1}, "cycle_decided_after_it_closed"),
        ({"decided_on": today(), "decided_by": 1}, "cycle_decided_after_it_closed"),
        ({"published_on": today()}, "cycle_published_after_decision"),
        (
            {"decided_on": today() + 20 * DAY, "decided_by": 1, "published_on": today() + 19 * DAY},
            "cycle_published_after_decision",
        ),
    ],
)
def test_a_cycle_that_makes_no_sense(champions: Champions, fields: dict[str, Any], broken: str) -> None:
    assert refusal(change, champions.cycle, **fields) == broken


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"consent": "asked"}, DAYS),
        ({"consent": "given", "asked_on": LATER}, DAYS),
        ({"consent": "withdrawn", "asked_on": LATER, "answered_on": LATER}, DAYS),
        ({"asked_on": LATER}, DAYS),
        ({"consent": "asked", "asked_on": LATER, "confirmed_on": None}, "nomination_asked_after_confirmed"),
        ({"nominee": ""}, WILL),
        ({"story": ""}, WILL),
        ({"nominee_email": ""}, WILL),
        ({"set_aside_on": clock.now()}, WILL),
        ({"adult": False}, "nomination_of_a_person_is_of_an_adult"),
        ({"kind": "child"}, "nomination_kind"),
        ({"nominator_name": ""}, "nomination_has_one_nominator"),
        ({"nominator_email": ""}, "nomination_has_one_nominator"),
    ],
)
def test_a_nomination_that_makes_no_sense(champions: Champions, fields: dict[str, Any], broken: str) -> None:
    row = champions.add()
    change(row, consent=Consent.NONE, asked_on=None, answered_on=None)
    assert refusal(change, row, **fields) == broken


def test_a_nominator_is_an_account_or_an_address_not_both(champions: Champions) -> None:
    ana = champions.world.accounts["ana"]
    assert refusal(change, champions.add(), nominator=ana) == "nomination_has_one_nominator"


@pytest.mark.parametrize("consent", [Consent.REFUSED, Consent.WITHDRAWN])
@pytest.mark.parametrize("field", TOLD)
def test_nothing_is_kept_against_the_will(champions: Champions, consent: Consent, field: str) -> None:
    row, now = champions.agreed(), clock.now()
    empty: dict[str, Any] = dict.fromkeys(TOLD, "") | {"consent_hash": None, "organisation": None, "territory": None}
    days = {"consent": consent, "withdrawn_on": now if consent == Consent.WITHDRAWN else None}
    for kept in ({field: "x"}, {"consent_hash": b"x"}):
        told = refusal(change, row, **days, **empty | kept)
        assert told == WILL, kept


def test_once_is_once(champions: Champions) -> None:
    (juror,) = champions.jury("jura")
    row = champions.agreed()
    champions.score("jura", row, 5, 5)
    honour = Honour.objects.create(cycle=champions.cycle, nomination=row, slug="a", plaque=1)
    first = champions.cycle.criteria.first()
    other = champions.add(like(email="b@demo.invalid"))
    cycle = {"cycle": champions.cycle}
    AwardCategory.objects.create(**cycle, position=0, labels={"sr": "а"})
    Conflict.objects.create(nomination=other, juror=juror, said_by=1)
    for model, broken, fields in (
        (Juror, "juror_once", cycle | {"account": juror.account, "named_by": 1, "named_on": today()}),
        (Score, "score_once", {"nomination": row, "juror": juror, "criterion": first, "value": 9}),
        (Honour, "exchange_honour_nomination_id_key", cycle | {"nomination": row, "slug": "b", "plaque": 2}),
        (Honour, "exchange_honour_slug_key", cycle | {"nomination": other, "slug": "a", "plaque": 2}),
        (Honour, "plaque_once", cycle | {"nomination": other, "slug": "b", "plaque": 1}),
        (AwardCriterion, "award_criterion_once", cycle | {"position": 0, "labels": {"sr": "а"}}),
        (AwardCriterion, "award_criterion_weight", cycle | {"position": 9, "labels": {"sr": "а"}, "weight": 0}),
        (AwardCategory, "award_category_once", cycle | {"position": 0, "labels": {"sr": "б"}}),
        (Conflict, "conflict_once", {"nomination": other, "juror": juror, "said_by": 1}),
    ):
        assert refusal(model.objects.create, **fields) == broken, model
    assert refusal(change, honour, plaque=0) == "plaque_from_1"


def test_a_score_is_from_0_to_10_of_one_cycle_and_of_nobody_in_conflict(champions: Champions) -> None:
    (juror,) = champions.jury("jura")
    row, other = champions.agreed(), champions.agreed(like(email="b@demo.invalid"))
    champions.score("jura", row, 5, 5)
    given = Score.objects.first()
    assert refusal(change, given, value=11) == "score_from_0_to_10"
    strange = champions.open().criteria.first()
    assert refusal(change, given, criterion=strange) == "score_fits"
    Conflict.objects.create(nomination=other, juror=juror, said_by=1)
    assert refusal(change, given, nomination=other) == "score_fits"
