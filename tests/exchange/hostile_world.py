"""An exchange with a row of every kind, in which whatever may be written is then written by somebody who means harm.

`Hostile(world).write(payload)` puts the payload into every text of every table of the exchange, past all verbs, as
they would stand there had one of them forgotten to look; also into names of people, institutions and places.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from tests.exchange.award_world import Champions, like
from tests.exchange.campaign_world import Campaigning
from tests.exchange.gathering_world import Gatherings
from tests.exchange.practice_world import Authors
from tests.exchange.site_world import Sites
from tests.exchange.test_practice import PICTURE
from tests.world import World
from zajedno.access.models import Account
from zajedno.exchange.actions import (
    campaign,
    community,
    digest,
    evaluation,
    figure,
    gathering_file,
    letter,
    nomination,
    programme,
    question,
    score,
    sought,
    taking,
)
from zajedno.exchange.actions import file as files
from zajedno.exchange.actions import gathering as gatherings
from zajedno.exchange.actions import model as keeping
from zajedno.exchange.actions import practice as writing
from zajedno.exchange.actions import site_report as report
from zajedno.exchange.actions import translation as translating
from zajedno.exchange.actions.editing import publish
from zajedno.exchange.actions.event import load_event
from zajedno.exchange.enums import Asked
from zajedno.exchange.logic.model import parts
from zajedno.exchange.models import Follow
from zajedno.exchange.queries import digest as digests
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Organisation, Post, Territory

EVENT = settings.PACKS_DIR / "common" / "events" / "exchange-of-good-practices.toml"
SITE = "https://demo.invalid"
# Texts that name something to the program, not to people: closed lists, checked where they are written.
NAMES = {
    "language", "currency", "begins", "ends", "component", "digest", "source_digest", "facet", "procedure", "form",
    "media_type", "cell", "key", "kind", "uuid", "day", "days", "code", "written_in", "room_id", "place_code", "site",
    "password", "step", "from_step", "to_step", "move", "outcome",
}  # fmt: skip
_MACHINE = re.compile(r"^[a-z0-9_:.+T-]*$")  # keys, moments and numbers inside JSON
_LINK = "https://demo.invalid/?"


class Hostile:
    """Dino's practice and its translation, Edita's gatherings, campaign and cycles, Amra's site; `ids` as in
    `tests.stories.town`: what fills the addresses."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ids: dict[str, object] = {}
        for build in (self._practice, self._talk, self._gathering, self._champions, self._sites, self._campaign):
            build()
        load_event(tomllib.loads(EVENT.read_text()), by=None)
        sought.count_search(themes=["early"], found=0)
        self.ids["events/key"] = EVENT.stem

    @property
    def people(self) -> list[str]:
        """All whose work is in the exchange."""
        wanted = Post.objects.filter(role__key__regex="^(exchange|practitioner)-").values_list("account", flat=True)
        return [who for who, account in self.world.accounts.items() if account.pk in {*wanted}]

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Each of the worlds brings an Edita of its own; the one before keeps her account under another address."""
        for who in ("edita", "jura", "nada", "esma", "strana"):
            if old := self.world.accounts.pop(who, None):
                Account.objects.filter(pk=old.pk).update(email=f"{who}-{old.pk}@demo.invalid")
                self.world.accounts[f"{who}-{old.pk}"] = old
        yield

    def _practice(self) -> None:
        authors = Authors(self.world)
        row = authors.written(amount=5, currency="BAM")
        with authors.at_work("dino") as by:
            picture = files.add_file(by=by, practice=row, **PICTURE)
            figure.add_figure(
                by=by, practice=row, indicator="Прегледано", before=Decimal(31), after=Decimal(118), source="Извештај"
            )
            writing.submit(by=by, practice=row, confirmed=True)
        review = authors.reviewed(row)
        with authors.at_work("edita") as by:
            publish(by=by, practice=row)
        row.refresh_from_db()
        with authors.at_work("petra") as by:
            translating.begin(by=by, practice=row, language="en")
        with acting(EXCHANGE):
            asked = question.ask(by=self.world.actor("jelena"), practice=row, text="Колико кошта?")
            open_ = question.ask(by=self.world.actor("jelena"), practice=row, text="Ко плаћа?")
        with authors.at_work("dino") as by:
            question.answer(by=by, question=asked, text="Општина.")
        Follow.objects.create(practice=row, account=self.world.accounts["dino"], saved=True)
        self.ids |= {
            "mine/uuid": row.uuid, "editing/uuid": row.uuid, "translations/uuid": row.uuid, "files/file": picture.uuid,
            "reviews/uuid": review.uuid, "step/step": "about", "figures/number": 1, "language": "en",
            "practices/slug": row.slug, "hide/uuid": asked.uuid, "use/code": "w-other",
            "practices/files/uuid": picture.uuid, "answer/uuid": open_.uuid, "data/ending": "json",
            "places/code": row.territory.code, "figures/indicator": "k2", "figures/chart": "trend",
            "figures/ending": "csv",
        }  # fmt: skip
        self.practice = row

    def _talk(self) -> None:
        """A question that is answered, was closed and opened again, and is reported; Dino follows its theme."""
        words = {"text": "Кад пада киша.", "language": "sr"}
        with acting(EXCHANGE):
            dino, besa, edita = (self.world.actor(who) for who in ("dino", "besa", "edita"))
            row = community.open_topic(by=dino, theme="peers", title="Ко чува кутак?", **words)
            community.answer(by=besa, topic=row, **words)
            community.moderate(by=edita, row=row, act="close", reason="Доста.")
            community.moderate(by=edita, row=row, act="reopen", reason="Ипак.")
            community.report(by=besa, row=row, why="Није лепо.")
            follows = digest.follow(by=dino, themes=["peers"], digest="daily", site=SITE)
        self.ids |= {
            "community/uuid": row.uuid, "community/act": "report", "unsubscribe/uuid": follows.uuid,
            "unsubscribe/token": digests.token(follows),
        }  # fmt: skip

    def _gathering(self) -> None:
        with self._apart():
            g = self.gatherings = Gatherings(self.world)
        offered = g.decide(g.propose(practice=self.practice.slug))
        open_ = g.propose(title="Друга", abstract="Још једна.")
        slot = g.place(g.at(9), g.at(10), "Гласна Особа", title="Прва", proposal=offered.uuid)
        g.place(g.at(9), g.at(10), "Гласна Особа", title="Друга")  # a conflict, which the desk shows
        came = [g.come(who, institution="Школа", needs="Рампа") for who in "abc"]
        with g.at_work("edita") as by:
            programme.add_handout(
                by=by, gathering=g.gathering, session=slot.uuid, title="Слајдови", link=_LINK, licence="CC BY 4.0"
            )
            gatherings.agree(
                by=by, gathering=g.gathering, guest=g.world.organisations["ngo"].pk,
                host=g.world.organisations["school"].pk, what="Како раде",
            )  # fmt: skip
            written = letter.write(
                by=by, gathering=g.gathering, audience="confirmed", subject="Пут", body="{name}: {link}"
            )
            shown = gathering_file.add_file(by=by, gathering=g.gathering, **PICTURE)
            agreed = g.gathering.agreed.get()
        with clock.on(g.gathering.begins_on), acting(EXCHANGE):
            evaluation.evaluate(
                slug=g.gathering.slug, uuid=came[1].uuid, token=g.token(came[1]), marks=dict.fromkeys(Asked.values, 4),
                changes="Више времена.", remarks="Хвала.",
            )  # fmt: skip
        g.release()
        with g.at_work("edita") as by:
            programme.place(by=by, gathering=g.gathering, session=slot.uuid, placed=programme.Placed(
                kind="presentation", title="Прва, касније", begins=g.at(10), ends=g.at(11), room=g.rooms[0].pk,
                proposal=offered.uuid,
            ))  # fmt: skip
        self.ids |= {
            "gatherings/slug": g.gathering.slug, "gathering-desk/slug": g.gathering.slug, "sessions/uuid": slot.uuid,
            "registration/uuid": came[0].uuid, "registration/token": g.token(came[0]), "propose/uuid": open_.uuid,
            "state/state": "closed", "call/key": "t1", "proposals/uuid": open_.uuid, "programme/uuid": slot.uuid,
            "speakers/speaker": slot.speakers.get().pk, "people/uuid": came[0].uuid, "letters/uuid": written.uuid,
            "gathering-desk/files/uuid": shown.uuid, "gatherings/files/uuid": shown.uuid, "visits/uuid": agreed.uuid,
            "visits/act": "call_off",
            "releases/number": 1,
        }  # fmt: skip

    def _champions(self) -> None:
        with self._apart():
            c = Champions(self.world, mode="by_category", categories="Здравство | Zdravstvo | Health")
        category = c.cycle.categories.get().pk
        champion = c.agreed(like(category=category))
        c.jury("jura", "nada")
        c.score("jura", champion, 9, 8)
        with c.at_work("nada") as by:
            score.declare(by=by, nomination=champion)
        (honour,) = c.decide(champion)
        c.publish()
        c.cycle = c.open()
        c.jury("jura")
        self.judged = c.agreed(like(email="treca@demo.invalid", nominee="Трећа Измишљена"))
        waiting = c.add(like(email="druga@demo.invalid"))
        with acting(EXCHANGE):
            sent = nomination.nominate(
                cycle=c.cycle.uuid,
                said=like(email="x@demo.invalid"),
                language="sr",
                site=SITE,
                name="С",
                email="s@x.rs",
            )
        self.ids |= {
            "nominate/uuid": c.cycle.uuid, "awards/uuid": c.cycle.uuid, "nominations/uuid": champion.uuid,
            "jury/number": c.cycle.jury.get().pk,
            "champions/slug": honour.slug, "said/what": "thanks", "confirm/token": c.to(sent, "confirm"),
            "consent/token": c.to(waiting, "ask"),
        }  # fmt: skip
        self.champion = c.to(champion, "agreed")

    def _sites(self) -> None:
        with self._apart():
            sites = Sites(self.world)
        parent = sites.begun("mirza", "other", practice=self.practice.slug)
        site = sites.begun(parent=parent.uuid)
        sites.ready(site, unmet=1, in_spite="Зато.")
        sites.told(site)
        core = parent.model.core[0]["key"]
        with sites.at_work("amra") as by:
            for _twice in range(2):
                told = report.adapt(by=by, uuid=site.uuid, component=core, what="Другачије", reason="Нема возила")
            report.take_back(by=by, uuid=site.uuid, what="adaptation", number=told.pk)
            lesson = report.return_lesson(by=by, uuid=site.uuid, text="Протокол пре плана.")
        with sites.at_work("mirza") as by:
            report.answer_lesson(by=by, lesson=site.lessons.first(), text="Хвала.")
        sites.move(site, "settle_readiness")
        with sites.at_work("mirza") as by:
            taking.take(by=by, practice=self.practice, organisation=sites.at("other").pk, note="Од јесени.")
        with sites.at_work("edita") as by:
            own = keeping.begin_model(
                by=by, organisation=sites.at("ministry").pk, titles={"en": "Open doors"}, said={"core": parts("Врата")}
            ).package
        self.ids |= {
            "models/slug": sites.package.slug, "begin/slug": sites.package.slug, "sites/models/slug": own.slug,
            "sites/uuid": site.uuid, "sites/lessons/uuid": lesson.uuid, "move/key": "give_up",
            "back/what": "adaptation", "told/number": site.adaptations.first().pk,
        }  # fmt: skip

    def _campaign(self) -> None:
        with self._apart():
            led = Campaigning(self.world)
        led.publish()
        with led.at_work("edita") as by:
            campaign.tell_activity(by=by, campaign=led.campaign, place="Тутин", what="Изложба", day=today(), reach=9)
            campaign.add_material(by=by, campaign=led.campaign, title="Плакат", link=_LINK, licence="CC BY 4.0")
        wave = led.open()
        led.answers(wave, 3, 2)
        self.ids |= {
            "out/what": "activity",
            "campaigns/slug": led.campaign.slug,
            "campaigning/slug": led.campaign.slug,
            "wave": wave.uuid,
        }

    def empty(self) -> set[str]:
        """Tables of the exchange of which there is no row."""
        return {model.__name__ for model in _models() if not model._default_manager.exists()}

    def write(self, payload: str) -> None:
        """Everywhere at once. Triggers, which would refuse some of it, stand aside; checks of the tables do not."""
        with connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            for model in (*_models(), Account, Organisation, Territory):
                for row in model._default_manager.all():
                    changed = {one.attname: value for one in model._meta.local_concrete_fields
                               if (value := _said(one, row, payload)) is not None}  # fmt: skip
                    model._default_manager.filter(pk=row.pk).update(**changed) if changed else None
            cursor.execute("set local session_replication_role = origin")
            cursor.execute("select app.exchange_relist(array(select id from exchange_practice))")


def _models() -> list[type[models.Model]]:
    return [
        one for one in apps.get_app_config("exchange").get_models() if one.__name__ not in ("Listing", "FacetCount")
    ]


def _said(field: Any, row: models.Model, payload: str) -> Any:
    """What stands in this field instead; None where it stays."""
    value = getattr(row, field.attname)
    if field.name in NAMES or field.choices or not value or field.primary_key or field.is_relation:
        return None
    if isinstance(field, models.URLField):
        return (_LINK + payload)[: field.max_length]
    if isinstance(field, models.SlugField | models.EmailField):
        return None
    if isinstance(field, models.JSONField):
        return None if field.name in ("marks", "answers", "quotas", "margins", "readiness") else _inside(value, payload)
    if isinstance(field, models.TextField):
        return payload
    if isinstance(field, models.CharField) and (field.max_length or 0) >= 20:
        return _short(payload, field.max_length or 0, row.pk)
    return None


def _short(payload: str, most: int, key: Any) -> str:
    """The end tells rows apart where names are given once."""
    mark = f" {key}"[-8:]
    return payload[: most - len(mark)] + mark


def _inside(value: Any, payload: str) -> Any:
    if isinstance(value, dict):
        return {key: one if key in NAMES else _inside(one, payload) for key, one in value.items()}
    if isinstance(value, list):
        return [_inside(one, payload) for one in value]
    return payload if isinstance(value, str) and not _MACHINE.match(value) else value
