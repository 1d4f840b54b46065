"""Any form in the pages of the design system: every kind of question, repeats, what is wrong, what is kept."""

import re
from typing import Any

import pytest

from tests.web.panel_world import English, words
from tests.world import World
from zajedno.children.models import Assessment, AssessmentDraft, Child
from zajedno.children.queries import assessment as assessments
from zajedno.forms.actions.load import load_form
from zajedno.forms.logic.book import Book
from zajedno.forms.models import Enabling
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db

FORM = (
    """
## survey
| type | name | LABEL | required | relevant | constraint | MESSAGE | default | calculation | appearance | FILTER |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| note | hello | Good day | | | | | | | | |
| text | story | What happened? | | | | | | | multiline | |
| integer | age | Age | yes | | . < 19 | Younger than 19. | | | | |
| decimal | weight | Weight | | | | | | | | |
| date | seen_on | Seen on | | | . <= today() | Not in the future. | | | | |
| time | at_time | At what time | | | | | | | | |
| select_one town | town | Town | | | | | su | | | |
| select_one street | street | Street | | | | | | | minimal | town = ${town} |
| select_multiple town | towns | Towns | | | | | | | | |
| geopoint | place | Where | | | | | | | | |
| acknowledge | told | The parent was told | | | | | | | | |
| image | drawing | A drawing | | | | | | | | |
| calculate | twice | | | | | | | ${age} * 2 | | |
| begin_group | check | At home | | | | | | | | |
| integer | people | How many people | | | | | | | | |
| begin_repeat | visit | Visit | | | | | | | | |
| date | day | Day | yes | | | | | | | |
| text | said | What was said (of ${people} people) | | | | | | | | |
| end_repeat | | | | | | | | | | |
| end_group | | | | | | | | | | |

## choices
| list_name | name | label::English (en) | town |
| --- | --- | --- | --- |
| town | su | Subotica | |
| town | bu | Bujanovac | |
| street | korzo | Korzo | su |
| street | glavna | Glavna | bu |

## settings
| form_id | form_title | default_language |
| --- | --- | --- |
| everything | Everything | English (en) |
""".replace("MESSAGE", "constraint_message::English (en)")
    .replace("FILTER", "choice_filter")
    .replace("LABEL", "label::English (en)")
)
FACTS = {
    "about": "child",
    "parts": ["education"],
    "purpose": "education",
    "source": {"text": "A test.", "verified": True},
}
GOOD = {"data_age": "9", "data_seen_on_day": "3", "data_seen_on_month": "11", "data_seen_on_year": "2026"}


@pytest.fixture
def child(world: World) -> Child:
    form = load_form(Book.from_markdown(FORM), FACTS, by=None, key="everything", country="").version.form
    Enabling.objects.create(form=form, organisation=world.organisations["school"].pk, since=today())
    return world.child()


@pytest.fixture
def at(world: World, child: Child, go: English) -> Any:
    """Ana's draft: `at("1/", {...})` sends, `at("1/")` looks."""
    client = go("ana")
    begun = client.post(f"/work/child/{child.uuid}/assessments/", {"form": "everything"})
    root = begun["Location"]

    def page(rest: str, sent: dict[str, Any] | None = None) -> Any:
        shown = {"shown": shown_on(client, root + rest)} if sent is not None and not rest.startswith("check") else {}
        return client.get(root + rest) if sent is None else client.post(root + rest, shown | sent)

    return page


def shown_on(client: Any, address: str) -> list[str]:
    return re.findall(r'name="shown" value="([^"]+)"', words(client.get(address)))


def kept() -> dict[str, Any]:
    return AssessmentDraft.objects.get().answers


def test_every_kind_of_question_has_its_input(at: Any) -> None:
    text = words(at("1/"))
    for sign in ("<textarea", 'inputmode="numeric"', 'inputmode="decimal"', "govuk-date-input", 'type="radio"',
                 "<select", 'type="checkbox"', "Good day", "A picture can be sent only from a phone"):  # fmt: skip
        assert sign in text
    assert "twice" not in text
    assert "Korzo" in text
    assert "Glavna" not in text


def test_what_was_typed_comes_back_whatever_it_is(at: Any) -> None:
    wrong = {
        "data_story": "<script>alert(1)</script>", "data_age": "nine", "data_weight": "1,5 kg",
        "data_seen_on_day": "31", "data_seen_on_month": "2", "data_seen_on_year": "2026", "data_at_time": "25.99",
        "data_place": "north", "data_town": "bu", "data_towns": ["su", "bu"],
    }  # fmt: skip
    answer = at("1/", wrong)
    text = words(answer)
    assert answer.status_code == 422
    for sign in ("&lt;script&gt;", 'value="nine"', 'value="1,5 kg"', 'value="31"', 'value="25.99"', 'value="north"'):
        assert sign in text
    assert "<script>alert" not in text
    assert kept()["age"] == "nine"
    assert kept()["towns"] == "su bu"


def test_a_forms_own_words_say_what_is_wrong(at: Any) -> None:
    text = words(at("1/", GOOD | {"data_age": "44", "data_seen_on_year": "2099"}))
    assert "Younger than 19." in text
    assert "Not in the future." in text


def test_choices_follow_other_answers(at: Any) -> None:
    at("1/", GOOD | {"data_town": "bu", "data_street": "glavna"})
    text = words(at("1/"))
    assert "Glavna" in text
    assert "Korzo" not in text


def test_turns_come_and_go_and_nothing_of_the_others_is_lost(at: Any) -> None:
    at("1/", GOOD)
    first = {"data_check_people": "4", "data_check_visit-1_day_day": "1", "data_check_visit-1_day_month": "10",
             "data_check_visit-1_day_year": "2026", "data_check_visit-1_said": "Добро."}  # fmt: skip
    text = words(at("2/", first | {"add": "/data/check/visit"}))
    assert "Visit, number 2" in text
    assert "of 4 people" in text
    at("2/", first | {"data_check_visit-2_said": "Друго.", "add": "/data/check/visit"})
    at("2/", first | {"data_check_visit-2_said": "Друго.", "remove": "/data/check/visit[2]"})
    assert [turn.get("said") for turn in kept()["check"]["visit"]] == ["Добро.", None]
    refused = at("2/", first)
    assert refused.status_code == 422
    at("2/", first | {"remove": "/data/check/visit[2]"})
    at("2/", first | {"remove": "/data/check/nothing[1]"})
    assert at("2/", first)["Location"].endswith("/check/")


def test_a_look_keeps_nothing(at: Any) -> None:
    before = kept()
    assert at("1/", GOOD | {"look": "1"}).status_code == 200
    assert kept() == before


def test_sent_whole_it_is_read_back(at: Any, world: World, child: Child) -> None:
    at(
        "1/",
        GOOD | {"data_weight": "12,5", "data_at_time": "9.05", "data_place": "46.1, 19.66", "data_told": "on"},
    )
    at("2/", {"data_check_people": "4", "remove": "/data/check/visit[1]"})
    assert at("2/", {"data_check_people": "4"})["Location"].endswith("/check/")
    assert "First finish these pages" not in words(at("check/"))
    done = at("check/", {})
    assert done.status_code == 302
    read = assessments.of_child(world.actor("ana"), child)[0]
    answers = read.content["answers"]
    assert (answers["weight"], answers["at_time"], answers["told"]) == ("12.5", "09:05:00", "OK")
    assert answers["place"].startswith("46.1 19.66")
    assert Assessment.objects.get().part == "education"


def test_a_page_that_is_not_there_and_a_form_that_is_not_in_use(at: Any, child: Child, go: English) -> None:
    assert at("3/").status_code == 404
    assert go("ana").post(f"/work/child/{child.uuid}/assessments/", {"form": "cfm-5-17"}).status_code == 404
    assert go("ana").get("/work/form/cfm-5-17/paper/").status_code == 404


def test_the_paper_has_every_question(child: Child, go: English) -> None:
    response = go("ana").get("/work/form/everything/paper/")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
