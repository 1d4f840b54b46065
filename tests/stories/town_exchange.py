"""What the town keeps at the exchange: a row of every kind, and nothing of the child."""

import tomllib
from decimal import Decimal

from django.conf import settings

from tests.exchange.award_world import SITE, Champions, like
from tests.exchange.campaign_world import Campaigning
from tests.exchange.gathering_world import Gatherings
from tests.exchange.practice_world import Authors
from tests.exchange.site_world import Sites
from tests.exchange.test_practice import PICTURE
from tests.places import factories
from tests.world import World
from zajedno.exchange.actions import gathering_file
from zajedno.exchange.actions.campaign import tell_activity
from zajedno.exchange.actions.community import open_topic
from zajedno.exchange.actions.digest import follow
from zajedno.exchange.actions.editing import publish
from zajedno.exchange.actions.event import load_event
from zajedno.exchange.actions.figure import add_figure
from zajedno.exchange.actions.file import add_file
from zajedno.exchange.actions.letter import write as write_letter
from zajedno.exchange.actions.model import begin_model
from zajedno.exchange.actions.nomination import nominate
from zajedno.exchange.actions.pact import propose as propose_pact
from zajedno.exchange.actions.practice import submit
from zajedno.exchange.actions.question import ask
from zajedno.exchange.actions.site_report import adapt, return_lesson
from zajedno.exchange.actions.translation import begin as begin_translation
from zajedno.exchange.logic.model import parts
from zajedno.exchange.models import Practice
from zajedno.exchange.queries.digest import token
from zajedno.kernel.fence import EXCHANGE, acting

EVENT = settings.PACKS_DIR / "common" / "events" / "exchange-of-good-practices.toml"


class Exchange:
    """`ids`: a real row for each place in an address of the exchange, as `Town` has them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ids: dict[str, object] = {
            **self._champions(), **self._gathering(), **self._practices(), **self._sites(), **self._community(),
            **self._campaigns(),
        }  # fmt: skip

    def _champions(self) -> dict[str, object]:
        """A cycle that is over, with a champion, and an open one with nominations that wait for an answer."""
        champions = Champions(self.world)
        champion = champions.agreed()
        (honour,) = champions.decide(champion)
        champions.publish()
        open_ = champions.cycle = champions.open()
        waiting = champions.add(like(email="druga@demo.invalid"))
        (seat,) = champions.jury("jura")
        sent = nominate(
            cycle=open_.uuid, said=like(email="treca@demo.invalid"), language="sr", site=SITE, name="С", email="s@x.rs"
        )
        return {
            "nominate/uuid": open_.uuid, "awards/uuid": open_.uuid, "nominations/uuid": champion.uuid,
            "champions/slug": honour.slug, "said/what": "thanks", "confirm/token": champions.to(sent, "confirm"),
            "consent/token": champions.to(waiting, "ask"), "awards/jury/number": seat.pk,
        }  # fmt: skip

    def _gathering(self) -> dict[str, object]:
        """A gathering that Edita prepares: called for, released, with a speaker, somebody who comes, and a letter."""
        made = Gatherings(self.world)
        proposed = made.propose("ana")
        slot = made.place(made.at(9), made.at(10), "Гласна Особа")
        made.release()
        coming = made.come("gost")
        with made.at_work("edita") as by:
            kept = gathering_file.add_file(by=by, gathering=made.gathering, **PICTURE)
            letter = write_letter(
                by=by, gathering=made.gathering, audience="confirmed", subject="Скуп", body="Видимо се."
            )
        slug = made.gathering.slug
        return {
            "gatherings/slug": slug, "gathering-desk/slug": slug, "gatherings/sessions/uuid": slot.uuid,
            "registration/uuid": coming.uuid, "registration/token": made.token(coming),
            "propose/uuid": proposed.uuid, "proposals/uuid": proposed.uuid, "releases/number": 1,
            "gatherings/files/uuid": kept.uuid, "gathering-desk/files/uuid": kept.uuid, "state/state": "closed",
            "call/key": made.track.key, "programme/uuid": slot.uuid, "speakers/speaker": slot.speakers.get().pk,
            "gathering-desk/people/uuid": coming.uuid,
            "gathering-desk/letters/uuid": letter.uuid,
        }  # fmt: skip

    def _practices(self) -> dict[str, object]:
        """Dino's practice in Bosnian, reviewed and published with a picture, and begun in English."""
        authors = Authors(self.world)
        row = authors.written()
        with authors.at_work("dino") as by:
            kept = add_file(by=by, practice=row, **PICTURE)
            submit(by=by, practice=row, confirmed=True)
        written = authors.reviewed(row)
        with authors.at_work("edita") as by:
            publish(by=by, practice=row)
        row.refresh_from_db()
        draft = authors.begun(title="Drugi primjer")
        with authors.at_work("dino") as by:
            paper = add_file(by=by, practice=draft, **PICTURE)
            add_figure(by=by, practice=draft, indicator="Djeca", before=None, after=Decimal(40), source="Izvještaj")
        with authors.at_work("petra") as by:
            begin_translation(by=by, practice=row, language="en")
        return {
            "mine/uuid": draft.uuid, "mine/files/file": paper.uuid,
            "editing/uuid": row.uuid, "translations/uuid": row.uuid, "files/file": kept.uuid,
            "reviews/uuid": written.uuid, "step/step": "about", "language": "en",
            "practices/slug": row.slug, "practices/files/uuid": kept.uuid, **self._public(row),
        }  # fmt: skip

    def _sites(self) -> dict[str, object]:
        """Amra's place takes a model over from Mirza's, who has a lesson to answer; and a model that Edita keeps."""
        sites = Sites(self.world)
        site = sites.begun(parent=sites.begun("mirza", "other").uuid)
        with sites.at_work("amra") as by:
            lesson = return_lesson(by=by, uuid=site.uuid, text="Протокол пре плана.")
            pact = propose_pact(
                by=by, organisation=sites.at("town").pk, other=sites.at("other").pk, hosts=False, kind="visit",
                what="Рад у селима",
            )  # fmt: skip
            changed = adapt(by=by, uuid=site.uuid, component=site.model.core[0]["key"], what="Без села.", reason="Пут.")
        with sites.at_work("edita") as by:
            own = begin_model(
                by=by, organisation=sites.at("ministry").pk, titles={"en": "Open doors"}, said={"core": parts("Врата")}
            ).package
        return {
            "models/slug": sites.package.slug, "begin/slug": sites.package.slug, "sites/models/slug": own.slug,
            "visits/uuid": pact.uuid, "visits/act": "off",
            "sites/uuid": site.uuid, "sites/lessons/uuid": lesson.uuid, "move/key": "give_up",
            "back/what": "adaptation", "told/number": changed.pk,
        }  # fmt: skip

    def _community(self) -> dict[str, object]:
        """What Dino asked, which everybody with a post may report; Ana's letters, and the link that ends them."""
        with acting(EXCHANGE):
            topic = open_topic(
                by=self.world.actor("dino"), theme="peers", title="Ko čuva kutak?", text="Na odmoru.", language="bs"
            )
            row = follow(by=self.world.actor("ana"), themes=["peers"], digest="daily", site="https://demo.invalid")
        return {
            "community/uuid": topic.uuid, "community/act": "report", "unsubscribe/uuid": row.uuid,
            "unsubscribe/token": token(row),
        }  # fmt: skip

    def _campaigns(self) -> dict[str, object]:
        """Edita's campaign with something done and a wave that anybody can answer."""
        led = Campaigning(self.world, "ministry")
        led.publish()
        with led.at_work("edita") as by:
            done = tell_activity(by=by, campaign=led.campaign, place="Суботица", what="Отворени час")
        wave = led.open()
        return {
            "campaigns/slug": led.campaign.slug, "campaigning/slug": led.campaign.slug, "survey/wave": wave.uuid,
            "wave/wave": wave.uuid, "out/what": "activity", "out/told/number": done.pk,
        }  # fmt: skip

    def _public(self, practice: Practice) -> dict[str, object]:
        """A question to Dino that waits, and what packs bring of events and places."""
        with acting(EXCHANGE):
            row = ask(by=self.world.actor("jelena"), practice=practice, text="Колико кошта?")
        load_event(tomllib.loads(EVENT.read_text()), by=None)
        return {
            "answer/uuid": row.uuid, "hide/uuid": row.uuid, "take-over/slug": practice.slug, "figures/number": 1,
            "use/code": self.world.organisations["school"].code,
            "events/key": EVENT.stem, "places/code": factories.territory().code,
            "data/ending": "json",
        }  # fmt: skip
