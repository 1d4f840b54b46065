"""Which forms fit into a table, and how: lists, numbers, conditions, what is left out and what keeps a form out."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.children.classes import School
from tests.web.panel_world import English
from tests.web.test_classes import address, cell, main, sent
from tests.world import World
from zajedno.children.models import Assessment
from zajedno.children.queries.assessment import of_child
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.logic.form import Form as Plain
from zajedno.forms.logic.form import read
from zajedno.forms.models import Enabling, Form, Version
from zajedno.kernel.clock import today
from zajedno.web.shared.sheets.grid import layout

SMALL = """
## survey

| type | name | label::Српски (sr) | label::English (en) | required | relevant | constraint | constraint_message | read_only | choice_filter |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| date | day | Дан | Day | yes | | | | | |
| select_one reads | reads | Да ли чита? | Does the child read? | yes | | | | | |
| integer | pages | Страна дневно | Pages a day | | ${reads} = 'yes' | . <= 99 | At most 99. | | |
| begin_group | more | Још | More | | | | | | |
| text | note | Белешка | Note | | | | | | |
| select_multiple reads | kinds | Шта? | What? | | | | | | |
| select_one reads | filtered | Пробрано | Picked | | | | | | name = ${reads} |
| integer | fixed | Стално | Fixed | | | | | true() | |
| end_group | | | | | | | | | |
| begin_repeat | visits | Посете | Visits | | | | | | |
| integer | minutes | Минута | Minutes | | | | | | |
| end_repeat | | | | | | | | | |

## choices

| list_name | name | label::Српски (sr) | label::English (en) |
| --- | --- | --- | --- |
| reads | yes | Да | Yes |
| reads | no | Не | No |

## settings

| form_title | form_id | default_language | form_title::Српски (sr) |
| --- | --- | --- | --- |
| Reading | reading | Српски (sr) | Читање |
"""  # noqa: E501
FACTS: dict[str, Any] = {
    "about": "child", "parts": ["education"], "purpose": "education", "grid": True, "day": "day",
    "source": {"text": "Own example", "verified": False, "note": ""},
}  # fmt: skip


def xml(text: str = SMALL) -> str:
    return xform(Book.from_markdown(text).with_latin(), version=1)


def plain(text: str = SMALL) -> Plain:
    return read(xml(text))


@pytest.fixture
def school(world: World) -> School:
    made = School(world)
    made.entrust()
    return made


@pytest.fixture
def vera(school: School, go: English) -> Client:
    return go("vera")


def load(school: School, text: str = SMALL, **facts: Any) -> str:
    """The address of the form for the class."""
    form = Form.objects.create(key="reading", country="RS", about="child")
    book = Book.from_markdown(text)
    facts = FACTS | facts
    Version.objects.create(
        form=form, number=1, book=book.to_json(), facts=facts, xml=xml(text), digest=book.digest(facts)
    )
    Enabling.objects.create(form=form, organisation=school.place.pk, since=date(2020, 1, 1))
    return address(school, rest="reading/")


def test_lists_and_numbers_are_columns_and_the_rest_is_left_out() -> None:
    found = layout(plain(), "sr", "day")
    assert [(one.label, one.typed) for one in found.columns] == [("Да ли чита?", False), ("Страна дневно", True)]
    assert found.left_out == ("Белешка", "Шта?", "Пробрано", "Минута")
    assert found.needed == ()
    assert found.groups() == []
    assert found.legend() == []
    assert layout(plain(), "sr-latn", "day").columns[0].label == "Da li čita?"


def test_a_question_that_must_be_answered_and_does_not_fit_keeps_the_form_out() -> None:
    assert layout(plain(), "en").needed == ("Day",)
    assert layout(plain(SMALL.replace("| Note | |", "| Note | yes |")), "en", "day").needed == ("Note",)


def test_choices_of_one_digit_are_typed_and_told_by_their_columns() -> None:
    rows = "".join(f"| level | {at} | Ниво {at} | Level {at} |\n" for at in range(3))
    text = SMALL.replace("\n## settings", f"{rows}\n## settings").replace(
        "| integer | pages |", "| select_one level | effort | Труд | Effort | | | | | | | |\n| integer | pages |"
    )
    assert layout(plain(text), "en", "day").legend() == [("0: Level 0, 1: Level 1, 2: Level 2", [])]
    other = text.replace("| reads | yes | Да", "| reads | 1 | Да").replace("| reads | no | Не", "| reads | 0 | Не")
    assert layout(plain(other), "en", "day").legend() == [
        ("1: Yes, 0: No", ["Does the child read?"]), ("0: Level 0, 1: Level 1, 2: Level 2", ["Effort"]),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_page_shows_lists_and_says_what_is_left_out(vera: Client, school: School) -> None:
    page = main(vera.get(load(school)))
    assert page.count("<select ") == 3
    assert '<option value="yes">Yes</option>' in page
    assert "Only on each pupil" in page
    assert "Note, What?, Picked, Minutes" in page
    assert 'scope="colgroup"' not in page


@pytest.mark.django_db
def test_a_sheet_holds_for_the_day_it_is_saved(vera: Client, school: School) -> None:
    here, (pera, djordje, _ana) = load(school), school.pupils
    page = main(vera.get(here))
    answers = sent(page) | {cell(page, pera): "yes", cell(page, pera, 1): "12", cell(page, djordje): "no"}
    assert vera.post(here, answers).status_code == 302
    assert {row.holds_on for row in Assessment.objects.all()} == {today()}
    (read_back,) = of_child(school.world.actor("vera"), pera)
    assert read_back.content["answers"] == {"day": str(today()), "reads": "yes", "pages": "12", "visits": [{}]}
    page = main(vera.get(here))
    assert '<option value="yes" selected>' in page
    overview = main(vera.get(f"{here}overview/"))
    assert "Pupils in each band" not in overview
    assert "Risk index" not in overview


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reads", "pages", "why"),
    [
        ("", "12", "Does the child read?: fill it in."),
        ("yes", "много", "Pages a day: type a whole number, or leave it empty."),
        ("yes", "100", "At most 99."),
        ("no", "12", "Pages a day: given the other answers this is not asked. Leave it empty."),
        ("maybe", "", "Does the child read?: type one of yes, no, or leave it empty."),
    ],
)
def test_each_fault_is_told_in_its_own_words(vera: Client, school: School, reads: str, pages: str, why: str) -> None:
    here, pera = load(school), school.pupils[0]
    page = main(vera.get(here))
    response = vera.post(here, sent(page) | {cell(page, pera): reads, cell(page, pera, 1): pages})
    assert response.status_code == 422
    assert f"Пера Перић: {why}</a>" in main(response)
    assert not Assessment.objects.exists()


@pytest.mark.django_db
def test_a_form_that_cannot_be_a_table_says_why(vera: Client, school: School) -> None:
    here = load(school, day="")
    page = main(vera.get(here))
    assert "cannot be filled in for a whole class" in page
    assert "Day" in page
    assert "<table" not in page
    assert vera.post(here, {"version": "1"}).status_code == 200


@pytest.mark.django_db
def test_forty_pupils_and_thirty_questions_are_a_light_page(vera: Client, school: School) -> None:
    levels = "".join(f"| level | {at} | Ниво {at} | Level {at} |\n" for at in range(3))
    items = "".join(f"| select_one level | i{at} | Питање са дугим именом {at} | Item {at} |\n" for at in range(30))
    head = "| label::Српски (sr) | label::English (en) |\n"
    text = (
        f"## survey\n\n| type | name {head}| --- | --- | --- | --- |\n{items}"
        f"\n## choices\n\n| list_name | name {head}| --- | --- | --- | --- |\n{levels}"
        "\n## settings\n\n| form_title | default_language |\n| --- | --- |\n| Thirty | Српски (sr) |\n"
    )
    here = load(school, text)
    for number in range(37):
        school.pupil(f"Станислава{number}", "Тодоровић-Његовановић")
    school.entrust()
    page = main(vera.get(here))
    answers = sent(page) | {f"r{row}-{item}": str(item % 3) for row in range(40) for item in range(30)}
    assert vera.post(here, answers).status_code == 302
    assert Assessment.objects.count() == 40
    response = vera.get(here)
    assert main(response).count('inputmode="numeric"') == 40 * 30
    assert len(response.content) < 150_000


@pytest.mark.django_db
def test_without_consent_a_pupil_has_no_cells(vera: Client, school: School) -> None:
    here, pera = load(school, purpose="screening"), school.pupils[0]
    consent = school.world.consent(pera, purpose="screening")
    consent.recipients.set([school.place])
    page = main(vera.get(here))
    assert page.count("There is no consent for this form.") == 2
    assert page.count("<select ") == 1
    answers = sent(page) | {cell(page, pera): "no"}
    consent.withdrawn_on = today()
    consent.save()
    response = vera.post(here, answers)
    assert response.status_code == 422
    assert cell(main(response), pera)  # what was typed is still there
