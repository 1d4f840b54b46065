"""A paper that a move asks for is kept with the case, and the history names it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import RestrictedError

from tests.casework.handing import address, approvals, at, seen, text
from tests.casework.test_story import Story
from tests.world import World
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.note import attach_paper
from zajedno.casework.models import Paper
from zajedno.children.models import Tie
from zajedno.kernel.refusal import Refused
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 invented"


@pytest.fixture
def story(world: World) -> Story:
    """A plan is asked for with a paper."""
    content = approvals()
    move = next(one for one in content["move"] if one["key"] == "request_plan")
    move["asks"] = ["paper"]
    load_definition(content, by=None, key="approvals", country="RS")
    made, school = Story(world), world.organisations["school"]
    with made.as_("ana"):
        made.case = open_case(by=world.actor("ana"), child=made.child, keeper=school, procedure="approvals")
    return made


def test_a_new_file_becomes_a_paper_of_the_case_and_the_history_names_it(world: World, story: Story) -> None:
    ana, path = at(world, "ana"), address(story.case, "move/request_plan/")
    assert "multipart/form-data" in text(ana.get(path))
    page = ana.post(path, {"seen": seen(story.case)})
    assert page.status_code == 422
    assert not Paper.objects.exists()
    sent = {"seen": seen(story.case), "paper_file": SimpleUploadedFile("Мишљење.pdf", PDF, "application/pdf")}
    assert ana.post(path, sent).status_code == 302
    paper = Paper.objects.get(case=story.case)
    assert (paper.name, paper.bytes_inside, story.case.moves.last().paper) == ("Мишљење.pdf", PDF, paper)
    assert "Мишљење.pdf" not in text(ana.get(address(story.case, "history/")))  # its papers are not open to Ana
    Tie.objects.filter(pk=story.case.participants.get().tie_id).update(fields=["identity", "request", "papers"])
    history = text(ana.get(address(story.case, "history/")))
    assert f"papers/{paper.uuid}/" in history
    assert "Мишљење.pdf" in history


def test_a_paper_that_is_there_is_chosen_and_no_other(story: Story) -> None:
    with pytest.raises(Refused, match="paper"):
        story.move("ana", "request_plan", paper="00000000-0000-0000-0000-000000000000")
    with story.as_("ana"):
        paper = attach_paper(
            by=story.world.actor("ana"), file=story.file("ana"), kind="other", name="x.pdf",
            media_type="application/pdf", content=PDF,
        )  # fmt: skip
    story.move("ana", "request_plan", paper=str(paper.uuid))
    assert story.case.moves.last().paper == paper
    with pytest.raises(RestrictedError):
        paper.delete()
