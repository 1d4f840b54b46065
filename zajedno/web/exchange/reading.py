"""A practice as somebody reads it: in their language, or in the one it was written in, marked as such."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.exchange.enums import Evidence, State, Translation
from zajedno.exchange.logic.template import FIELDS, lines
from zajedno.exchange.queries.translation import digest_of
from zajedno.kernel.script import latin
from zajedno.places.queries.territory import country_names
from zajedno.web.shared.language import NAMES, USUAL, tag
from zajedno.web.shared.pieces import Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Practice, PracticeText
    from zajedno.exchange.queries.catalogue import Hit

CUT = 220  # letters of a summary in a list


def cut(text: str) -> str:
    """At a word, where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= CUT else f"{text[:CUT].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True, slots=True)
class Card:
    """A practice in a list."""

    slug: str
    title: str
    short: str
    lang: str
    place: str
    evidence: Any
    used: int
    marks: tuple[Tag, ...]
    day: datetime


def cards(hits: Iterable["Hit"], names: Mapping[str, str] | None = None) -> list[Card]:
    """In the language of the page where there is such a text; `names` of countries, where a page has them already."""
    code, names = get_language() or USUAL, country_names() if names is None else names
    return [_card(one, code, names) for one in hits]


def _card(one: "Hit", code: str, names: Mapping[str, str]) -> Card:
    made = code == "sr-latn" and code not in one.texts and "sr" in one.texts  # the same words, written in Latin
    language = "sr" if made else code if code in one.texts else one.source
    state, title, summary = one.texts[language]
    short = cut(summary)
    marks = [Tag(_("Needs an update"), "wait")] if one.state == State.NEEDS_UPDATE else []
    if state == Translation.MACHINE:
        marks.append(Tag(Translation.MACHINE.label, "wait"))
    return Card(
        slug=one.slug, title=latin(title) if made else title, short=latin(short) if made else short,
        lang=tag(code if made else language), place=f"{one.cyr if code == 'sr' else one.lat}, {names[one.country]}",
        evidence=_EVIDENCE[one.evidence], used=one.used, marks=tuple(marks), day=one.day,
    )  # fmt: skip


_EVIDENCE = dict(Evidence.choices)


@dataclass(frozen=True)
class Part:
    """A field of the template that was written: `lines` of steps and links, else `text`."""

    key: str
    label: Any
    text: str
    lines: tuple[str, ...] = ()
    numbered: bool = False


class Reading:
    """`practice` as `queries.catalogue.shown` gives it; `language`: asked for, else that of the page."""

    def __init__(self, practice: "Practice", language: str = "") -> None:
        assert practice.published is not None  # a check of the table
        self.practice, self.version = practice, practice.published
        self.used: int = practice.used  # type: ignore[attr-defined]  # annotated by `shown`
        self.texts = {text.language: text for text in self.version.texts.all()}
        self.source = next(text for text in self.texts.values() if text.state == Translation.SOURCE)
        wanted = language or get_language() or USUAL
        self.language = wanted if self._text(wanted) else self.source.language
        self.text = self._text(self.language) or self.source

    def _text(self, language: str) -> "PracticeText | None":
        """Serbian in Latin is made from Cyrillic, never the other way."""
        found = self.texts.get(language)
        return self.texts.get("sr") if found is None and language == "sr-latn" else found

    @property
    def lang(self) -> str:
        """For `lang`: of the words that are shown."""
        return tag(self.language)

    def _said(self, text: str) -> str:
        return latin(text) if self.language == "sr-latn" else text

    @property
    def title(self) -> str:
        return self._said(self.text.title)

    @property
    def summary(self) -> str:
        return self._said(self.text.summary)

    @property
    def short(self) -> str:
        """The summary, cut where it is long."""
        return cut(self.summary)

    @property
    def is_stale(self) -> bool:
        """Was the source changed after this translation was made?"""
        return self.text is not self.source and self.text.source_digest != digest_of(self.source)

    @cached_property
    def marks(self) -> list[Tag]:
        """What the reader has to know of the text before they trust it."""
        found = []
        if self.practice.state == State.NEEDS_UPDATE:
            found.append(Tag(_("Needs an update"), "wait"))
        if self.text.state == Translation.MACHINE:
            found.append(Tag(self.text.get_state_display(), "wait"))
        if self.is_stale:
            found.append(Tag(_("The source has changed since"), "wait"))
        return found

    @property
    def written_in(self) -> str:
        """Name of the language of the source, where another is shown."""
        return "" if self.text is self.source else str(NAMES.get(self.source.language, self.source.language))

    @property
    def others(self) -> list[dict[str, str]]:
        """Languages it can be read in besides this one."""
        codes = [code for code in NAMES if self._text(code) and code != self.language]
        return [{"code": code, "tag": tag(code), "name": str(NAMES[code])} for code in codes]

    def parts(self) -> list[Part]:
        """What was written, in the order of the template; title, summary and contact stand elsewhere on a page."""
        return list(self._parts())

    def _parts(self) -> Iterable[Part]:
        for field in FIELDS:
            text = self._said(str(self.text.fields.get(field.key, ""))).strip()
            if text:
                many = tuple(lines(text)) if field.kind in ("steps", "links") else ()
                yield Part(field.key, _(field.label), text, many, field.kind == "steps")
