"""Sites: models, readiness, moves with needs, adaptations, fidelity, results, lessons."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from tests.exchange.site_world import Sites, load_replication
from zajedno.access.models import AuditEntry, Message
from zajedno.exchange.actions import model as keeping
from zajedno.exchange.actions import site as taking
from zajedno.exchange.actions import site_report as report
from zajedno.exchange.logic.model import check, fidelity, lines, parts
from zajedno.exchange.models import Adaptation, Lesson, ModelPackage, ModelVersion, Result, Site
from zajedno.exchange.queries.model import newest
from zajedno.exchange.queries.site import SiteFile, find, lessons_for, score
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.procedures.logic.needs import OF_SITES

pytestmark = pytest.mark.django_db


# Models


def test_a_model_of_a_pack_is_loaded_once_and_again_only_when_it_says_something_else(sites: Sites) -> None:
    load_replication()
    assert newest(sites.package).number == 1
    said = {"key": "spi", "titles": sites.package.titles, "core": parts("Komisija")}
    assert keeping.load_model(said, by=None)
    assert [part["key"] for part in newest(sites.package).core] == ["komisija"]
    assert ModelVersion.objects.count() == 2
    assert keeping.retire_models([], by=None) == 1
    with pytest.raises(Refused, match="retired"):
        sites.begun()


def test_a_model_is_published_by_its_keeper_and_changes_as_a_new_version(sites: Sites) -> None:
    said = {"core": parts("Мрежа | Mreža | Network\nПлан | Plan | Plan")}
    with sites.at_work("amra") as by, pytest.raises(NotPermitted):
        keeping.begin_model(by=by, organisation=sites.at("town").pk, titles={"en": "Mine"}, said=said)
    with sites.at_work("edita") as by:
        begin = {"by": by, "organisation": sites.at("ministry").pk}
        for titles, what, code in (({"en": " "}, said, "title"), ({"en": "Mine"}, {}, "core")):
            with pytest.raises(Refused, match=code), transaction.atomic():
                keeping.begin_model(titles=titles, said=what, **begin)
        first = keeping.begin_model(titles={"en": "Mine"}, said=said, **begin)
        with pytest.raises(Refused, match="title"), transaction.atomic():
            keeping.begin_model(titles={"en": "Mine"}, said=said, **begin)
        with pytest.raises(Refused, match="same"), transaction.atomic():
            keeping.publish_version(by=by, package=first.package, said=said, seen=1)
        more = {"core": parts(lines(first.core) + "\nTim", first.core)}
        second = keeping.publish_version(by=by, package=first.package, said=more, seen=1)
        assert [part["key"] for part in second.core] == ["network", "plan", "tim"]
        with pytest.raises(Overtaken), transaction.atomic():
            keeping.publish_version(by=by, package=first.package, said=said, seen=1)
        with pytest.raises(Refused, match="pack"), transaction.atomic():
            keeping.publish_version(by=by, package=sites.package, said=said, seen=1)


def test_mistakes_in_a_models_file_are_explained() -> None:
    text = 'key = "x"\nlanguages = ["en"]\ntitles.en = "X"\nsummary.en = "X"\ncost.en = "X"\n'
    found = [str(one) for one in check(text, key="y", tools={})]
    assert "`key` must be the name of the file, “y”." in found
    assert any("[[core]] names no component" in one for one in found)
    assert any("[[sources]] must say" in one for one in found)
    text += '[[core]]\nkey = "a"\nlabels.en = "A"\n[[tools]]\nkind = "form"\nkey = "none"\nlabels.en = "N"\n'
    text += '[[sources]]\ntext = "S"\nverified = false\n'
    found = [str(one) for one in check(text, key="x", tools={"form": []})]
    assert any("no pack has the form “none”" in one for one in found)
    assert any("`note` must say what is unsure" in one for one in found)


def test_fidelity_is_a_share_of_the_core() -> None:
    assert fidelity(["a", "b"], {"a": "yes"}) is None
    assert fidelity([], {}) is None
    assert fidelity(["a", "b", "c"], {"a": "yes", "b": "partly", "c": "no", "other": "yes"}) == 50


# Taking it over


def test_a_place_begins_once_from_where_it_says(sites: Sites) -> None:
    site = sites.begun(mentor=sites.at("ngo").pk, needs=["referral", "nonsense"])
    assert (site.step, site.model.number, site.needs, site.mentor) == ("readiness", 1, ["referral"], sites.at("ngo"))
    with pytest.raises(Refused, match="twice"):
        sites.begun()
    with pytest.raises(Refused, match="mentor"):
        sites.begun("mirza", "other", mentor=sites.at("other").pk)
    with pytest.raises(NotFound):
        sites.begun("mirza", "other", practice="no-such-practice")
    with pytest.raises(NotPermitted):
        sites.begun("mirza", "town")


def test_what_is_not_met_is_told_and_may_be_gone_on_with_for_a_reason(sites: Sites) -> None:
    site = sites.begun()
    with pytest.raises(Refused, match="missing_need"):
        sites.move(site, "settle_readiness")
    with sites.at_work("amra") as by, pytest.raises(Refused, match="unanswered"):
        taking.answer_conditions(by=by, uuid=site.uuid, answers={"decision": True})
    with pytest.raises(Refused, match="unmet") as told:
        sites.ready(site, unmet=1)
    assert "Načelnik" in str(told.value.sentence) or "mayor" in str(told.value.sentence)
    sites.ready(site, unmet=1, in_spite="Vijeće odlučuje u martu.")
    site.refresh_from_db()
    assert (site.readiness["decision"], site.in_spite) == (False, "Vijeće odlučuje u martu.")
    assert sites.move(site, "settle_readiness").step == "agreement"


def test_it_goes_along_the_procedure_and_is_handed_over(sites: Sites) -> None:
    site = sites.to_follow_up(sites.begun(mentor=sites.at("ngo").pk))
    assert site.step == "follow_up"
    with pytest.raises(Refused, match="missing_need"):
        sites.move(site, "begin_handing_over")
    sites.told(site)
    with pytest.raises(Refused, match="missing_answer"):
        sites.move(site, "ask_for_change", "dino")
    sites.move(site, "ask_for_change", "dino", reason="Nema dovoljno grupa.")
    sites.move(site, "begin_service")
    sites.move(site, "begin_handing_over", "dino")
    with pytest.raises(NotPermitted):
        sites.move(site, "hand_over", "dino")
    sites.move(site, "hand_over")
    assert (site.outcome, site.closed_on) == ("handed_over", today())
    assert [row.position for row in site.moves.all()] == list(range(1, 12))
    assert site.moves.get(move="ask_for_change").reason == "Nema dovoljno grupa."
    assert AuditEntry.objects.filter(verb="exchange.replicate").exists()
    with sites.at_work("amra") as by, pytest.raises(Overtaken):
        report.return_lesson(by=by, uuid=site.uuid, text="Prekasno.")
    assert sites.begun().pk != site.pk  # another time is another site


def test_a_day_lies_between_the_last_step_and_today(sites: Sites) -> None:
    site = sites.begun()
    sites.ready(site)
    for day, code in ((today() + timedelta(days=1), "future"), (today() - timedelta(days=1), "before_last")):
        with pytest.raises(Refused, match=code):
            sites.move(site, "settle_readiness", happened_on=day)


def test_giving_up_needs_a_reason_and_frees_the_place(sites: Sites) -> None:
    site = sites.begun()
    with pytest.raises(Refused, match="missing_answer"):
        sites.move(site, "give_up")
    sites.move(site, "give_up", reason="Nema novca za uslugu.")
    assert site.outcome == "given_up"
    with pytest.raises(Overtaken):
        sites.move(site, "agree")
    assert sites.begun().pk != site.pk


def test_a_lost_race_is_told(sites: Sites) -> None:
    site = sites.begun()
    sites.ready(site)
    sites.move(site, "settle_readiness")
    with sites.at_work("amra") as by, pytest.raises(Overtaken):
        taking.move_site(by=by, uuid=site.uuid, move="agree", seen=0, given={"happened_on": today()})


def test_others_find_no_such_site(sites: Sites) -> None:
    site = sites.begun()
    with sites.at_work("mirza") as by, pytest.raises(NotFound):
        find(by, site.uuid)
    with sites.at_work("mirza") as by, pytest.raises(NotFound):
        report.return_lesson(by=by, uuid=site.uuid, text="Tuđe.")
    with sites.at_work("edita") as by:  # keeps models, so she gave what came with a pack
        assert find(by, site.uuid).parts == {"source"}
        with pytest.raises(NotPermitted):
            report.return_lesson(by=by, uuid=site.uuid, text="Tuđe.")


def test_every_need_of_the_vocabulary_is_answered(sites: Sites) -> None:
    with sites.at_work("amra") as by:
        assert set(SiteFile(sites.begun(), by).facts) == set(OF_SITES)


# What it tells


def test_fidelity_is_judged_part_by_part_with_evidence(sites: Sites) -> None:
    site = sites.begun()
    with sites.at_work("amra") as by:
        for said, code in (({"protocol": ("yes", " ")}, "evidence"), ({"other": ("no", "")}, "component")):
            with pytest.raises(Refused, match=code), transaction.atomic():
                report.judge(by=by, uuid=site.uuid, said=said)
        report.judge(by=by, uuid=site.uuid, said={"protocol": ("partly", "Potpisale tri od pet.")})
        assert score(Site.objects.get(pk=site.pk)) is None
        core = [part["key"] for part in site.model.core]
        report.judge(by=by, uuid=site.uuid, said=dict.fromkeys(core, ("yes", "Zapisnik.")))
        report.judge(by=by, uuid=site.uuid, said={"protocol": ("no", "")})
    assert score(site) == round(100 * 6 / 7)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "empty"),
        ("riječ " * 10_000, "too_long"),
        ("JMB 0405016825018", "number"),
        ("Učenik Marko je dolazio.", "naming"),
    ],
)
def test_what_others_read_names_no_child(sites: Sites, text: str, code: str) -> None:
    site = sites.begun()
    with sites.at_work("amra") as by:
        for act in (
            lambda: report.return_lesson(by=by, uuid=site.uuid, text=text),
            lambda: report.adapt(by=by, uuid=site.uuid, component="protocol", what="Kraće", reason=text),
            lambda: report.judge(by=by, uuid=site.uuid, said={"protocol": ("no", text)}) if text.strip() else 1 / 0,
        ):
            with pytest.raises((Refused, ZeroDivisionError)) as told, transaction.atomic():
                act()
            assert not isinstance(told.value, Refused) or told.value.code == code
    assert not Adaptation.objects.exists()
    assert not Lesson.objects.exists()


def test_a_lesson_returns_and_the_source_answers_once(sites: Sites) -> None:
    first = sites.begun("mirza", "other")
    site = sites.begun(parent=first.uuid)
    with sites.at_work("amra") as by:
        lesson = report.return_lesson(by=by, uuid=site.uuid, text="Protokol potpisati prije plana.")
        with pytest.raises(NotPermitted):
            report.answer_lesson(by=by, lesson=lesson, text="Sama sebi.")
        assert list(lessons_for(by)) == []
    with sites.at_work("edita") as by, pytest.raises(NotFound):  # it was not taken from the package
        report.answer_lesson(by=by, lesson=lesson, text="Ne znam.")
    with sites.at_work("mirza") as by:
        assert list(lessons_for(by)) == [lesson]
        assert report.answer_lesson(by=by, lesson=lesson).answer == ""
        assert report.answer_lesson(by=by, lesson=lesson, text="Hvala, probat ćemo i mi.").seen_on
        with pytest.raises(Overtaken):
            report.answer_lesson(by=by, lesson=lesson, text="Još nešto.")
        assert list(lessons_for(by)) == []


def test_a_result_has_numbers_and_a_source(sites: Sites) -> None:
    site = sites.begun()
    with sites.at_work("amra") as by, pytest.raises(Refused, match="empty"):
        report.report_result(
            by=by, uuid=site.uuid, indicator="services", before=Decimal(1), after=Decimal(2), source=" ",
            evidence="counted",
        )  # fmt: skip
    assert not Result.objects.exists()


@pytest.mark.django_db(transaction=True)  # three connections have to see each other's rows
def test_two_who_begin_at_once_make_one_site(sites: Sites) -> None:
    codes: list[str] = []

    def begin() -> None:
        try:
            sites.begun()
            codes.append("begun")
        except Refused as told:
            codes.append(told.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _one in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) == ["begun", "twice", "twice"]
    assert Site.objects.count() == 1
    assert ModelPackage.objects.count() == 1


def test_what_was_told_wrongly_is_taken_back_by_the_place_alone(sites: Sites) -> None:
    site = sites.begun()
    sites.told(site)
    result, lesson = Result.objects.get(), Lesson.objects.get()
    with sites.at_work("mirza") as by, pytest.raises(NotFound):
        report.take_back(by=by, uuid=site.uuid, what="result", number=result.pk)
    with sites.at_work("amra") as by:
        report.take_back(by=by, uuid=site.uuid, what="result", number=result.pk)
        with pytest.raises(NotFound):  # once
            report.take_back(by=by, uuid=site.uuid, what="result", number=result.pk)
        with pytest.raises(NotFound):
            report.take_back(by=by, uuid=site.uuid, what="organisation", number=1)
        assert not find(by, site.uuid).facts["results"]
    with sites.at_work("edita") as by:
        report.answer_lesson(by=by, lesson=lesson, text="Hvala.")
    with sites.at_work("amra") as by, pytest.raises(Overtaken):
        report.take_back(by=by, uuid=site.uuid, what="lesson", number=lesson.pk)
    assert Result.objects.exists()  # kept for who audits, shown to nobody


def test_who_gave_a_model_and_who_helps_are_told_by_mail_where_to_look(sites: Sites) -> None:
    first = sites.begun()
    site = sites.begun("mirza", "other", parent=first.uuid, mentor=sites.at("town").pk)
    assert [row.account.email for row in Message.objects.all()] == ["amra@demo.invalid"]
    with sites.at_work("mirza") as by:
        lesson = report.return_lesson(by=by, uuid=site.uuid, text="Protokol prije plana.")
    assert [row.account.email for row in Message.objects.filter(key__startswith="lesson")] == ["amra@demo.invalid"]
    with sites.at_work("amra") as by:
        report.answer_lesson(by=by, lesson=lesson, text="Hvala.")
    told = Message.objects.get(key__startswith="answered")
    assert told.account.email == "mirza@demo.invalid"
    assert "Protokol" not in told.body
