"""Visits and mentoring: proposed by one institution, answered by the other, public once both have agreed."""

from datetime import timedelta

import pytest

from tests.exchange.site_world import Sites
from zajedno.access.models import Message
from zajedno.exchange.actions import pact
from zajedno.exchange.models import Agreed
from zajedno.exchange.queries import pact as queries
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db


def proposed(sites: Sites, **fields: object) -> Agreed:
    with sites.at_work("amra") as by:
        said = {"hosts": False, "kind": "visit", "what": "Kako rade posjete selima"} | fields
        return pact.propose(by=by, organisation=sites.at("town").pk, other=sites.at("other").pk, **said)  # type: ignore[arg-type]


def test_the_other_side_answers(sites: Sites) -> None:
    row = proposed(sites)
    assert (row.guest, row.host) == (sites.at("town"), sites.at("other"))
    assert not queries.public().exists()
    assert Message.objects.filter(key__startswith=f"pact-{row.uuid}").count() == 1
    with sites.at_work("amra") as by, pytest.raises(Refused, match="own"):
        pact.answer(by=by, uuid=row.uuid, accept=True)
    with sites.at_work("mirza") as by:
        pact.answer(by=by, uuid=row.uuid, accept=True)
        with pytest.raises(Overtaken):
            pact.answer(by=by, uuid=row.uuid, accept=False)
    assert queries.public().get() == row


def test_what_was_learnt_is_told_once_it_is_done(sites: Sites) -> None:
    row = proposed(sites, kind="mentoring")
    with sites.at_work("amra") as by, pytest.raises(Overtaken):
        pact.tell_done(by=by, uuid=row.uuid, done_on=today(), learnt="x")
    with sites.at_work("mirza") as by:
        pact.answer(by=by, uuid=row.uuid, accept=True)
    with sites.at_work("amra") as by:
        with pytest.raises(Refused, match="done_on"):
            pact.tell_done(by=by, uuid=row.uuid, done_on=today() + timedelta(days=1), learnt="x")
        with pytest.raises(Refused, match="naming"):
            pact.tell_done(by=by, uuid=row.uuid, done_on=today(), learnt="Dječak Amar je došao.")
        pact.tell_done(by=by, uuid=row.uuid, done_on=today(), learnt="Subotom dolazi više roditelja.")
    row.refresh_from_db()
    assert (row.state, row.done_on) == ("done", today())


def test_others_know_of_none(sites: Sites) -> None:
    row = proposed(sites)
    with sites.at_work("edita") as by, pytest.raises(NotFound):
        queries.find(by, row.uuid)
    with sites.at_work("mirza") as by, pytest.raises(NotPermitted):
        pact.propose(by=by, organisation=sites.at("town").pk, other=sites.at("other").pk, hosts=True, kind="visit",
                     what="x")  # fmt: skip
    with sites.at_work("amra") as by:
        with pytest.raises(Refused, match="twice"):
            pact.propose(by=by, organisation=sites.at("town").pk, other=sites.at("other").pk, hosts=False,
                         kind="visit", what="x")  # fmt: skip
        pact.take_back(by=by, uuid=row.uuid)
    row.refresh_from_db()
    assert row.state == "declined"
