"""Published practices and the seed events, as rows for tests. All people and practices are invented."""

import tomllib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from tests.places import factories as places
from zajedno.exchange.actions.event import load_event
from zajedno.exchange.logic.template import digest
from zajedno.exchange.models import Practice, PracticeText, PracticeVersion
from zajedno.places.actions.load import load_places

BEGUN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SERBIAN = {"sr": ("Вртићи на селу", "Путујућа група у вртићу за децу удаљених села.", {"results": "Двадесеторо деце."})}


def publish(
    slug: str = "vrtici", texts: dict[str, tuple[str, str, dict[str, str]]] | None = None, **given: Any
) -> Practice:
    """A public practice; the first of `texts` (language: title, summary, fields) is the source. `day` orders them."""
    texts = texts or SERBIAN
    language, (title, summary, fields) = next(iter(texts.items()))
    organisation = given.pop("organisation", None) or places.organisation("Удружење Тутин")
    published_on = BEGUN + timedelta(days=given.pop("day", 0))
    state, states = given.pop("state", "published"), given.pop("states", {})
    practice = Practice.objects.create(
        slug=slug, author=given.pop("author", None) or places.account(), organisation=organisation,
        territory=given.pop("territory", None) or organisation.territory, published_on=published_on,
        form=given.pop("form", ""),
    )  # fmt: skip
    facts = {"themes": ["early"], "sectors": ["education"], "targets": ["preschool"], "evidence": "counted"} | given
    version = PracticeVersion.objects.create(
        practice=practice, number=1, language=language, frozen_on=published_on, **facts
    )
    for code, (one, two, three) in texts.items():
        source = code == language
        PracticeText.objects.create(
            version=version, language=code, title=one, summary=two, fields=three, written_by=practice.author_id,
            state="source" if source else states.get(code, "checked"),
            source_digest="" if source else digest(title, summary, fields),
        )  # fmt: skip
    practice.published, practice.state = version, state
    practice.save()
    return practice


def load_events() -> None:
    """The places of Serbia and the events of the packs."""
    load_places(settings.PACKS_DIR / "rs")
    for path in sorted((settings.PACKS_DIR / "common" / "events").glob("*.toml")):
        load_event(tomllib.loads(path.read_text()), by=None)
