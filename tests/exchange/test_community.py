"""Communities: what is not taken, who may what, what an editor hides, and what is found."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.community_world import Talk
from zajedno.access.models import AuditEntry, Message
from zajedno.exchange.actions import community
from zajedno.exchange.enums import ContributionState
from zajedno.exchange.models import Contribution, ContributionReport
from zajedno.exchange.queries import community as queries
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
NUMBER = "0405016825018"


# Words


@pytest.mark.parametrize(
    ("text", "why"),
    [(" ", "empty"), ("riječ " * 10_000, "too_long"), (f"Broj je {NUMBER}.", "number"), ("Učenik M. P.", "naming")],
)
def test_what_is_not_taken(talk: Talk, text: str, why: str) -> None:
    topic = talk.asked()
    for act in (lambda: talk.asked(text=text), lambda: talk.said(topic, text=text)):
        with pytest.raises(Refused, match=why):
            act()
    assert Contribution.objects.count() == 1


def test_a_title_is_looked_at_too_and_a_theme_is_one_of_ours(talk: Talk) -> None:
    for changes, why in (
        ({"title": "Dječak Amar"}, "naming"),
        ({"title": "x" * 201}, "too_long"),
        ({"theme": "x"}, "theme"),
    ):
        with pytest.raises(Refused, match=why):
            talk.asked(**changes)
    assert talk.asked(title=" Ko \n čuva? ").title == "Ko čuva?"


def test_who_says_that_it_is_no_child_is_heard_but_never_with_a_number(talk: Talk) -> None:
    assert talk.asked(text="Prema Petru Petroviću.", is_checked=True).confirmed
    assert not talk.asked().confirmed
    with pytest.raises(Refused, match="number"):
        talk.asked(text=f"Broj {NUMBER}", is_checked=True)


def test_one_person_does_not_fill_the_place(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community, "MOST", 2)
    talk.said(talk.asked(), who="dino")
    with pytest.raises(Refused, match="too_many"):
        talk.asked()
    talk.asked("ana")
    with clock.on(clock.today() + timedelta(days=2)):
        talk.asked()


# Who may what


def test_only_who_holds_a_post_reads_and_writes(talk: Talk) -> None:
    topic = talk.asked()
    Post.objects.filter(account=talk.world.accounts["ana"]).delete()
    assert talk.sees("ana") == []
    assert talk.sees("eva") == [topic]
    with pytest.raises(NotPermitted):
        talk.asked("ana")
    with pytest.raises(NotPermitted):
        talk.follows("ana")
    with pytest.raises(NotFound):
        talk.said(topic, "ana")


def test_what_is_offered_is_what_may_be_done(talk: Talk) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    assert talk.acts("dino", topic) == {"answer", "take-back"}
    assert talk.acts("besa", topic) == {"answer", "report"}
    assert talk.acts("edita", topic) == {"answer", "report", "hide", "close"}
    assert talk.acts("dino", row) == {"accept", "report"}
    assert talk.acts("besa", row) == {"take-back"}
    talk.does("dino", community.accept, answer=row)
    assert talk.acts("dino", row) == {"unaccept", "report"}
    talk.moderated(topic, "close")
    assert talk.acts("edita", topic) == {"report", "hide", "reopen"}
    talk.moderated(row, "hide")
    assert talk.acts("edita", row) == {"restore"}


def test_who_asked_says_which_answer_helped_and_may_think_again(talk: Talk) -> None:
    topic = talk.asked()
    first, second = talk.said(topic), talk.said(topic, "ana")
    with pytest.raises(NotPermitted):
        talk.does("besa", community.accept, answer=first)
    for row in (first, second):
        talk.does("dino", community.accept, answer=row)
    assert list(queries.answers(talk.world.actor("eva"), topic)) == [second, first]
    assert talk.sees("eva")[0].accepted
    with pytest.raises(Overtaken):
        talk.does("dino", community.accept, answer=second)
    talk.does("dino", community.accept, answer=second, accepted=False)
    assert not Contribution.objects.filter(accepted_on__isnull=False).exists()


def test_an_answer_is_told_to_who_asked_once_a_day(talk: Talk) -> None:
    topic = talk.asked()
    for _number in range(2):
        talk.said(topic)
    talk.said(topic, "dino")
    letter = Message.objects.get()
    assert letter.account == talk.world.accounts["dino"]
    assert str(topic.uuid) in letter.body
    Message.objects.all().delete()
    Post.objects.filter(account=letter.account).delete()
    talk.said(topic)
    talk.moderated(topic, "close")
    assert not Message.objects.exists(), "who holds no post could not read it"


def test_only_an_editor_moderates_and_nobody_their_own(talk: Talk) -> None:
    own, other = talk.asked("edita"), talk.asked()
    for who, row in (("dino", own), ("besa", other), ("edita", own)):
        for act in ("hide", "close"):
            with pytest.raises(NotPermitted):
                talk.moderated(row, act, who)
    with pytest.raises(Refused, match="empty"):
        talk.moderated(other, "hide", reason=" ")
    with pytest.raises(NotFound):
        talk.moderated(other, "take-back")
    with pytest.raises(Overtaken):
        talk.moderated(other, "restore")


def test_what_is_hidden_is_read_by_its_author_with_the_reason_and_comes_back(talk: Talk) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    talk.does("dino", community.accept, answer=row)
    Message.objects.all().delete()
    talk.moderated(row, "hide", reason="Imenuje nekoga.")
    letter = Message.objects.get()
    assert (letter.account, "Imenuje" in letter.subject + letter.body) == (talk.world.accounts["besa"], False)
    for who, shown in (("ana", []), ("dino", []), ("besa", [row]), ("edita", [row])):
        assert list(queries.answers(talk.world.actor(who), topic)) == shown, who
    assert queries.notes([row])[row.pk].reason == "Imenuje nekoga."
    assert talk.sees("ana", show="waiting") == [topic]
    assert talk.sees("ana", text="дежурни") == []
    talk.moderated(row, "restore", reason="Ipak ne.")
    assert list(queries.answers(talk.world.actor("ana"), topic)) == [row]
    talk.moderated(topic, "hide")
    assert talk.sees("ana") == []
    assert talk.sees("dino") == [topic]
    with pytest.raises(NotFound):
        queries.find(talk.world.actor("ana"), row.uuid)
    with pytest.raises(NotFound):
        talk.said(topic, "ana")
    told = [entry.detail["act"] for entry in AuditEntry.objects.filter(verb="exchange.edit").order_by("position")]
    assert told == ["hide", "restore", "hide"]


def test_a_closed_topic_takes_no_answers_until_it_is_opened(talk: Talk) -> None:
    topic = talk.asked()
    talk.moderated(topic, "close")
    assert talk.sees("ana") == [topic]
    with pytest.raises(Overtaken):
        talk.said(topic)
    talk.moderated(topic, "reopen")
    talk.said(topic)


def test_what_is_taken_back_is_erased_and_found_by_nobody(talk: Talk) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    with pytest.raises(NotPermitted):
        talk.does("edita", community.take_back, row=row)
    talk.does("besa", community.take_back, row=row)
    row.refresh_from_db()
    assert (row.state, row.text, row.search) == (ContributionState.TAKEN_BACK, "", "")
    talk.does("dino", community.take_back, row=topic)
    for who in ("dino", "besa", "ana", "edita"):
        assert talk.sees(who) == []
        with pytest.raises(NotFound):
            queries.find(talk.world.actor(who), row.uuid)
    with pytest.raises(NotFound):
        talk.does("dino", community.take_back, row=topic)


def test_a_report_reaches_the_editors_once_and_is_settled(talk: Talk) -> None:
    topic = talk.asked()
    Message.objects.all().delete()
    talk.does("besa", community.report, row=topic, why="Vidi se o kome je riječ.")
    with pytest.raises(Overtaken):
        talk.does("besa", community.report, row=topic, why="Još jednom.")
    talk.does("ana", community.report, row=topic, why="I ja.")
    assert [one.account for one in Message.objects.select_related("account")] == [talk.world.accounts["edita"]]
    assert list(queries.reported(talk.world.actor("edita"))) == [topic]
    assert not queries.reported(talk.world.actor("besa")).exists()
    assert len(queries.reasons([topic])[topic.pk]) == 2
    with pytest.raises(NotPermitted):
        talk.does("besa", community.leave, row=topic)
    talk.does("edita", community.leave, row=topic)
    assert not queries.reported(talk.world.actor("edita")).exists()
    with pytest.raises(Overtaken):
        talk.does("edita", community.leave, row=topic)
    talk.does("besa", community.report, row=topic, why="Opet.")
    talk.moderated(topic, "hide")
    assert not ContributionReport.objects.filter(settled_on=None).exists()
    with pytest.raises(NotFound):
        talk.does("dino", community.report, row=talk.asked(), why="Svoje.")


# Finding


def test_topics_are_found_by_words_in_either_script_also_of_their_answers(talk: Talk) -> None:
    first, second = talk.asked(), talk.asked(title="Превоз деце", theme="early", language="sr", text="Комби.")
    talk.said(first)
    for words, found in (("kutak", [first]), ("кутак", [first]), ("prevoz", [second]), ("dežurni", [first]), ("x", [])):
        assert talk.sees("ana", text=words) == found, words
    assert talk.sees("ana") == [second, first]
    assert talk.sees("ana", themes=["early"]) == [second]
    assert talk.sees("ana", themes=[]) == []
    assert talk.sees("ana", show="answered") == [first]
    assert talk.sees("ana", show="waiting") == [second]
    assert talk.sees("besa", show="mine") == [first]
    assert [one.shown_answers for one in talk.sees("ana")] == [0, 1]


def test_a_list_of_many_costs_what_a_list_of_one_costs(talk: Talk) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            for row in talk.sees("edita"):
                assert row.written_by.name
                assert str(row.organisation)
        return len(asked)

    talk.said(talk.asked())
    one = cost()
    for number in range(5):
        talk.said(talk.asked(title=f"Pitanje {number}"), "ana")
    assert cost() == one
