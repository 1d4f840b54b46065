"""A list of services comes in: looked through, shown, and entered as a whole when the person says so.

Between the two steps nothing is kept here: the rows travel in the page, signed, so that what was shown is entered.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.spreadsheets import read_table, write_workbook
from zajedno.places.actions.service import bring_services
from zajedno.places.logic import hsds_file, service_rows
from zajedno.places.logic.arriving import SENTENCES, Arriving, Fault, Said
from zajedno.places.queries.arriving import placed, same
from zajedno.places.queries.hsds import SCHEMAS
from zajedno.places.queries.organisation import keeping, kept_at, names
from zajedno.web.manage.frame import SERVICES, actor, manage_page, show
from zajedno.web.manage.service_forms import Bring, Offer
from zajedno.web.manage.services import HOME
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Column, Link, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

SALT, SALT_REFUSED, GOOD_FOR = "services that come in", "services that are refused", 3600  # seconds
SHOWN = 100  # rows on the page
LARGEST = 1_500_000  # signed characters that a form may carry


@manage_page(*SERVICES)
def bring(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    language = (get_language() or "sr").replace("sr-latn", "sr")
    form = Bring(request.POST or None, request.FILES or None, organisations=keeping(by), initial={"language": language})
    looked: dict[str, Any] = {}
    if form.is_valid():
        attempt(form, lambda: looked.update(_look(by, form.cleaned_data)))
    return _page(request, form, looked)


def _page(request: HttpRequest, form: Bring, looked: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "up": Link(_("Services"), HOME), "looked": bool(looked), "shown": SHOWN} | looked
    return show(request, "services", "bring.html", context)


def _look(by: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """What would come of the file."""
    said, notes = _read(data["file"].read(), by.today, data["language"])
    if data["is_public"]:
        said = [_shown(one) for one in said]
    fallback = kept_at(by, data["organisation"]) if data["organisation"] else None
    ready, refused = placed(by, said, fallback)
    signed = signing.dumps([_packed(one) for one in ready], salt=SALT, compress=True) if ready else ""
    lines = [[str(one.number), one.name, " ".join(sentences(one.faults))] for one in refused]
    signed_refused = signing.dumps(lines, salt=SALT_REFUSED, compress=True) if lines else ""
    if len(signed) + len(signed_refused) > LARGEST:
        raise Refused(_("The list is too large for one look. Split it."), "too_large")
    return {
        "ready": len(ready), "refused": len(refused), "table": _ready(ready) if ready else None, "notes": notes,
        "faults": Table("refused", _("What is not taken, and why"), [Column(one) for one in _titles()], lines[:SHOWN])
        if lines else None,
        "more": max(len(ready), len(refused)) > SHOWN, "signed": signed, "signed_refused": signed_refused,
    }  # fmt: skip


def _read(content: bytes, today: date, language: str) -> tuple[list[Said], Sequence[Any]]:
    """The content decides what the file is. Raises Refused with a sentence for who sent it."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        try:
            return list(hsds_file.said(content, SCHEMAS, today, language)), ()
        except hsds_file.Unreadable as unreadable:
            raise Refused(_(str(unreadable.sentence)), unreadable.code) from unreadable
    table = read_table(content, service_rows.headings())
    if "name" not in (found := service_rows.matched(table.header)).columns:
        raise Refused(_("No column of the table names the services. Head one with “Service” or “Usluga”."), "no_name")
    notes = [_("Columns that were not read: %(names)s") % {"names": ", ".join(found.unmatched)}]
    return list(service_rows.said(table, today, language)), [*table.notes, *(notes if found.unmatched else [])]


def _shown(one: Said) -> Said:
    return Said(one.number, one.name, one.provider, {"is_public": True, **one.fields}, one.uuid, one.faults)


def sentences(faults: Sequence[Fault]) -> list[str]:
    """Each reason with the column or place it is about."""
    labels = {name: str(field.label) for name, field in Offer.base_fields.items()}
    labels |= {"provider": _("Institution"), "age": _("Age"), "checked_on": _("Checked on")}
    return [
        f"{labels.get(one.where, one.where)}: {_(SENTENCES[one.code]) % _said(one)}" if one.where
        else _(SENTENCES[one.code]) % _said(one)
        for one in faults
    ]  # fmt: skip


def _said(fault: Fault) -> dict[str, Any]:
    """What fills the sentence; the kind of a value is a word of ours."""
    return {key: _(str(value)) if key == "kind" else value for key, value in fault.what.items()}


def _ready(rows: Sequence[Arriving]) -> Table:
    at = names({one.organisation for one in rows[:SHOWN]})
    columns = [Column(_("Row"), numeric=True), Column(_("Service")), Column(_("Institution")), Column(_("Becomes"))]
    lines = [
        [str(one.number), one.name, at[one.organisation], _("changed") if same(one) else _("new")]
        for one in rows[:SHOWN]
    ]
    return Table("ready", _("What can be entered"), columns, lines)


def _packed(one: Arriving) -> list[Any]:
    days = {key: value.isoformat() for key, value in one.fields.items() if isinstance(value, date)}
    return [one.number, one.name, one.organisation, dict(one.fields) | days, one.uuid]


def _unpacked(row: list[Any]) -> Arriving:
    number, name, organisation, fields, uuid = row
    checked = fields.get("checked_on")
    return Arriving(
        number, name, organisation, fields | ({"checked_on": date.fromisoformat(checked)} if checked else {}), uuid
    )


@manage_page(*SERVICES)
def enter(request: HttpRequest) -> HttpResponse:
    """What was shown, all of it or nothing."""
    by = actor(request)
    if request.method != "POST":
        return redirect(f"{HOME}bring/")
    form = Bring(None, organisations=keeping(by))
    try:
        rows = [_unpacked(row) for row in signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=GOOD_FOR)]
        new, changed = bring_services(by=by, rows=rows)
    except signing.BadSignature:
        messages.error(request, _("This took too long. Send the file again."))
        return redirect(f"{HOME}bring/")
    except Refused as refusal:
        form = Bring({}, organisations=keeping(by))
        form.errors.clear()
        form.add_error(None, str(refusal.sentence))
        return _page(request, form, {})
    told = {"new": new, "changed": changed}
    messages.success(request, _("The list is entered: new services %(new)s, changed %(changed)s.") % told)
    return redirect(HOME)


def _titles() -> list[str]:
    return [_("Row"), _("Service"), _("Why not taken")]


@manage_page(*SERVICES)
def refused_out(request: HttpRequest) -> HttpResponse:
    """The refused rows as a workbook, for whoever puts the list right; signed, as what is entered."""
    try:
        lines = signing.loads(request.POST.get("refused", ""), salt=SALT_REFUSED, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise NotFound("There is no such list.") from None
    name = f"{_('refused')}-{actor(request).today.isoformat()}.xlsx"
    return saved(write_workbook(_titles(), lines), MEDIA_TYPES["xlsx"], name)
