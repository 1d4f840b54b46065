"""Every story of every procedure is carried through the database by the people who play it."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.casework.cast import InventedCast, about, content, load, procedures
from zajedno.kernel.clock import today
from zajedno.procedures.logic.definition import Definition, Story
from zajedno.procedures.logic.parse import parse
from zajedno.site.demo.tale.telling import Telling

pytestmark = pytest.mark.django_db
STORIES = [
    pytest.param(path, number, id=f"{path.parents[1].name}-{path.stem}-{number}")
    for path in procedures("rs", "ba")
    for number in range(len(content(path)["story"]))
]


def definition_of(path: Path) -> Definition:
    definition, mistakes = parse(content(path))
    assert definition, mistakes
    return definition


@pytest.mark.parametrize(("path", "number"), STORIES)
def test_the_story_happens(path: Path, number: int) -> None:
    load(path.relative_to(settings.PACKS_DIR).parts[0])
    definition = definition_of(path)
    story: Story = definition.stories[number]
    cast = InventedCast()
    telling = Telling.begin(cast, definition, story, about(cast, definition), today())
    for line in telling.tell(story):
        case = telling.case
        assert not line.step or case.step == line.step, line.move
        assert line.beside is None or set(case.beside) == set(line.beside), line.move
        running = set(case.clocks.filter(stopped_on=None).values_list("key", flat=True))
        assert line.clocks is None or running == set(line.clocks), line.move
    assert telling.case.outcome == story.ends
