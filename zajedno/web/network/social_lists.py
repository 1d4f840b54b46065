"""The social map as a sheet: brought in, looked through first; taken out in columns that come in again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.spreadsheets import read_table, write_csv, write_workbook
from zajedno.networks.actions import social as actions
from zajedno.networks.enums import Vulnerable
from zajedno.networks.logic.social_rows import COLUMNS, SENTENCES, Reader, Told
from zajedno.networks.queries import social as queries
from zajedno.networks.rules import KEEP_MAP
from zajedno.places.enums import Need
from zajedno.places.queries.organisation import by_ids
from zajedno.web.network.frame import home, network_page, show
from zajedno.web.network.social import HOME
from zajedno.web.network.social import Told as TellForm
from zajedno.web.shared.bringing import TABLES, Bringing, Looked, bring, reasons
from zajedno.web.shared.fields import Select, Text, UploadField
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Column, Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved


class Sheet(Form):
    file = UploadField(
        kinds=TABLES, label=gettext_lazy("Sheet of the social map"),
        help_text=gettext_lazy(
            "A row for each group in a settlement, or a row for each settlement and a column for each group. Excel, "
            "LibreOffice or CSV, in either script."
        ),
    )  # fmt: skip
    organisation = Select(label=gettext_lazy("Institution"), empty=None)
    source = Text(
        label=gettext_lazy("Source of the number"), max_length=250, required=False, width="full",
        help_text=gettext_lazy("For the numbers beside which the sheet names none."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = by_ids(by.organisations_for(KEEP_MAP.key))
        self.fill("organisation", [(str(key), str(one)) for key, one in self.known.items()])


@network_page
def sheet_in(request: HttpRequest, by: Actor) -> HttpResponse:
    crumbs = [home(), Link(_("Social map"), HOME)]
    kind = Bringing(
        key="social map",
        form=lambda data, files: Sheet(data, files, by=by),
        look=lambda data: _look(by, data),
        enter=lambda rows: _enter(by, rows),
        page=lambda context: show(request, "social_bring", {"crumbs": crumbs, **context}),
        done=HOME,
    )
    return bring(request, kind)


def _look(by: Actor, data: dict[str, Any]) -> Looked:
    at = by_ids(by.organisations_for(KEEP_MAP.key))[int(data["organisation"])]
    table = read_table(data["file"].read(), {name for names in COLUMNS.values() for name in names})
    names = {str(key): str(text) for key, text in Vulnerable.choices}
    reader = Reader(table, data["source"], names, {str(key): str(text) for key, text in Need.choices})
    if not reader.is_one:
        raise Refused(_("No column of the sheet names the groups. Head one with “Group” or “Grupa”."), "no_group")
    ready, refused = queries.placed(by, at, reader.told())
    labels = {name: field.label for name, field in TellForm.base_fields.items()}
    unread = [_("Columns that were not read: %(names)s") % {"names": ", ".join(reader.unread)}]
    return Looked(
        [Column(_("Row"), numeric=True), _("Group"), _("Settlement"), Column(_("People"), numeric=True), _("Need")],
        ready=[[at.pk, one.number, one.group, one.place, one.fields] for one in ready],
        lines=[[str(one.number), *_told(one, names, str(at.territory))] for one in ready],
        refused=[
            (one.number, f"{names.get(one.group, '?')}, {one.place or at.territory}",
             reasons(one.faults, SENTENCES, labels))
            for one in refused
        ],
        notes=[*table.notes, *(unread if reader.unread else [])],
    )  # fmt: skip


def _told(one: Told, names: dict[str, str], whole: str) -> list[Any]:
    people = one.fields.get("people")
    return [
        names[one.group],
        one.place or whole,
        "–" if people is None else people,
        _needs(one.fields.get("needs", [])),
    ]


def _needs(keys: list[str]) -> str:
    return ", ".join(str(Need(key).label) for key in keys if key in Need.values)


def _enter(by: Actor, rows: list[Any]) -> str:
    known = by_ids({row[0] for row in rows})
    told = {pk: [Told(*row[1:]) for row in rows if row[0] == pk] for pk in known}
    done = [actions.bring(by=by, organisation=known[pk], rows=found) for pk, found in told.items()]
    new, changed = (sum(each) for each in zip(*done, strict=True))
    return _("The sheet is entered: new lines %(new)s, changed %(changed)s.") % {"new": new, "changed": changed}


@network_page
def sheet_out(request: HttpRequest, by: Actor, ending: str) -> HttpResponse:
    """What the page shows, under headings that come in again."""
    heads = [_("Municipality"), _("Settlement"), _("Group"), _("People"), _("Need"), _("Services"),
             _("What is missing"), _("Source of the number")]  # fmt: skip
    rows: list[list[Any]] = [
        [
            str(one.row.territory), one.row.place, one.row.get_group_display(), one.row.people, _needs(one.row.needs),
            one.services, one.row.gap, one.row.source,
        ]
        for one in queries.lines(by, by.today)
    ]  # fmt: skip
    name = f"{_('social-map')}-{by.today.isoformat()}.{ending}"
    if ending == "xlsx":
        return saved(write_workbook(heads, rows, _("Social map")), MEDIA_TYPES["xlsx"], name)
    if ending == "csv":
        return saved("".join(write_csv(heads, rows)).encode(), MEDIA_TYPES["csv"], name)
    raise NotFound("There is no such file.")
