"""Communities: who may what, what the database refuses, what an editor hides, and one letter of what is new."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.exchange.catalogue_world import publish
from tests.exchange.practice_world import Authors
from tests.world import World
from zajedno.access.actions import outbox
from zajedno.access.models import Account, AuditEntry, Message
from zajedno.exchange.actions import community, digest
from zajedno.exchange.enums import ContributionState, Theme
from zajedno.exchange.models import Contribution, ContributionMove, ContributionReport, Practice, Subscription
from zajedno.exchange.queries import community as queries
from zajedno.exchange.queries import digest as letters
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
SITE = "https://zajedno.primer.invalid"
MONDAY = date(2026, 6, 1)
NUMBER = "0405016825018"


class Talk(Authors):
    """`talk.asked()` by Dino, `talk.said(topic)` by Besa; Edita edits."""

    def asked(self, who: str = "dino", title: str = "Ko čuva kutak?", **changes: Any) -> Contribution:
        words = {"theme": "peers", "title": title, "text": "Kad pada kiša, u holu je tijesno.", "language": "bs"}
        with self.at_work(who) as by:
            return community.open_topic(by=by, **words | changes)

    def said(self, topic: Contribution, who: str = "besa", **changes: Any) -> Contribution:
        with self.at_work(who) as by:
            return community.answer(
                by=by, topic=topic, **{"text": "Дежурни наставник.", "language": "sr"} | changes
            )  # fmt: skip

    def does(self, who: str, verb: Callable[..., Any], **given: Any) -> Any:
        with self.at_work(who) as by:
            return verb(by=by, **given)

    def moderated(self, row: Contribution, act: str, who: str = "edita", reason: str = "Nije po pravilima.") -> None:
        self.does(who, community.moderate, row=row, act=act, reason=reason)

    def follows(self, who: str = "ana", *themes: str, often: str = "daily") -> Subscription:
        return self.does(who, digest.follow, themes=themes or ("peers",), digest=often, site=SITE)

    def sees(self, who: str, **asked: Any) -> list[Contribution]:
        return list(queries.topics(self.world.actor(who), **asked))

    def acts(self, who: str, row: Contribution) -> set[str]:
        by = self.world.actor(who)
        return set(queries.acts(by, queries.find(by, row.uuid)))


@pytest.fixture
def talk(world: World) -> Talk:
    return Talk(world)


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


# What the database refuses


def _raw(talk: Talk, **changes: Any) -> Contribution:
    fields = {"theme": "peers", "title": "A", "text": "B", "language": "bs", "written_by": talk.world.accounts["dino"],
              "organisation": talk.world.organisations["ngo"]}  # fmt: skip
    return Contribution.objects.create(**fields | changes)


BREAKS: dict[str, Callable[[Talk, Contribution, Contribution], object]] = {
    "topic without a theme": lambda talk, topic, row: _raw(talk, theme=""),
    "topic of an unknown theme": lambda talk, topic, row: _raw(talk, theme="x"),
    "topic without a title": lambda talk, topic, row: _raw(talk, title=""),
    "topic without a text": lambda talk, topic, row: _raw(talk, text=""),
    "answer with a title": lambda talk, topic, row: _raw(talk, topic=topic, theme=""),
    "answer with a theme": lambda talk, topic, row: _raw(talk, topic=topic, title=""),
    "answer below an answer": lambda talk, topic, row: _raw(talk, topic=row, theme="", title=""),
    "closed answer": lambda talk, topic, row: Contribution.objects.filter(pk=row.pk).update(closed_on=clock.now()),
    "accepted topic": lambda talk, topic, row: Contribution.objects.filter(pk=topic.pk).update(accepted_on=clock.now()),
    "unknown state": lambda talk, topic, row: Contribution.objects.update(state="x"),
    "taken back with its words": lambda talk, topic, row: Contribution.objects.update(state="taken_back"),
    "accepted and hidden": lambda talk, topic, row: Contribution.objects.filter(pk=row.pk).update(
        state="hidden", accepted_on=clock.now()
    ),
    "two accepted answers": lambda talk, topic, row: (
        Contribution.objects.filter(pk__in=[row.pk, talk.said(topic, "ana").pk]).update(accepted_on=clock.now())
    ),
    "unknown act": lambda talk, topic, row: ContributionMove.objects.create(
        contribution=row, act="x", reason="x", moved_by=1
    ),
    "act without a reason": lambda talk, topic, row: ContributionMove.objects.create(
        contribution=row, act="hide", moved_by=1
    ),
    "report without words": lambda talk, topic, row: ContributionReport.objects.create(
        contribution=row, why="", reported_by=talk.world.accounts["ana"]
    ),
    "report twice": lambda talk, topic, row: [
        ContributionReport.objects.create(contribution=row, why="x", reported_by=talk.world.accounts["ana"])
        for _time in range(2)
    ],
    "report settled by nobody": lambda talk, topic, row: ContributionReport.objects.create(
        contribution=row, why="x", reported_by=talk.world.accounts["ana"], settled_on=clock.now()
    ),
    "unknown theme followed": lambda talk, topic, row: Subscription.objects.create(
        account=talk.world.accounts["ana"], themes=["x"]
    ),
    "unknown rhythm": lambda talk, topic, row: Subscription.objects.create(
        account=talk.world.accounts["ana"], digest="x", site=SITE
    ),
    "letters whose links lead nowhere": lambda talk, topic, row: Subscription.objects.create(
        account=talk.world.accounts["ana"], digest="daily"
    ),
    "two subscriptions": lambda talk, topic, row: [
        Subscription.objects.create(account=talk.world.accounts["ana"]) for _time in range(2)
    ],
}  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS)
def test_rows_that_contradict_themselves_are_refused(talk: Talk, broken: str) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    with pytest.raises(IntegrityError), transaction.atomic():
        BREAKS[broken](talk, topic, row)


@pytest.mark.parametrize("change", [{"closed_on": clock.now()}, {"state": "hidden"}])
def test_an_answer_stands_below_an_open_topic(talk: Talk, change: dict[str, Any]) -> None:
    topic = talk.asked()
    Contribution.objects.update(**change)
    with pytest.raises(IntegrityError, match="answer_fits"), transaction.atomic():
        _raw(talk, topic=topic, theme="", title="")


CHANGES: dict[str, Callable[[], object]] = {
    "other words": lambda: Contribution.objects.update(text="Nešto drugo"),
    "another title": lambda: Contribution.objects.filter(topic=None).update(title="Drugo"),
    "words erased": lambda: Contribution.objects.update(text=""),
    "another theme": lambda: Contribution.objects.filter(topic=None).update(theme="early"),
    "somebody else": lambda: Contribution.objects.update(written_by=Account.objects.get(email="ana@demo.invalid")),
    "another day": lambda: Contribution.objects.update(written_on=clock.now()),
    "deleted": lambda: Contribution.objects.filter(topic__isnull=False).delete(),
    "move": lambda: ContributionMove.objects.update(reason="Drugo"),
    "move deleted": lambda: ContributionMove.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", [EXCHANGE, "none"])
def test_what_was_said_and_done_never_changes(talk: Talk, change: str, role: str) -> None:
    with clock.on(clock.today() - timedelta(days=3)):
        talk.moderated(talk.said(talk.asked()), "hide")
    with pytest.raises(DatabaseError), transaction.atomic(), acting(role, talk.world.accounts["edita"].pk):
        CHANGES[change]()


def test_what_was_taken_back_stays_so(talk: Talk) -> None:
    row = talk.asked()
    talk.does("dino", community.take_back, row=row)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(state="shown", title="A", text="B")


@pytest.mark.parametrize("table", [ContributionReport, ContributionMove])
def test_these_pages_delete_nothing(talk: Talk, table: type[Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE, talk.world.accounts["edita"].pk):
        table.objects.all().delete()


# The letter of what is new


def morning(day: date) -> list[Message]:
    """Letters of a morning, as the worker writes them."""
    known = set(Message.objects.values_list("pk", flat=True))
    with clock.on(day), acting(WORKER):
        digest.send_digests()
    return list(Message.objects.exclude(pk__in=known).order_by("pk"))


def test_nobody_gets_a_letter_they_did_not_choose(talk: Talk) -> None:
    with clock.on(MONDAY):
        talk.follows(often="none")
        talk.asked()
    assert morning(MONDAY + timedelta(days=8)) == []
    assert Subscription.objects.get().digest == "none"


def test_a_letter_tells_what_is_new_in_followed_themes_once(talk: Talk) -> None:
    Account.objects.filter(email="ana@demo.invalid").update(language="en")
    with clock.on(MONDAY - timedelta(days=1)):
        talk.asked(title="Ranije")
    with clock.on(MONDAY):
        talk.follows("ana", "peers", "early")
        topic = talk.asked(title="Ko čuva kutak?")
        talk.asked(title="Druga tema", theme="financing")
        hidden = talk.asked(title="Sakriveno")
        named = talk.asked(title="Prema Petru Petroviću", is_checked=True)
        talk.moderated(hidden, "hide")
        talk.asked("ana", title="Moje pitanje")
    _published("vrtici", MONDAY, ["early", "peers"])
    _published("ranije", MONDAY - timedelta(days=2), ["early"])
    _published("drugo", MONDAY, ["financing"])
    Message.objects.all().delete()
    assert morning(MONDAY) == [], "not yet"
    (letter,) = morning(MONDAY + timedelta(days=1))
    assert letter.account == talk.world.accounts["ana"]
    assert letter.subject == "New in the themes you follow"
    assert "Peer support – Questions" in letter.body
    for told in (f"- {topic.title}", f"{SITE}/exchange/community/{topic.uuid}/", "- Вртићи на селу", f"/{named.uuid}/"):
        assert letter.body.count(told) == 1, told
    for untold in (
        "Ranije",
        "Druga tema",
        "Sakriveno",
        "Petr",
        "Moje pitanje",
        "/ranije/",
        "/drugo/",
        "Dino",
        "Hodžić",
    ):
        assert untold not in letter.body, untold
    assert morning(MONDAY + timedelta(days=1)) == []
    assert morning(MONDAY + timedelta(days=2)) == [], "nothing new"
    with clock.on(MONDAY + timedelta(days=2)):
        talk.asked(title="Novo")
    (letter,) = morning(MONDAY + timedelta(days=3))
    assert ("- Novo" in letter.body, topic.title in letter.body) == (True, False)


def _published(slug: str, day: date, themes: list[str]) -> None:
    practice = publish(slug, themes=themes)
    with clock.on(day):
        Practice.objects.filter(pk=practice.pk).update(published_on=clock.now())


def test_a_week_is_seven_days_and_a_missed_morning_is_made_up_for(talk: Talk) -> None:
    with clock.on(MONDAY):
        talk.follows(often="weekly")
        talk.asked()
    Message.objects.all().delete()
    assert [len(morning(MONDAY + timedelta(days=day))) for day in (1, 6, 7, 8)] == [0, 0, 1, 0]
    with clock.on(MONDAY + timedelta(days=8)):
        talk.asked()
    assert [len(morning(MONDAY + timedelta(days=day))) for day in (13, 17, 18)] == [0, 1, 0]


def test_who_begins_to_hear_is_not_told_of_what_was_before(talk: Talk) -> None:
    with clock.on(MONDAY):
        talk.follows(often="none")
        talk.asked()
    with clock.on(MONDAY + timedelta(days=3)):
        talk.follows(often="daily")
    assert morning(MONDAY + timedelta(days=4)) == []


@pytest.mark.parametrize("gone", ["closed", "without a post"])
def test_who_is_no_member_any_more_gets_no_letter(talk: Talk, gone: str) -> None:
    ana = talk.world.accounts["ana"]
    with clock.on(MONDAY):
        talk.follows()
        talk.follows("besa")
        talk.asked()
    Message.objects.all().delete()
    if gone == "closed":
        Account.objects.filter(pk=ana.pk).update(is_active=False)
    else:
        Post.objects.filter(account=ana).update(until=MONDAY)
    assert [one.account for one in morning(MONDAY + timedelta(days=1))] == [talk.world.accounts["besa"]]


def test_a_letter_is_in_the_language_of_who_reads_it(talk: Talk) -> None:
    Account.objects.filter(email="ana@demo.invalid").update(language="sr-latn")
    with clock.on(MONDAY):
        talk.follows("ana", "early")
    _published("vrtici", MONDAY, ["early"])
    (letter,) = morning(MONDAY + timedelta(days=1))
    assert "- Vrtići na selu" in letter.body
    assert not re.search("[а-џ]", letter.body)


def test_a_letter_of_very_much_stays_a_letter(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "AT_MOST", 2)
    with clock.on(MONDAY):
        talk.follows()
        for number in range(5):
            talk.asked(title=f"Pitanje {number}")
    (letter,) = morning(MONDAY + timedelta(days=1))
    assert letter.body.count("- Pitanje") == 2


def test_what_is_new_is_read_once_for_all(talk: Talk) -> None:
    def cost(day: date) -> int:
        with clock.on(day - timedelta(days=1)):
            talk.asked()
        with CaptureQueriesContext(connection) as asked:
            morning(day)
        return sum("exchange_" in one["sql"] and one["sql"].startswith("SELECT") for one in asked)

    with clock.on(MONDAY):
        talk.follows("ana")
    one = cost(MONDAY + timedelta(days=1))
    with clock.on(MONDAY + timedelta(days=1)):
        for who in ("besa", "hana", "goran"):
            talk.follows(who)
        for number in range(4):
            talk.asked(title=f"Pitanje {number}")
    assert cost(MONDAY + timedelta(days=2)) == one


def test_the_link_of_a_letter_ends_the_letters(talk: Talk) -> None:
    with clock.on(MONDAY):
        row = talk.follows()
        talk.asked()
    Message.objects.all().delete()
    morning(MONDAY + timedelta(days=1))
    assert outbox.send_next()
    (sent,) = mail.outbox
    link = f"{SITE}/exchange/community/unsubscribe/{row.uuid}/{letters.token(row)}/"
    assert sent.extra_headers == {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert link in sent.body
    assert "Message-ID" in sent.message()
    other = talk.follows("besa")
    for uuid, token in ((row.uuid, "x"), (row.uuid, letters.token(other)), (talk.asked().uuid, letters.token(row))):
        with pytest.raises(NotFound):
            digest.unsubscribe(uuid=uuid, token=token)
    for _time in range(2):
        assert digest.unsubscribe(uuid=row.uuid, token=letters.token(row)).themes == ["peers"]
    assert Subscription.objects.get(pk=row.pk).digest == "none"
    entry = AuditEntry.objects.filter(verb="exchange.follow", detail={"digest": "none"}).get()
    assert entry.account == talk.world.accounts["ana"].pk
    assert morning(MONDAY + timedelta(days=9)) == []


def test_one_chooses_from_the_list(talk: Talk) -> None:
    for themes, often, why in ((["x"], "none", "choice"), (["peers"], "hourly", "choice"), ([], "daily", "themes")):
        with pytest.raises(Refused, match=why):
            talk.does("ana", digest.follow, themes=themes, digest=often, site=SITE)
    assert talk.follows("ana", *reversed(Theme.values)).themes == Theme.values
