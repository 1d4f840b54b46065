"""Colleagues who ask and answer: Dino asks, Besa answers, Ana follows, Edita edits. All invented."""

from collections.abc import Callable
from typing import Any

from tests.exchange.practice_world import Authors
from zajedno.exchange.actions import community, digest
from zajedno.exchange.models import Contribution, Subscription
from zajedno.exchange.queries import community as queries

SITE = "https://zajedno.primer.invalid"


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
