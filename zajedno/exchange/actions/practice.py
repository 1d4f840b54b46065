"""An author's verbs: begin a practice, write it, hand it in, change it once it is published."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange import rules
from zajedno.exchange.actions.notice import tell_editors
from zajedno.exchange.enums import PUBLIC, Cost, Evidence, State, Target, Theme, Validation
from zajedno.exchange.logic import template
from zajedno.exchange.logic.naming import Suspicion, suspicions
from zajedno.exchange.models import Practice, PracticeFile, PracticeMove, PracticeText, PracticeVersion
from zajedno.exchange.queries import practice as queries
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.script import fold, latin
from zajedno.kernel.verbs import ask
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.territory import units

ABOUT = ("anonymous", "procedure", "form")  # columns of the practice itself, not of a version


@transaction.atomic
def begin(*, by: Actor, organisation: int, title: str, language: str, territory: int | None = None) -> Practice:
    """A draft in one language, of an institution (its id); it happens where the institution is, or in `territory`."""
    ask(by, rules.WRITE_PRACTICE, organisation)
    if not title.strip():
        raise Refused(_("Give the practice a title."), "title")
    _limits({"title": title})
    row = Practice(author_id=by.account, organisation_id=organisation, begun_on=clock.now())
    row.territory_id = territory or row.organisation.territory_id
    row.slug = _free_slug(row, title)
    row.save()
    version = PracticeVersion.objects.create(practice=row, number=1, language=language)
    PracticeText.objects.create(
        version=version, language=language, title=title.strip(), written_by=by.account, written_on=clock.now()
    )
    _record(by, row, {"begun": language})
    return row


@transaction.atomic
def save(
    *, by: Actor, practice: Practice, texts: Mapping[str, str] | None = None, facts: Mapping[str, Any] | None = None
) -> PracticeVersion:
    """Keep what is written so far, whole or not: `texts` by key of the template, `facts` by column.

    What was returned becomes a new version by it. Refused where a text is over its limit: nothing is cut. `territory`
    is an official code; `partners` are names: what the register knows is linked to, and its sector counts among those
    of the partners.
    """
    row = locked(by, practice)
    version = draft(by, row)
    _limits(texts or {})
    _fitting(facts or {})
    for name, value in (facts or {}).items():
        if name == "territory":
            _move_to(row, str(value))
            continue
        setattr(row if name in ABOUT else version, name, _partners(value) if name == "partners" else value)
    if "partners" in (facts or {}):
        known = [one["sector"] for one in version.partners if one["sector"]]
        version.sectors = list(dict.fromkeys([*version.sectors, *known]))
    _in_order(version)
    version.save()
    row.save(update_fields=[*ABOUT, "territory"])
    text = queries.source(version)
    written = {key: value.strip() for key, value in (texts or {}).items()}
    text.title, text.summary = written.pop("title", "") or text.title, written.pop("summary", text.summary)
    text.fields = text.fields | written
    text.written_by, text.written_on = by.account, clock.now()
    text.save()
    _record(by, row, {"saved": sorted({*(texts or {}), *(facts or {})})})
    return version


def warnings(version: PracticeVersion) -> list[Suspicion]:
    """What in the text of a version may name a child."""
    texts = queries.answers(queries.source(version))
    numbers = [text for one in version.figures for text in (one["indicator"], one["source"])]
    return suspicions(texts | {"results": "\n".join([texts.get("results", ""), *numbers])})


@transaction.atomic
def submit(*, by: Actor, practice: Practice, confirmed: bool = False) -> PracticeVersion:
    """Hand it in: from here this version never changes. `confirmed`: somebody looked at what may name a child."""
    row = locked(by, practice)
    version = queries.newest(row)
    if version.frozen_on is not None or row.stage not in (State.DRAFT, State.RETURNED):
        raise Refused(_("Nothing was changed since this practice was handed in."), "unchanged")
    text = queries.source(version)
    missing = template.missing(queries.answers(text), queries.facts(version))
    if missing:
        raise Refused(_("Something is still missing. Look at the marked steps."), "missing")
    if warnings(version) and not confirmed:
        raise Refused(_("Look at what may name a child, and confirm that nobody can be recognised."), "naming")
    version.frozen_on = clock.now()
    version.save(update_fields=["frozen_on"])
    if row.published_id is None:
        row.slug = _free_slug(row, text.title)
    row.submitted_on = version.frozen_on
    move(by, row, version, State.SUBMITTED)
    tell_editors(by, row, version)
    _record(by, row, {"submitted": version.number})
    return version


@transaction.atomic
def take_back(*, by: Actor, practice: Practice) -> None:
    """What was handed in comes back to its author, as long as nobody has decided on it; it can be handed in again."""
    row = locked(by, practice)
    if row.stage not in (State.SUBMITTED, State.REVIEW):
        raise Overtaken(_("Somebody has decided on this practice meanwhile."), "state")
    move(by, row, queries.newest(row), State.RETURNED, gettext("Taken back by its author."))
    _record(by, row, {"taken_back": True})


@transaction.atomic
def discard(*, by: Actor, practice: Practice) -> bool:
    """A draft never handed in goes for ever; of a public one only the new version. Returns whether all went."""
    row = locked(by, practice)
    version = queries.newest(row)
    if row.stage != State.DRAFT or version.frozen_on is not None:
        raise Refused(_("Only a draft that was never handed in can be thrown away."), "state")
    _record(by, row, {"discarded": version.number})
    _erase(PracticeText.objects.filter(version=version), PracticeVersion.objects.filter(pk=version.pk))
    if row.published_id is None:
        _erase(PracticeFile.objects.filter(practice=row), Practice.objects.filter(pk=row.pk))
        return True
    row.change = ""
    row.save(update_fields=["change"])
    return False


def _erase(*rows: QuerySet[Any]) -> None:
    """Without asking tables of what was handed in, from which this desk may not delete."""
    for one in rows:
        one._raw_delete(one.db)  # Django's own way past its collector


@transaction.atomic
def new_version(*, by: Actor, practice: Practice) -> PracticeVersion:
    """Begin to change a published practice; the public goes on reading the version it has."""
    row = locked(by, practice)
    if row.state not in PUBLIC:
        raise Refused(_("This practice is not published."), "state")
    if row.change:
        raise Overtaken(_("A new version has been begun already."), "begun")
    version = _copy(by, queries.newest(row))
    row.change = State.DRAFT
    row.save(update_fields=["change"])
    _record(by, row, {"version": version.number})
    return version


def locked(by: Actor, practice: Practice) -> Practice:
    """The row, held until the end of the transaction, for who writes it: its author, or colleagues with the verb."""
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    if not queries.is_own(by, row):
        raise NotFound("")
    ask(by, rules.WRITE_PRACTICE, None if row.author_id == by.account else row.organisation_id)
    return row


def move(by: Actor, row: Practice, version: PracticeVersion, state: State, note: str = "") -> None:
    """Where it stands now, and a row that says so. A change of what is public stands beside its state."""
    beside = row.state in PUBLIC and state in (State.SUBMITTED, State.REVIEW, State.RETURNED)
    row.state, row.change = (row.state, state) if beside else (state, "")
    row.save()
    PracticeMove.objects.create(
        practice=row, version=version, state=state, note=note, moved_by=by.account, moved_on=clock.now()
    )


def draft(by: Actor, row: Practice) -> PracticeVersion:
    """The version that may be written, made when the last one was returned."""
    version = queries.newest(row)
    if version.frozen_on is None:
        return version
    if row.stage == State.RETURNED:
        return _copy(by, version)
    if row.stage in PUBLIC:
        raise Refused(_("This practice is published. Begin a new version to change it."), "published")
    raise Refused(_("This practice was handed in and cannot be changed now."), "frozen")


def _copy(by: Actor, version: PracticeVersion) -> PracticeVersion:
    """The next version, with all texts; translations keep the digest of what they were made from."""
    texts = list(version.texts.all())
    made = PracticeVersion.objects.create(
        practice=version.practice, number=version.number + 1, language=version.language, **queries.facts(version)
    )
    for text in texts:
        text.pk, text.version = None, made
        text._state.adding = True
    PracticeText.objects.bulk_create(texts)
    return made


def _free_slug(row: Practice, title: str) -> str:
    """The title in Latin letters; with the beginning of the practice's own id when it is taken."""
    stem = slugify(latin(title).replace("đ", "dj").replace("Đ", "Dj"))[:100].strip("-") or "practice"
    taken = Practice.objects.filter(slug=stem).exclude(pk=row.pk).exists()
    return f"{stem}-{row.uuid.hex[:8]}" if taken else stem


def _limits(texts: Mapping[str, str]) -> None:
    for key in texts:
        if key not in template.BY_KEY:
            raise ValueError(f"no text of a practice: {key}")
    for key, limit, length in template.too_long(texts):
        sentence = gettext("“%(label)s” may have %(limit)s characters; it has %(length)s. Nothing was saved.") % {
            "label": gettext(template.BY_KEY[key].label), "limit": limit, "length": length
        }  # fmt: skip
        raise Refused(sentence, "too_long")


_CHOICES: dict[str, type[Any]] = {
    "themes": Theme, "targets": Target, "sectors": Sector, "evidence": Evidence, "cost": Cost,
    "validated_by": Validation,
}  # fmt: skip


def _fitting(facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name not in (*queries.FACTS, *ABOUT, "territory"):
            raise ValueError(f"no fact of a practice: {name}")
        given = value if isinstance(value, list | tuple) else [value] if value else []
        if name in _CHOICES and not set(given) <= set(_CHOICES[name].values):
            raise Refused(_("Choose from what is offered."), name)


def _in_order(version: PracticeVersion) -> None:
    if version.begins_on and version.ends_on and version.ends_on < version.begins_on:
        raise Refused(_("The practice ends before it begins."), "ends_on")
    if version.ends_on and not version.begins_on:
        raise Refused(_("Say when it began."), "begins_on")
    if version.amount is not None and (version.amount < 0 or not version.currency):
        raise Refused(_("Say in which currency the amount is, and write it without a sign."), "amount")


def _move_to(row: Practice, code: str) -> None:
    """Where it happens, by the official code; fixed once it is public."""
    found = units().filter(code=code, country=row.territory.country_id).first()
    if found is None or row.published_id is not None:
        raise Refused(_("Choose from what is offered."), "territory")
    row.territory = found


def _partners(names: Iterable[str]) -> list[dict[str, str]]:
    """Each institution once. Where exactly one is called so, or only one name holds all these words, it is linked."""
    found = []
    for name in dict.fromkeys(name.strip()[:250] for name in names if name.strip()):
        rows = list(organisations(text=name)[:20])
        exact = [row for row in rows if row.key == fold(name)] or rows
        known = exact[0] if len(exact) == 1 else None
        sector = known.kind.sector if known else ""
        found.append({"name": name, "organisation": known.code if known else "", "sector": sector})
    return found


def _record(by: Actor, row: Practice, detail: dict[str, Any]) -> None:
    audit.record(by=by, verb=rules.WRITE_PRACTICE.key, about=row, organisation=row.organisation_id, detail=detail)
