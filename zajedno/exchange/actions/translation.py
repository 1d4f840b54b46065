"""A practice in another language: begun, written beside its source, checked by a person."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange import rules
from zajedno.exchange.enums import Translation
from zajedno.exchange.logic.template import BY_KEY, TEXTS
from zajedno.exchange.models import Practice, PracticeText
from zajedno.exchange.queries import translation as queries
from zajedno.exchange.queries.practice import source
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask

LONGER = 1.5  # a translation may be so much longer than the limit of its source


@transaction.atomic
def begin(*, by: Actor, practice: Practice, language: str) -> PracticeText:
    """An empty translation of the version that is public, or of one's own draft."""
    ask(by, rules.TRANSLATE)
    version = queries.to_translate(by, practice)
    if language not in dict(queries.free_languages(version)):
        raise Overtaken(_("There is a text in this language already."), "begun")
    text = PracticeText.objects.create(
        version=version, language=language, state=Translation.DRAFT,
        source_digest=queries.digest_of(source(version)), written_by=by.account, written_on=clock.now(),
    )  # fmt: skip
    _record(by, practice, language, "begun")
    return text


@transaction.atomic
def save(
    *, by: Actor, practice: Practice, language: str, texts: Mapping[str, str], seen: str, machine: bool = False
) -> PracticeText:
    """Keep what is translated. `seen`: digest of the source that stood beside it; `machine`: nobody has read it yet."""
    text = _locked(by, practice, language)
    for key, value in texts.items():
        limit = longest(key)
        if len(value) > limit:
            raise Refused(
                gettext("“%(label)s” may have %(limit)s characters; it has %(length)s. Nothing was saved.")
                % {"label": gettext(BY_KEY[key].label), "limit": limit, "length": len(value)},
                "too_long",
            )
    written = {key: value.strip() for key, value in texts.items() if key in _KEYS}
    text.title, text.summary = written.pop("title", "") or text.title, written.pop("summary", text.summary)
    text.fields = text.fields | written
    text.state = Translation.MACHINE if machine else Translation.DRAFT
    text.source_digest, text.written_by, text.written_on = seen[:64], by.account, clock.now()
    text.save()
    _record(by, practice, language, text.state)
    return text


@transaction.atomic
def check(*, by: Actor, practice: Practice, language: str) -> PracticeText:
    """A person has read the whole of it beside its source. Refused while something is missing or the source changed."""
    text = _locked(by, practice, language)
    found = queries.Translated(text, source(text.version))
    if found.missing:
        raise Refused(_("Something is not translated yet. It is marked below."), "missing")
    if found.is_stale:
        raise Refused(_("The text it was translated from has changed. Look through it and save it first."), "stale")
    text.state = Translation.CHECKED
    text.save(update_fields=["state"])
    _record(by, practice, language, text.state)
    return text


def longest(key: str) -> int:
    """Characters of a translated text."""
    return BY_KEY[key].limit if key == "title" else int(LONGER * BY_KEY[key].limit)


_KEYS = frozenset(field.key for field in TEXTS)


def _locked(by: Actor, practice: Practice, language: str) -> PracticeText:
    ask(by, rules.TRANSLATE)
    found = queries.find_translation(by, practice, language)
    return PracticeText.objects.select_for_update(of=("self",)).select_related("version").get(pk=found.text.pk)


def _record(by: Actor, practice: Practice, language: str, done: str) -> None:
    audit.record(by=by, verb=rules.TRANSLATE.key, about=practice, detail={"language": language, "done": str(done)})
