"""The trail, for inspectors: narrowed, taken out, verified."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions.inspection import export
from zajedno.access.queries import account as accounts
from zajedno.access.queries import audit
from zajedno.access.rules import BREAK_GLASS, READ_ALL_AUDIT
from zajedno.kernel.spreadsheets import write_csv
from zajedno.places.queries.organisation import names as organisation_names
from zajedno.places.queries.post import ever_at_work
from zajedno.web.manage.audit_words import word, words
from zajedno.web.manage.frame import AUDIT, actor, manage_page, moment, page_of, show
from zajedno.web.shared.fields import DateField, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Cell, Column, Table

LONG = 40  # characters of one detail on the page; the file holds all
PEOPLE_MOST = 200  # accounts one name may stand for


class Filter(Form):
    person = Text(label=gettext_lazy("Person (name or e-mail)"), required=False, optional=False, max_length=100)
    verb = Select(label=gettext_lazy("What was done"), required=False, optional=False, empty=gettext_lazy("Anything"))
    subject = Text(label=gettext_lazy("Identifier"), required=False, optional=False, max_length=60)
    since = DateField(label=gettext_lazy("From"), required=False)
    until = DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, fixed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("verb", words())
        if fixed:
            del self.fields["verb"]
        self.fixed = fixed

    def clean_subject(self) -> str:
        text: str = self.cleaned_data["subject"].strip()
        try:
            return str(UUID(text)) if text else ""
        except ValueError as error:
            raise ValidationError(
                _("Copy the whole identifier: follow it in an entry, or take it from an address.")
            ) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day lies before the first."))
        return data

    def filters(self) -> dict[str, Any]:
        """What `queries.audit.search` takes."""
        data = dict(self.cleaned_data) if self.is_valid() else {}
        person = data.pop("person", "")
        found = {key: value for key, value in data.items() if value}
        if person:
            found["accounts"] = list(accounts.search(person).values_list("pk", flat=True)[:PEOPLE_MOST])
        return found | ({"verb": self.fixed} if self.fixed else {})


@manage_page(*AUDIT)
def trail(request: HttpRequest) -> HttpResponse:
    return _list(request, "audit", _("Audit trail"), "")


@manage_page(*AUDIT)
def break_glass(request: HttpRequest) -> HttpResponse:
    return _list(request, "break-glass", _("Openings without a tie"), BREAK_GLASS.key)


def _list(request: HttpRequest, here: str, heading: str, fixed: str) -> HttpResponse:
    by = actor(request)
    form = Filter(request.GET or None, fixed=fixed)
    filters = form.filters()
    page = page_of(request, audit.search(by=by, **filters))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "heading": heading,
        "table": _table(page, heading),
        "fixed": fixed,
        "file": f"/manage/audit/file/?{query.urlencode()}" if form.is_valid() or not form.is_bound else "",
        "may_verify": by.may(READ_ALL_AUDIT.key),
        "narrowed": form.is_bound,
    }
    return show(request, here, "audit.html", context)


def _table(page: Any, caption: str) -> Table:
    columns = [
        Column(_("When")),
        Column(_("Who")),
        Column(_("What")),
        Column(_("About")),
        Column(_("Institution")),
        Column(_("Details")),
    ]
    rows = []
    people, places = _names(page)
    for entry in page:
        who = people.get(entry.account, "") if entry.account else _("no account")
        place = places.get(entry.organisation, "")
        when = moment(entry.moment)
        rows.append([when, who, word(entry.verb), _thing(entry), place, detail(entry.detail, LONG)])
    return Table("entries", caption, columns, rows, caption_hidden=True)


def _thing(entry: Any) -> Cell:
    """The beginning of its mark, leading to everything that was done with it."""
    if not entry.subject:
        return Cell()
    return Cell(f"{entry.subject[:8]}…", f"/manage/audit/?subject={entry.subject}", small=entry.noun.partition(".")[2])


def _names(entries: Any) -> tuple[dict[int, str], dict[int, str]]:
    people = {entry.account for entry in entries if entry.account}
    places = {entry.organisation for entry in entries if entry.organisation}
    names = accounts.names(people)
    return names | dict.fromkeys(people - ever_at_work(people), _("A parent or guardian")), organisation_names(places)


def detail(values: Mapping[str, Any], most: int = 0) -> str:
    """Keys, counts and codes in one line; each cut after `most` characters, when that is not 0."""
    return "; ".join(f"{key}: {_short(value, most)}" for key, value in values.items())


def _short(value: Any, most: int) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{text[:most]}…" if most and len(text) > most else text


@manage_page(*AUDIT)
def file(request: HttpRequest) -> HttpResponse:
    """The narrowed trail as CSV; that it was taken out is an entry too."""
    form = Filter(request.GET or None)
    if form.is_bound and not form.is_valid():
        return trail(request)
    entries = export(by=actor(request), **form.filters())
    people, places = _names(entries)
    header = [
        "moment",
        "account",
        "name",
        "verb",
        "noun",
        "subject",
        "organisation",
        "detail",
        "stream",
        "position",
        "hash",
    ]
    rows = (_line(one, people.get(one.account or 0, ""), places.get(one.organisation or 0, "")) for one in entries)
    response = HttpResponse("".join(write_csv(header, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _line(entry: Any, person: str, place: str) -> list[Any]:
    when, thing = localtime(entry.moment).isoformat(), (entry.noun, entry.subject, place, detail(entry.detail))
    return [when, entry.account, person, entry.verb, *thing, entry.stream, entry.position, bytes(entry.hash).hex()]


@manage_page(READ_ALL_AUDIT)
def verify(request: HttpRequest) -> HttpResponse:
    """Recomputes every hash: changes nothing, so it is a page and not a form."""
    return show(request, "audit", "verify.html", {"result": audit.verify()})
