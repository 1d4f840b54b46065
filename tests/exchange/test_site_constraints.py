"""Sites: every constraint of theirs is broken once."""

from datetime import timedelta
from typing import Any

import pytest

from tests.exchange.site_world import Sites
from tests.refusal import change, refusal, sql
from zajedno.exchange.actions import model as keeping
from zajedno.exchange.actions import site_report as report
from zajedno.exchange.logic.model import parts
from zajedno.exchange.models import Adaptation, Fidelity, Lesson, ModelVersion, Result, Site, SiteMove
from zajedno.kernel.clock import now, today
from zajedno.kernel.refusal import NotFound

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"step": ""}, "site_has_step"),
        ({"closed_on": today() - timedelta(days=1), "outcome": "given_up"}, "site_closed_later"),
        ({"closed_on": today()}, "site_outcome_when_closed"),
        ({"outcome": "given_up"}, "site_outcome_when_closed"),
    ],
)
def test_a_site_that_makes_no_sense(sites: Sites, fields: dict[str, Any], broken: str) -> None:
    assert refusal(change, sites.begun(), **fields) == broken


def test_where_a_site_took_its_model_from_never_changes(sites: Sites) -> None:
    first = sites.begun()
    second = sites.begun("mirza", "other", parent=first.uuid)
    for row, fields in (
        (second, {"parent": None}),
        (first, {"parent": second}),
        (first, {"organisation": sites.at("other")}),
    ):
        assert refusal(change, row, **fields) == "where a site took its model from never changes", fields
    assert refusal(change, first, mentor=sites.at("town")) == "site_mentor"


def test_a_parent_is_of_the_same_model(sites: Sites) -> None:
    first = sites.begun()
    with sites.at_work("edita") as by:
        other = keeping.begin_model(
            by=by, organisation=sites.at("ministry").pk, titles={"en": "Another"}, said={"core": parts("Body")}
        )
    sites.package = other.package
    with pytest.raises(NotFound):
        sites.begun("mirza", "other", parent=first.uuid)
    told = refusal(
        Site.objects.create,
        version_id=first.version_id, step="readiness", opened_on=today(), model=other, parent=first,
        organisation=sites.at("other"), territory=sites.at("other").territory, language="bs", begun_by=1,
    )  # fmt: skip
    assert told == "site_parent_of_same_model"


def test_what_is_only_added_is_never_changed(sites: Sites) -> None:
    site = sites.begun()
    sites.to_follow_up(site)
    sites.told(site)
    with sites.at_work("amra") as by:
        report.adapt(by=by, uuid=site.uuid, component="services-kind", what="Igraonica", reason="Nema prostora.")
    for row in (ModelVersion.objects.get(), SiteMove.objects.all()[0], Adaptation.objects.get(), Result.objects.get()):
        name = next(field.name for field in row._meta.fields if field.name in ("number", "reason", "unit", "what"))
        table = row._meta.db_table
        for told in (refusal(change, row, **{name: 7}), refusal(sql, f"delete from {table}")):
            assert told == f"rows of {table} are never changed or deleted"


@pytest.mark.parametrize(
    ("model", "fields", "broken"),
    [
        (Adaptation, {"component": "services-kind", "what": "", "reason": "Zašto"}, "adaptation_has_reason"),
        (Adaptation, {"component": "services-kind", "what": "Igraonica", "reason": ""}, "adaptation_has_reason"),
        (Adaptation, {"component": "nothing", "what": "Igraonica", "reason": "Zašto"}, "component_of_model"),
        (
            Fidelity,
            {"component": "services-kind", "presence": "no"},
            "component_of_model",
        ),  # adaptable: no core component
        (Fidelity, {"component": "protocol", "presence": "yes", "evidence": ""}, "fidelity_shown_by_evidence"),
        (Fidelity, {"component": "protocol", "presence": "maybe", "evidence": "x"}, "fidelity_presence"),
        (Result, {"indicator": "x", "before": 1, "after": 2, "source": "", "evidence": "counted"}, "result_has_source"),
        (Result, {"indicator": "x", "before": 1, "after": 2, "source": "x", "evidence": "certain"}, "result_evidence"),
        (Lesson, {"text": ""}, "lesson_has_text"),
        (Lesson, {"text": "x", "answer": "y"}, "lesson_answered_by_who_saw_it"),
        (
            Lesson,
            {"text": "x", "answer": "y", "answered_by": 1, "answered_on": now()},
            "lesson_answered_by_who_saw_it",
        ),  # not seen
    ],
)
def test_what_makes_no_sense_is_not_taken(sites: Sites, model: Any, fields: dict[str, Any], broken: str) -> None:
    assert refusal(model.objects.create, site=sites.begun(), said_by=1, **fields) == broken


def test_a_component_is_judged_once(sites: Sites) -> None:
    site = sites.begun()
    said = {"site": site, "component": "protocol", "presence": "no", "said_by": 1}
    Fidelity.objects.create(**said)
    assert refusal(Fidelity.objects.create, **said) == "fidelity_once"
