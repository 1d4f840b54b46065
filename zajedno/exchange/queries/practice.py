"""Practices: whom a draft, a submission and a published one is shown to, and in which version."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Coalesce

from zajedno.exchange import rules
from zajedno.exchange.enums import PUBLIC, State, Translation
from zajedno.exchange.models import Practice, PracticeMove, PracticeText, PracticeVersion, Review
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold

WAITING = (State.SUBMITTED, State.REVIEW)  # for an editor
FACTS = (
    "themes", "sectors", "targets", "evidence", "cost", "amount", "currency", "cost_source", "partners",
    "validated_by", "figures", "begins_on", "ends_on", "contact",
)  # fmt: skip


def _own(by: Actor) -> Q:
    return Q(author=by.account) | Q(organisation__in={seat.organisation for seat in by.seats})


def _asked(by: Actor) -> QuerySet[Review]:
    return Review.objects.filter(reviewer=by.account, declined_on=None)


def visible_to(by: Actor | None) -> QuerySet[Practice]:
    """Published ones to all; one's own and one's institution's in any state; submitted ones to editors and those who
    are asked to review them."""
    seen = Q(state__in=PUBLIC)
    if by is not None:
        seen |= _own(by) | Q(Exists(_asked(by).filter(version__practice=OuterRef("pk"))))
        if by.may(rules.EDIT.key):
            seen |= Q(Exists(PracticeVersion.objects.filter(practice=OuterRef("pk"), frozen_on__isnull=False)))
    return Practice.objects.filter(seen).select_related("organisation__kind", "territory", "author")


def find(by: Actor | None, uuid: UUID | str) -> Practice:
    """NotFound for a draft of others as for none."""
    return _found(visible_to(by).filter(uuid=uuid))


def find_own(by: Actor, uuid: UUID | str) -> Practice:
    """One's own or one's institution's; NotFound for all others, published ones too."""
    return _found(visible_to(by).filter(_own(by), uuid=uuid))


def find_submitted(by: Actor, uuid: UUID | str) -> Practice:
    """For an editor; to everybody else there is none."""
    return _found(submissions(by).filter(uuid=uuid))


def _found(rows: QuerySet[Practice]) -> Practice:
    found = rows.first()
    if found is None:
        raise NotFound("")
    return found


def is_own(by: Actor, practice: Practice) -> bool:
    return practice.author_id == by.account or practice.organisation_id in {seat.organisation for seat in by.seats}


def hides(by: Actor, practice: Practice) -> bool:
    """Are author and institution hidden from this person? From who reviews an anonymous practice, on every page."""
    if not practice.anonymous or is_own(by, practice):
        return False
    return _asked(by).filter(version__practice=practice).exists()


def hidden_among(by: Actor, rows: Iterable[Practice]) -> set[int]:
    """Keys of those of which `hides` is true; one query."""
    near = {row.pk for row in rows if row.anonymous and not is_own(by, row)}
    return set(_asked(by).filter(version__practice__in=near).values_list("version__practice", flat=True))


def newest(practice: Practice) -> PracticeVersion:
    return practice.versions.order_by("-number")[0]


def submitted(practice: Practice) -> PracticeVersion | None:
    """The newest version that was handed in: what editors and reviewers judge."""
    return practice.versions.exclude(frozen_on=None).order_by("-number").first()


def version_for(by: Actor, practice: Practice) -> PracticeVersion:
    """The newest version that this person may read; NotFound for none."""
    if is_own(by, practice):
        return newest(practice)
    asked = PracticeVersion.objects.filter(pk__in=_asked(by).values("version"), practice=practice).order_by("-number")
    found = submitted(practice) if by.may(rules.EDIT.key) else asked.first()
    if found is None and practice.state in PUBLIC:
        found = practice.published
    if found is None:
        raise NotFound("")
    return found


def source(version: PracticeVersion) -> PracticeText:
    """The text in which the version was written."""
    return version.texts.get(state=Translation.SOURCE)


def answers(text: PracticeText) -> dict[str, str]:
    """Everything that is written, by key of the template; title and summary too."""
    return {"title": text.title, "summary": text.summary, **text.fields}


def facts(version: PracticeVersion) -> dict[str, object]:
    """What is true in every language, by column."""
    return {name: getattr(version, name) for name in FACTS}


def _listed(rows: QuerySet[Practice], versions: QuerySet[PracticeVersion]) -> QuerySet[Any]:
    """With `title` and `language` of the newest of these versions, `last` its key, and where it stands (`stands`)."""
    last = versions.filter(practice=OuterRef("pk")).order_by("-number").values("pk")[:1]
    text = PracticeText.objects.filter(version=OuterRef("last"), state=Translation.SOURCE)
    return rows.annotate(
        last=Subquery(last),
        stands=Case(When(change="", then=F("state")), default=F("change"), output_field=CharField()),
    ).annotate(title=Subquery(text.values("title")[:1]), language=Subquery(text.values("language")[:1]))


def mine(by: Actor) -> QuerySet[Any]:
    """One's own and one's institution's, what was begun last first."""
    return _listed(visible_to(by).filter(_own(by)), PracticeVersion.objects.all()).order_by("-begun_on", "-pk")


def submissions(by: Actor, *, text: str = "", state: str = "", theme: str = "") -> QuerySet[Any]:
    """What was ever submitted, for editors, with how many were `asked` for a review and have `written` one.

    `state`: "waiting", or one of State; the longest waiting first. Every word of `text` stands in the title.
    """
    if not by.may(rules.EDIT.key):
        return Practice.objects.none()
    handed = PracticeVersion.objects.exclude(frozen_on=None)
    rows = _listed(visible_to(by), handed).exclude(last=None)
    if state:
        rows = rows.filter(stands__in=WAITING if state == "waiting" else [state])
    if theme:
        rows = rows.filter(Exists(handed.filter(pk=OuterRef("last"), themes__contains=[theme])))
    for word in fold(text).split():
        titles = PracticeText.objects.filter(version=OuterRef("last"), state=Translation.SOURCE)
        folded = Func(F("title"), function="app.fold", output_field=TextField())
        rows = rows.filter(Exists(titles.alias(folded=folded).filter(folded__contains=word)))
    return rows.annotate(
        asked=_count(Q(declined_on=None)), written=_count(Q(written_on__isnull=False))
    ).order_by("submitted_on", "pk")  # fmt: skip


def _count(which: Q) -> Coalesce:
    rows = Review.objects.filter(which, version=OuterRef("last")).order_by().values("version")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def history(practice: Practice) -> QuerySet[PracticeMove]:
    """Every change of its state, the newest first."""
    return PracticeMove.objects.filter(practice=practice).select_related("version").order_by("-moved_on", "-pk")


def last_note(practice: Practice) -> str:
    """Why it was returned, is to be updated or was retired."""
    return history(practice).exclude(note="").values_list("note", flat=True).first() or ""


def versions(practice: Practice) -> QuerySet[Any]:
    """The newest first, with the `title` each was written under."""
    title = PracticeText.objects.filter(version=OuterRef("pk"), state=Translation.SOURCE).values("title")[:1]
    rows = PracticeVersion.objects.filter(practice=practice).annotate(title=Subquery(title, output_field=TextField()))
    return rows.order_by("-number")
