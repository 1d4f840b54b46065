"""One letter of what is new: to whom, of what, how often, and how it ends."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.catalogue_world import publish
from tests.exchange.community_world import SITE, Talk
from zajedno.access.actions import outbox
from zajedno.access.models import Account, AuditEntry, Message
from zajedno.exchange.actions import digest
from zajedno.exchange.enums import Theme
from zajedno.exchange.models import Practice, Subscription
from zajedno.exchange.queries import digest as letters
from zajedno.kernel import clock
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)


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
