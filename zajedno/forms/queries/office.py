"""Forms as they are kept: those of packs, approved ones, and what one's own office sent; with what waits."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zajedno.forms import rules
from zajedno.forms.logic.book import Book
from zajedno.forms.models import Approval, Enabling, Form, Version
from zajedno.forms.queries.form import APPROVED, newest
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound

About = Form.About
PACK, WAITING, ALLOWED, REFUSED, REPLACED = "pack", "waiting", "approved", "refused", "replaced"


def visible_to(by: Actor) -> QuerySet[Version]:
    """Versions that may be looked at, the newest of a form first: approved ones, those of one's own office; all of
    them for who approves. What is long (`book`, `xml`) is read only when asked for."""
    rows = Version.objects.select_related("form", "approval").defer("book", "xml")
    rows = rows.annotate(settings=F("book__settings"), is_replaced=_replaced())
    rows = rows.order_by("form__key", "form__country", "-number")
    if by.may(rules.APPROVE.key):
        return rows
    return rows.filter(APPROVED | Q(form__owner__in=by.organisations_for(rules.UPLOAD.key)))


def _replaced() -> Exists:
    """Was a later version approved meanwhile? Then nobody need decide on this one any more."""
    return Exists(Version.objects.filter(form=OuterRef("form"), number__gt=OuterRef("number"), approval__approved=True))


def standing(version: Version) -> str:
    """PACK, WAITING, ALLOWED, REFUSED or REPLACED (by a later one, before anybody decided)."""
    if version.form.owner is None:
        return PACK
    if said := approval(version):
        return ALLOWED if said.approved else REFUSED
    return REPLACED if version.is_replaced else WAITING  # type: ignore[attr-defined]  # annotated


def approval(version: Version) -> Approval | None:
    return getattr(version, "approval", None)


def title(version: Version) -> str:
    """The form's title in the language in use, without reading the whole form."""
    settings = getattr(version, "settings", None) or version.book.get("settings")
    titles = Book.from_json({"settings": settings}).titles() if settings else {}
    plain = titles.pop("", "")
    return label(titles) or plain or version.form.key


@dataclass(slots=True)
class Kept:
    """A form with the versions one may look at (the newest first), and where it is in use, as far as one may know."""

    form: Form
    versions: list[Version] = field(default_factory=list)
    used: list[Enabling] = field(default_factory=list)

    @property
    def newest(self) -> Version:
        return self.versions[0]

    @property
    def valid(self) -> Version | None:
        """The version that is filled in; None before the first approval."""
        return next((one for one in self.versions if standing(one) in (PACK, ALLOWED)), None)

    @property
    def waiting(self) -> list[Version]:
        """Versions that an administrator has to decide on."""
        return [one for one in self.versions if standing(one) == WAITING] if self.form.retired_on is None else []


def kept(by: Actor) -> list[Kept]:
    """Every form that may be looked at, by key. Two queries."""
    found: dict[int, Kept] = {}
    for version in visible_to(by):
        found.setdefault(version.form_id, Kept(version.form)).versions.append(version)
    for row in _used(by):
        if row.form_id in found:
            found[row.form_id].used.append(row)
    return list(found.values())


def count(by: Actor) -> int:
    """How many forms in use or to be decided on this person may look at."""
    return visible_to(by).filter(form__retired_on=None).order_by().values("form").distinct().count()


def find(by: Actor, country: str, key: str) -> Kept:
    """One form; NotFound for what may not be seen as for none."""
    versions = list(visible_to(by).filter(form__key=key, form__country=country))
    if not versions:
        raise NotFound("There is no such form.")
    return Kept(versions[0].form, versions, list(_used(by).filter(form=versions[0].form)))


def version_of(form: Kept, number: int) -> Version:
    """One of its versions; NotFound for none."""
    found = next((one for one in form.versions if one.number == number), None)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def before(version: Version) -> Version | None:
    """The version it is to be compared with: the last that was approved before it."""
    rows = Version.objects.filter(APPROVED, form=version.form_id, number__lt=version.number)
    return rows.order_by("-number").first()


def valid() -> list[Version]:
    """What may be filled in now, of every form that is not retired, by country and key; without what is long."""
    rows = newest().defer("book", "xml").annotate(settings=F("book__settings"))
    return list(rows.order_by("form__country", "form__key"))


def _used(by: Actor) -> QuerySet[Enabling]:
    """Where forms are in use: everywhere for who may enable anywhere, else in one's own institutions."""
    rows = Enabling.objects.filter(until=None).order_by("since", "id")
    if by.may(rules.ENABLE_ANYWHERE.key):
        return rows
    return rows.filter(organisation__in=by.organisations_for(rules.ENABLE.key))


def waiting() -> int:
    """How many versions wait for an administrator."""
    rows = Version.objects.filter(approval=None, form__retired_on=None).exclude(form__owner=None)
    return rows.filter(~_replaced()).count()


def last(key: str, country: str) -> Version | None:
    """The newest version of a pack's form, also of a retired one."""
    rows = Version.objects.filter(form__key=key, form__country=country)
    return rows.select_related("form").order_by("-number").first()


def by_id(form: int) -> Form:
    return Form.objects.get(pk=form)


def used_in(organisations: Collection[int]) -> set[tuple[int, int]]:
    """(form, organisation) of everything in use there."""
    rows = Enabling.objects.filter(organisation__in=organisations, until=None)
    return set(rows.values_list("form", "organisation"))
