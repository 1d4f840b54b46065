"""A model that was handed over in one place and is being taken over in another. All invented."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from zajedno.exchange.actions import site as taking
from zajedno.exchange.actions import site_report as report
from zajedno.exchange.models import ModelPackage, Site
from zajedno.exchange.queries.site import lessons_for
from zajedno.kernel import clock
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.figures import WORKED
from zajedno.site.demo.institutions import Towns, enter_person, enter_post

# who, name, language, where
TAKERS = (
    ("model.tutin", "Носилац модела у Тутину (демо)", "sr", "office-tutin"),
    ("model.jajce", "Nosilac modela u Jajcu (demo)", "bs", "csr-jajce"),
)
WAY = ("settle_readiness", "agree", "form_body", "finish_mapping", "adopt_plan", "sign_protocol", "begin_service")
EARLY = 1500  # days ago the first one began: figures of two closed years tell if it worked


def seed_replication(towns: Towns, progress: Callable[[str], None]) -> None:
    for who, name, language, at in TAKERS:
        enter_person(towns, f"{who}@demo.invalid", name, language, towns.accounts["ana"].password)
        enter_post(towns, who, at, "practitioner-public", since=clock.today() - timedelta(days=EARLY))
    package = ModelPackage.objects.get(slug="spi")
    first = _begun(towns, "model.tutin", EARLY, package, language="sr")
    _at(towns, "model.tutin", EARLY, partial(report.name_indicator, uuid=first.uuid, indicator=WORKED[1]))
    _ready(towns, "model.tutin", 1495, first)
    for number, move in enumerate(WAY):
        _move(towns, "model.tutin", 1490 - 60 * number, first, move)
    _told(towns, first)
    _move(towns, "model.tutin", 200, first, "begin_handing_over")
    _move(towns, "model.tutin", 150, first, "hand_over")
    second = _begun(towns, "model.jajce", 120, package, language="bs", parent=first.uuid, mentor=first.organisation_id,
                    needs=["early", "referral"])  # fmt: skip
    _ready(towns, "model.jajce", 115, second, unmet="budget-line", why="Izmišljeno: sredstva dolaze u rebalansu.")
    for number, move in enumerate(WAY[:4]):
        _move(towns, "model.jajce", 110 - 25 * number, second, move)
    _at(towns, "model.jajce", 20, partial(
        report.adapt, uuid=second.uuid, component="services-kind", what="Izmišljeno: igraonica u domu kulture.",
        reason="Izmišljeno: predškolske ustanove nema u svim mjestima.",
    ))  # fmt: skip
    _at(towns, "model.jajce", 10, partial(
        report.return_lesson, uuid=second.uuid, text="Izmišljeno: mapiranje početi od mjesnih zajednica."
    ))  # fmt: skip
    _at(towns, "model.tutin", 5, lambda by: [
        report.answer_lesson(by=by, lesson=one, text="Измишљено: хвала, и ми ћемо тако.") for one in lessons_for(by)
    ])  # fmt: skip
    progress("2 places that take a model over")


def _at(towns: Towns, who: str, days: int, act: Callable[..., Any]) -> Any:
    """Somebody's act so many days ago."""
    day = clock.today() - timedelta(days=days)
    with clock.on(day):
        return act(by=actor_for(towns.accounts[who].pk, day))


def _begun(towns: Towns, who: str, days: int, package: ModelPackage, **fields: Any) -> Site:
    at = next(at for one, _name, _language, at in TAKERS if one == who)
    begin = partial(taking.begin_site, package=package, organisation=towns.organisations[at].pk, **fields)
    site: Site = _at(towns, who, days, begin)
    return site


def _ready(towns: Towns, who: str, days: int, site: Site, unmet: str = "", why: str = "") -> None:
    answers = {part["key"]: part["key"] != unmet for part in site.model.conditions}
    _at(towns, who, days, partial(taking.answer_conditions, uuid=site.uuid, answers=answers, in_spite=why))


def _move(towns: Towns, who: str, days: int, site: Site, move: str) -> None:
    given = {"happened_on": clock.today() - timedelta(days=days)}
    seen = Site.objects.get(pk=site.pk).moves_made
    _at(towns, who, days, partial(taking.move_site, uuid=site.uuid, move=move, seen=seen, given=given))


def _told(towns: Towns, site: Site) -> None:
    """What the first place says of it: all but one component wholly there, one result, one lesson."""
    said = {part["key"]: ("yes", "Измишљен доказ: записници и одлуке.") for part in site.model.core}
    said["monitoring"] = ("partly", "Измишљен доказ: први годишњи извештај.")
    result = partial(
        report.report_result, uuid=site.uuid, indicator="services", before=Decimal(1), after=Decimal(3),
        source="Измишљено: извештај комисије", evidence="counted",
    )  # fmt: skip
    lesson = partial(report.return_lesson, uuid=site.uuid, text="Измишљено: протокол потписати пре плана.")
    for act in (partial(report.judge, uuid=site.uuid, said=said), result, lesson):
        _at(towns, "model.tutin", 230, act)
