"""Pictures from the field: always saved, never shown inside our page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from zajedno.children.actions.submission import read_file
from zajedno.children.queries.assessment import find
from zajedno.children.queries.submission import files_of, find_held
from zajedno.children.rules import TAKE_HELD
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import ask
from zajedno.web.shared.uploads import saved
from zajedno.web.work.child import ChildFile, child_page
from zajedno.web.work.frame import work_page


@work_page
def of_held(request: HttpRequest, by: Actor, uuid: UUID, picture: UUID) -> HttpResponse:
    """One that came with a held submission."""
    ask(by, TAKE_HELD)
    return _given(by, find_held(by, uuid).files.filter(uuid=picture).first())


@child_page
def of_sheet(request: HttpRequest, file: ChildFile, sheet: UUID, picture: UUID) -> HttpResponse:
    """One that came with a sheet which stands in the child's file."""
    read = find(file.by, file.child, sheet)
    return _given(file.by, files_of(read.row.pk).filter(uuid=picture).first())


def _given(by: Actor, row: Any) -> HttpResponse:
    if row is None:
        raise NotFound("")
    return saved(read_file(by=by, row=row), row.media_type, row.name)
