"""No page of the exchange writes to an address for somebody else: one letter that only asks, with nothing of the sender
(that is: no text that a stranger typed) in it."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.exchange.award_world import Champions
from tests.exchange.gathering_world import Gatherings
from tests.world import World
from zajedno.access.actions import outbox
from zajedno.access.models import Message
from zajedno.exchange.models import Gathering
from zajedno.kernel.clock import now

pytestmark = pytest.mark.django_db
VICTIM, SPAM = "nista@demo.invalid", "Kupite jeftino https://spam.invalid"
REGISTER = {"name": SPAM, "email": VICTIM, "institution": SPAM, "needs": SPAM}
NOMINATE = {
    "kind": "person", "nominee": SPAM, "adult": "on", "role": SPAM, "institution": SPAM, "place": SPAM,
    "sector": "health", "email": VICTIM, "story": SPAM, "evidence": SPAM, "name": SPAM,
    "your_email": "drugi@demo.invalid", "unnamed": "on",
}  # fmt: skip


@pytest.fixture
def anybody() -> Client:
    cache.clear()
    return Client(headers={"accept-language": "en"})


def to(address: str) -> list[Message]:
    return list(Message.objects.filter(address=address).order_by("pk"))


def test_a_registration_for_somebody_else_is_one_letter_that_asks(world: World, anybody: Client) -> None:
    g = Gatherings(world)
    at = f"/exchange/gatherings/{g.gathering.slug}/register/"
    for email in (VICTIM, VICTIM.upper(), f" {VICTIM} ", VICTIM):
        assert anybody.post(at, REGISTER | {"email": email}).status_code == 302
    letters = to(VICTIM)
    assert len(letters) <= 2  # the second is the link once more, at most once a day
    for one in letters:
        assert "spam" not in (one.subject + one.body).lower()
        assert one.subject == "Confirm your registration"  # names neither the person nor what it is about
    assert Message.objects.filter(account__isnull=False).count() == 0


def test_a_nomination_writes_nothing_of_the_nominators(world: World, anybody: Client) -> None:
    c = Champions(world)
    assert anybody.post(f"/exchange/champions/nominate/{c.cycle.uuid}/", NOMINATE).status_code == 302
    assert to(VICTIM) == []  # not before the nominator has proved an address
    (asked,) = to("drugi@demo.invalid")
    assert "spam" not in (asked.subject + asked.body).lower()
    link = asked.body.split("https://testserver" if "https" in asked.body else "http://testserver")[1].split()[0]
    assert anybody.post(link).status_code == 302
    (letter,) = to(VICTIM)
    assert "spam" not in (letter.subject + letter.body).lower()
    assert letter.subject == "You are nominated as a champion of inclusion"


@pytest.mark.parametrize(
    "email",
    ["a@demo.invalid\r\nBcc: b@demo.invalid", "a@demo.invalid,b@demo.invalid", "a@demo.invalid b@demo.invalid",
     "<a@demo.invalid>", "a@demo.invalid\0", "a@", "@demo.invalid", "a@demo.invalid;", f"{'a' * 300}@demo.invalid"],
)  # fmt: skip
def test_an_address_is_one_address(world: World, anybody: Client, email: str) -> None:
    g = Gatherings(world)
    at = f"/exchange/gatherings/{g.gathering.slug}/register/"
    assert anybody.post(at, REGISTER | {"email": email}).status_code == 422
    assert not Message.objects.exists()


def test_no_break_of_a_title_gets_into_the_head_of_a_mail(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    g = Gatherings(world)
    Gathering.objects.update(titles={"en": "Meeting\r\nBcc: b@demo.invalid", "sr": "Сусрет\nBcc: b@demo.invalid"})
    outbox.write_to(address="a@demo.invalid", language="en", key="x", subject="A\r\nBcc: b@demo.invalid", body="B")
    g.come("a")
    while outbox.send_next():
        pass
    assert not Message.objects.filter(sent_on=None).exists()
    assert all(one.recipients() in (["a@demo.invalid"],) and "\n" not in one.subject for one in mail.outbox)
    assert len(mail.outbox) >= 3


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_others(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for key, subject in (("bad", "a\nb"), ("good", "a b")):
        Message.objects.create(key=key, address="a@demo.invalid", subject=subject, body="c", written_on=now())
    for _turn in range(3):
        outbox.send_next()
    assert [one.subject for one in mail.outbox] == ["a b"]
    assert Message.objects.get(key="bad").trouble


def test_the_desk_writes_to_those_who_came_and_to_nobody_else(world: World) -> None:
    """An organiser chooses an audience, never an address; whoever did not confirm theirs is in none."""
    g = Gatherings(world)
    g.come("a")
    g.ask("b")
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.accounts["edita"])
    at = f"/exchange/gathering-desk/{g.gathering.slug}/letters/new/"
    before = set(Message.objects.values_list("pk", flat=True))
    for audience in ("all", VICTIM, "asked", "", "b@demo.invalid"):
        given = {"audience": audience, "subject": "S", "body": "B", "address": VICTIM, "email": VICTIM, "to": VICTIM}
        assert client.post(at, given).status_code == 422
    assert client.post(at, {"audience": "confirmed", "subject": "S", "body": "B", "to": VICTIM}).status_code == 302
    letter = g.gathering.letters.get()
    assert client.post(f"/exchange/gathering-desk/{g.gathering.slug}/letters/{letter.uuid}/send/").status_code == 302
    assert [one.address for one in Message.objects.exclude(pk__in=before)] == ["a@demo.invalid"]
