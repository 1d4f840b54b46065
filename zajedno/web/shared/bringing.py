"""A list that comes in: looked through, shown, and entered as a whole when the person says so.

Between the two steps nothing is kept here: the rows travel in the page, signed for the person, so that what was shown
is entered. One address does it all; a desk describes its list in a `Bringing` and answers with `bring`.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.clock import today
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Column, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

TABLES = ("xlsx", "xls", "ods", "csv")
GOOD_FOR = 3600  # seconds
SHOWN = 100  # rows on the page
LARGEST = 1_500_000  # signed characters that a form may carry


@dataclass(frozen=True)
class Looked:
    """What would come of a file.

    `columns`: of what is shown, the row's number and its name first. `ready`: rows as `enter` takes them, of texts,
    numbers, days and decimals in lists and dictionaries; `lines`: the same as cells. `refused`: (number, name, why).
    """

    columns: Sequence[Any]
    ready: Sequence[Any] = ()
    lines: Sequence[Sequence[Any]] = ()
    refused: Sequence[tuple[int, str, str]] = ()
    notes: Sequence[Any] = ()


@dataclass(frozen=True)
class Bringing:
    """One kind of list. `key`: what is signed for one is not entered as another (name the budget or body in it).

    `form(data, files)`; `look(cleaned)` raises Refused for what is no such list; `enter(rows)` is one verb, which asks
    and checks anew and does all or nothing, and returns what is said of it; `page(context)` answers with a template
    that includes components/bringing.html; `done`: where to when it is entered.
    """

    key: str
    form: Callable[[Any, Any], Form]
    look: Callable[[dict[str, Any]], Looked]
    enter: Callable[[list[Any]], str]
    page: Callable[[dict[str, Any]], HttpResponse]
    done: str


def bring(request: HttpRequest, kind: Bringing) -> HttpResponse:
    if "rows" in request.POST:
        return _enter(request, kind)
    if "refused" in request.POST:
        return _refused_out(request, kind)
    form = kind.form(request.POST, request.FILES) if request.method == "POST" else kind.form(None, None)
    shown: dict[str, Any] = {}
    if form.is_valid():
        attempt(form, lambda: shown.update(_shown(request, kind, kind.look(form.cleaned_data))))
    return kind.page({"form": form, "most": SHOWN, **shown})


def asides_said(numbers: Sequence[int]) -> list[str]:
    """Of rows of a file that are none, by their numbers."""
    return (
        [_("Titles, sums and notes, not read as rows: %(numbers)s") % {"numbers": listed(numbers)}] if numbers else []
    )


def listed(numbers: Sequence[int], most: int = 20) -> str:
    return ", ".join(map(str, numbers[:most])) + (" …" if len(numbers) > most else "")


def _shown(request: HttpRequest, kind: Bringing, looked: Looked) -> dict[str, Any]:
    columns = [one if isinstance(one, Column) else Column(one) for one in looked.columns]
    titles = [*(str(one.title) for one in columns[:2]), _("Why not taken")]
    refused = [[str(number), name, why] for number, name, why in looked.refused]
    signed = _signed(request, kind, "rows", looked.ready)
    signed_refused = _signed(request, kind, "refused", [titles, *refused] if refused else [])
    if len(signed) + len(signed_refused) > LARGEST:
        raise Refused(_("The list is too large for one look. Split it."), "too_large")
    return {
        "looked": True, "ready": len(looked.ready), "refused": len(refused), "notes": looked.notes,
        "ready_table": Table("ready", _("What can be entered"), columns, looked.lines[:SHOWN]),
        "refused_table": Table("refused", _("What is not taken, and why"), [*map(Column, titles)], refused[:SHOWN]),
        "more": max(len(looked.ready), len(refused)) > SHOWN, "signed": signed, "signed_refused": signed_refused,
    }  # fmt: skip


def _enter(request: HttpRequest, kind: Bringing) -> HttpResponse:
    """What was shown, all of it or nothing."""
    try:
        messages.success(request, kind.enter(_unsigned(request, kind, "rows")))
    except signing.BadSignature:
        messages.error(request, _("This took too long. Send the file again."))
        return redirect(request.path)
    except Refused as refusal:
        form = kind.form({}, {})
        form.errors.clear()  # only what the verb said: nothing was asked for again
        form.add_error(None, str(refusal.sentence))
        form.refused_with = refusal.status
        return kind.page({"form": form})
    return redirect(kind.done)


def _refused_out(request: HttpRequest, kind: Bringing) -> HttpResponse:
    """The refused rows as a workbook, for whoever puts the list right."""
    try:
        titles, *lines = _unsigned(request, kind, "refused")
    except signing.BadSignature:
        messages.error(request, _("This took too long. Send the file again."))
        return redirect(request.path)
    return saved(write_workbook(titles, lines), MEDIA_TYPES["xlsx"], f"{_('refused')}-{today().isoformat()}.xlsx")


def _salt(request: HttpRequest, kind: Bringing, what: str) -> str:
    return f"bringing {kind.key} {what} {request.user.pk}"  # nobody enters what another was shown


def _signed(request: HttpRequest, kind: Bringing, what: str, rows: Sequence[Any]) -> str:
    if not rows:
        return ""
    return signing.dumps(rows, salt=_salt(request, kind, what), serializer=_Json, compress=True)


def _unsigned(request: HttpRequest, kind: Bringing, what: str) -> list[Any]:
    salt = _salt(request, kind, what)
    found: list[Any] = signing.loads(request.POST.get(what, ""), salt=salt, serializer=_Json, max_age=GOOD_FOR)
    return found


def reasons(faults: Iterable[Any], sentences: Mapping[str, str], labels: Mapping[str, Any]) -> str:
    """Why a row is not taken, in words. A fault has a code, where it is and what fills the sentence, of which `kind` is
    a word of ours."""

    def told(one: Any) -> str:
        what = {key: _(str(value)) if key == "kind" else value for key, value in one.what.items()}
        sentence = _(sentences[one.code]) % what
        return f"{labels.get(one.where, one.where)}: {sentence}" if one.where else sentence

    return " ".join(map(told, faults))


class _Json:
    """JSON that knows days and decimals; keys of others that look like our marks get one sign more."""

    def dumps(self, rows: Any) -> bytes:
        return json.dumps(_told(rows), separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data, object_hook=_heard)


def _told(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {f"${key}" if key.startswith("$") else key: _told(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_told(one) for one in value]
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    return {"$decimal": str(value)} if isinstance(value, Decimal) else value


def _heard(value: dict[str, Any]) -> Any:
    if "$day" in value:
        return date.fromisoformat(value["$day"])
    return Decimal(value["$decimal"]) if "$decimal" in value else {k.removeprefix("$"): v for k, v in value.items()}
