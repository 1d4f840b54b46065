"""Registers of both kinds for the tests of their pages, small enough to count, and their background job."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.casework.test_batch import HEADER as REQUESTS
from tests.children.test_batch import HEADER as CHILDREN
from tests.web.panel_world import words
from zajedno.access.models import Batch
from zajedno.casework.models import CaseBatch
from zajedno.children.models import ChildBatch
from zajedno.kernel.clock import today
from zajedno.web.panel import register as of_requests
from zajedno.web.registers.kind import Kind
from zajedno.web.work import register as of_children


@dataclass(frozen=True)
class Case:
    """A register, who brings it in, the institution, and rows: one new, one refused, one as `world.child()`."""

    kind: Kind
    batches: type[Batch]
    who: str
    place: str
    header: str
    new: str
    refused: str
    likely: str

    def content(self, *rows: str) -> bytes:
        """The rows, or one of each."""
        text = "\n".join(rows or (self.new, self.refused, self.likely))
        return f"{self.header}{text}\n".replace("ДАНАС", f"{today():%d.%m.%Y.}").encode()


KINDS = {
    "requests": Case(
        of_requests.REQUESTS, CaseBatch, "csaba", "commission", REQUESTS,
        "П-1;ДАНАС;Ђурић Ана;27.2.2012.;;Мара;Школска 1;родитељ;;примљено;;;",
        "П-2;;Без Дана;1.3.2015.;;;;;;;;;",
        "П-3;ДАНАС;Nježić Đorđe;4.5.2016.;;Филип;Улица 1;родитељ;;примљено;;;",
    ),
    "children": Case(
        of_children.CHILDREN, ChildBatch, "ana", "school", CHILDREN,
        "К1;Ана;Ђурић;Ж;27.2.2012.;;Мара;Суботица;Школска 1",
        "К2;Без;Дана;Ж;јуче;;;;",
        "К3;Đorđe;Nježić;М;4.5.2016.;;Филип;;Улица 1",
    ),
}  # fmt: skip


def upload(client: Client, case: Case, content: bytes, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("Ђорђе.csv", content)
    return client.post(case.kind.at, {"file": file, **more})


def batch_at(case: Case, here: str) -> Any:
    return case.batches.objects.get(uuid=here.split("/")[-2])


def chosen(case: Case, here: str, **changed: str) -> dict[str, str]:
    """Columns as the page proposes them, but for some."""
    columns = batch_at(case, here).columns
    return {key: str(columns.get(key, "")) for key in case.kind.fields} | changed


def checked(client: Client, case: Case, *rows: str) -> str:
    """The address of a register that was read and checked."""
    here = upload(client, case, case.content(*rows))["Location"]
    assert client.post(f"{here}columns/", chosen(case, here)).status_code == 302
    return here


def entered(client: Client, case: Case, *rows: str) -> str:
    """The address of one that the background job has entered."""
    here = checked(client, case, *rows)
    assert client.post(f"{here}enter/")["Location"] == here
    work()
    assert "The register is entered" in words(client.get(here))
    return here


def work() -> None:
    """The background jobs that wait, done here and now."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name](**job.args)
