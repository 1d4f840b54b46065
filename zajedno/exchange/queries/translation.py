"""Texts of a version in other languages: which there are, and which are behind what they were made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField

from zajedno.exchange import rules
from zajedno.exchange.enums import PUBLIC, Translation
from zajedno.exchange.logic.template import digest
from zajedno.exchange.models import Practice, PracticeText, PracticeVersion
from zajedno.exchange.queries.practice import answers, find, is_own, newest, source
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation beside its source."""

    text: PracticeText
    source: PracticeText

    @property
    def is_stale(self) -> bool:
        return self.text.source_digest != digest_of(self.source)

    @property
    def missing(self) -> list[str]:
        """Keys that are written in the source and not here."""
        there = {key for key, text in answers(self.text).items() if text.strip()}
        return [key for key, text in answers(self.source).items() if text.strip() and key not in there]


def digest_of(text: PracticeText) -> str:
    return digest(text.title, text.summary, text.fields)


def to_translate(by: Actor, practice: Practice) -> PracticeVersion:
    """The version that is translated: the public one, or the newest where the practice is one's own."""
    if practice.published is not None and practice.state in PUBLIC:
        return practice.published
    if not is_own(by, practice):
        raise NotFound("")
    return newest(practice)


def translations(version: PracticeVersion) -> list[Translated]:
    """Every translation of a version, in the order of the languages."""
    original = source(version)
    order = [code for code, _name in settings.LANGUAGES]
    rows = [Translated(text, original) for text in version.texts.exclude(state=Translation.SOURCE)]
    return sorted(rows, key=lambda one: order.index(one.text.language) if one.text.language in order else 99)


def free_languages(version: PracticeVersion) -> list[tuple[str, str]]:
    """(code, name) of languages in which there is no text; Serbian in Latin is made from Cyrillic."""
    there = set(version.texts.values_list("language", flat=True))
    there |= {"sr-latn"} if "sr" in there else {"sr"} if "sr-latn" in there else set()
    return [(code, name) for code, name in settings.LANGUAGES if code not in there]


def find_translation(by: Actor, practice: Practice, language: str) -> Translated:
    version = to_translate(by, practice)
    text = version.texts.exclude(state=Translation.SOURCE).filter(language=language).first()
    if text is None:
        raise NotFound("")
    return Translated(text, source(version))


def translatable(by: Actor, text: str = "", lacking: str = "") -> QuerySet[Any]:
    """Published practices, the newest first, with `title` and `language` of the source.

    Every word of `text` stands in that title, in either script; `lacking`: there is no checked text in this language.
    """
    if not by.may(rules.TRANSLATE.key):
        return Practice.objects.none()
    source = text_of_source()
    rows = Practice.objects.filter(Q(state__in=PUBLIC))
    if lacking:
        done = (Translation.SOURCE, Translation.CHECKED)
        there = PracticeText.objects.filter(version=OuterRef("published"), language=lacking, state__in=done)
        rows = rows.exclude(Exists(there))
    for word in fold(text).split():
        folded = Func(F("title"), function="app.fold", output_field=TextField())
        rows = rows.filter(Exists(text_of_source().alias(folded=folded).filter(folded__contains=word)))
    rows = rows.annotate(title=Subquery(source.values("title")[:1]), language=Subquery(source.values("language")[:1]))
    return rows.select_related("organisation").order_by("-published_on", "-pk")


def text_of_source() -> QuerySet[PracticeText]:
    return PracticeText.objects.filter(version=OuterRef("published"), state=Translation.SOURCE)


def states(rows: Sequence[Practice]) -> dict[int, list[tuple[str, str]]]:
    """(language, state) of the published version's translations, by practice; one query."""
    found: dict[int, list[tuple[str, str]]] = {row.pk: [] for row in rows}
    texts = PracticeText.objects.filter(version__in=[row.published_id for row in rows])
    for key, language, state in (
        texts.exclude(state=Translation.SOURCE)
        .order_by("language")
        .values_list("version__practice", "language", "state")
    ):
        found[key].append((language, state))
    return found


def find_to_translate(by: Actor, uuid: object) -> Practice:
    """Published, or one's own."""
    practice = find(by, str(uuid))
    to_translate(by, practice)
    return practice
