"""A list of services comes in, as a table or as HSDS."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import read_table
from zajedno.kernel.spreadsheets.asides import split_asides
from zajedno.places.actions.service import bring_services
from zajedno.places.logic import hsds_file, service_rows
from zajedno.places.logic.arriving import SENTENCES, Arriving, Said
from zajedno.places.queries.arriving import placed, same
from zajedno.places.queries.hsds import SCHEMAS
from zajedno.places.queries.organisation import keeping, kept_at, names
from zajedno.web.manage.frame import SERVICES, actor, manage_page, show
from zajedno.web.manage.service_forms import Bring, Offer
from zajedno.web.manage.services import HOME
from zajedno.web.shared.bringing import SHOWN, Bringing, Looked, asides_said, bring, reasons
from zajedno.web.shared.pieces import Column, Link


@manage_page(*SERVICES)
def services_in(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    up = Link(_("Services"), HOME)
    kind = Bringing(
        key="services",
        form=lambda data, files: _form(by, data, files),
        look=lambda data: _look(by, data),
        enter=lambda rows: _enter(by, rows),
        page=lambda context: show(request, "services", "bring.html", {"up": up, **context}),
        done=HOME,
    )
    return bring(request, kind)


def _form(by: Actor, data: Any, files: Any) -> Bring:
    language = (get_language() or "sr").replace("sr-latn", "sr")
    return Bring(data, files, organisations=keeping(by), initial={"language": language})


def _look(by: Actor, data: dict[str, Any]) -> Looked:
    said, notes = _read(data["file"].read(), by.today, data["language"])
    if data["is_public"]:
        said = [_shown(one) for one in said]
    fallback = kept_at(by, data["organisation"]) if data["organisation"] else None
    ready, refused = placed(by, said, fallback)
    return Looked(
        [Column(_("Row"), numeric=True), _("Service"), _("Institution"), _("Becomes")],
        ready=[[one.number, one.name, one.organisation, one.fields, one.uuid] for one in ready],
        lines=_lines(ready[:SHOWN]),
        refused=[(one.number, one.name, reasons(one.faults, SENTENCES, _labels())) for one in refused],
        notes=notes,
    )


def _lines(rows: Sequence[Arriving]) -> list[list[str]]:
    at = names({one.organisation for one in rows})
    return [[str(one.number), one.name, at[one.organisation], _("changed") if same(one) else _("new")] for one in rows]


def _enter(by: Actor, rows: list[Any]) -> str:
    new, changed = bring_services(by=by, rows=[Arriving(*row) for row in rows])
    return _("The list is entered: new services %(new)s, changed %(changed)s.") % {"new": new, "changed": changed}


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
    told = [*table.notes, *asides_said(split_asides(table)[1]), *(notes if found.unmatched else [])]
    return list(service_rows.said(table, today, language)), told


def _shown(one: Said) -> Said:
    return Said(one.number, one.name, one.provider, {"is_public": True, **one.fields}, one.uuid, one.faults)


def _labels() -> dict[str, str]:
    """Columns as the form calls them."""
    labels = {name: str(field.label) for name, field in Offer.base_fields.items()}
    return labels | {"provider": _("Institution"), "age": _("Age"), "checked_on": _("Checked on")}
