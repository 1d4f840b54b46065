"""Our components against GOV.UK's own examples, and all of them together in a real browser."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template, engines
from django.test import RequestFactory, override_settings
from django.urls import include, path
from django.utils import translation
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from tests.web.browser import check_page
from zajedno.web.shared import charts, pieces
from zajedno.web.shared import fields as f
from zajedno.web.shared.forms import Form
from zajedno.web.templatetags import ui

EXAMPLES = Path("node_modules/govuk-frontend/dist/govuk/components")
_VOID = {"input", "br", "img", "path"}


class Shape(HTMLParser):
    """Elements with their classes, roles and states, and the text between: the component without its layout."""

    KEPT = {"class", "role", "type", "for", "id", "name", "value", "aria-describedby", "aria-labelledby",
            "aria-current", "data-module", "href", "inputmode", "rel", "aria-hidden", "lang"}  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted((name, " ".join(sorted((value or "").split()))) for name, value in attrs if name in self.KEPT)
        self.parts.append(f"<{tag} {kept}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if text := re.sub(r"\s+", " ", data).strip():
            self.parts.append(text)


def shape(html: str) -> list[str]:
    parser = Shape()
    parser.feed(html)
    return parser.parts


def example(component: str, name: str) -> list[str]:
    cases = json.loads((EXAMPLES / component / "fixtures.json").read_text())["fixtures"]
    return shape(next(case["html"] for case in cases if case["name"] == name))


def render(source: str, **context: Any) -> list[str]:
    with translation.override("en"):
        return shape(Template("{% load ui %}" + source).render(Context(context)))


def show(field: forms.Field, name: str, id: str, error: str = "") -> list[str]:
    """The field as rendered, under the example's id and name."""
    form = type("One", (Form,), {id: field})(auto_id="%s")
    if error:
        form.is_bound = True
        form._errors = ErrorDict({id: form.error_class([error])})
    return [
        part.replace(f"('name', '{id}')", f"('name', '{name}')") for part in render("{% field one %}", one=form[id])
    ]


def test_text_with_hint() -> None:
    hint = "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’."
    field = f.Text(label="National insurance number", help_text=hint)
    assert show(field, "test-name-2", "input-with-hint-text") == example("input", "with hint text")


def test_text_with_error() -> None:
    field = f.Text(label="National Insurance number")
    error = "Enter a National Insurance number in the correct format"
    assert show(field, "test-name-3", "input-with-error-message", error=error) == example("input", "with error message")


def test_amount_with_prefix() -> None:
    field = f.Text(label="Amount, in pounds", prefix="£")
    assert show(field, "amount", "input-with-prefix") == example("input", "with prefix")


def test_select_with_hint_and_error() -> None:
    choices = [(n, f"GOV.UK frontend option {n}") for n in (1, 2, 3)]
    field = f.Select(label="Label text goes here", help_text="Hint text goes here", choices=choices, empty=None)
    ours = show(field, "select-2", "select-2", error="Error message goes here")
    assert ours == example("select", "with hint text and error message")


def test_file_with_hint_and_error() -> None:
    hint = "Your photo may be in your Pictures, Photos, Downloads or Desktop folder. Or in an app like iPhoto."
    ours = show(
        f.UploadField(label="Upload a file", help_text=hint),
        "file-upload-3",
        "file-upload-3",
        error="Error message goes here",
    )
    assert ours == example("file-upload", "with error message and hint")


def _without_sizes(parts: list[str]) -> list[str]:
    return [part.replace(" govuk-fieldset__legend--s", "") for part in parts]


def test_boxes() -> None:
    choices = [("british", "British"), ("irish", "Irish"), ("other", "Citizen of another country")]
    ours = show(f.Checks(label="What is your nationality?", choices=choices), "nationality", "nationality")
    assert _without_sizes(ours) == example("checkboxes", "default")


def test_radios_with_hints() -> None:
    theirs = json.loads((EXAMPLES / "radios" / "fixtures.json").read_text())["fixtures"]
    items = next(case for case in theirs if case["name"] == "with hints on items")["options"]["items"]
    field = f.Radios(
        label="How do you want to sign in?",
        choices=[(item["value"], item["text"]) for item in items],
        hints={item["value"]: item["hint"]["text"] for item in items},
        legend="h1",
    )
    ours = "\n".join(show(field, "gov", "gov"))
    wanted = "\n".join(example("radios", "with hints on items"))
    for number, item in enumerate(items, start=1):  # GOV.UK's example gives its own ids
        wanted = wanted.replace(f"'{item['id']}", f"'{'gov' if number == 1 else f'gov-{number}'}")
        wanted = wanted.replace(
            f"('value', '{'gov' if number == 1 else f'gov-{number}'}')", f"('value', '{item['value']}')"
        )
    assert ours == wanted


def test_date() -> None:
    field = f.DateField(label="What is your date of birth?", help_text="For example, 31 3 1980")
    field.initial = date(1980, 3, 31)
    ours = "\n".join(_without_sizes(show(field, "x", "with-values")))
    for part in ("day", "month", "year"):  # our names and ids are Django's way of writing them
        ours = ours.replace(f"('name', 'with-values_{part}')", f"('name', '{part}')").replace(
            f"with-values_{part}", f"with-values-{part}"
        )
    assert ours == "\n".join(example("date-input", "with values"))


def test_error_summary() -> None:
    problems = [
        {"text": "The date your passport was issued must be in the past", "href": "#example-error-1"},
        {"text": "Enter a postcode, like AA1 1AA", "href": "#example-error-2"},
    ]
    assert render('{% include "form/errors.html" %}', problems=problems) == example("error-summary", "default")


def test_button() -> None:
    assert render('{% button "Save and continue" %}') == example("button", "default")
    assert render('{% button "Start now" href="/" %}')[1] == "Start now"


def test_tag() -> None:
    assert render('{% tag "Grey" "plain" %}') == example("tag", "grey")


def test_summary_list() -> None:
    link = pieces.Link("Edit", "#", "name"), pieces.Link("Delete", "#", "name")
    ours = render("{% summary rows %}", rows=[pieces.Row("Name", "Firstname Lastname", link)])
    theirs = example("summary-list", "with actions")
    end = next(at for at, part in enumerate(theirs) if part == "</div>") + 1
    assert ours[:-1] == theirs[:end]


def test_pagination() -> None:
    ours = "\n".join(
        render("{% pages page %}", page=Paginator([1, 2, 3], 1).page(2), request=RequestFactory().get("/"))
    )
    theirs = "\n".join(example("pagination", "default"))
    for word, ours_ in (
        ("/previous", "?page=1"),
        ("/next", "?page=3"),
        *((f"/page/{n}", f"?page={n}") for n in (1, 2, 3)),
    ):
        theirs = theirs.replace(f"('href', '{word}')", f"('href', '{ours_}')")
    assert ours == theirs


def test_task_list() -> None:
    blue = pieces.Tag("Incomplete", "info")
    items = [
        pieces.Task("Company Directors", pieces.Tag("Completed", "done"), "#"),
        pieces.Task("Registered company details", blue, "#"),
        pieces.Task("Business plan", blue, "#"),
    ]
    assert render('{% tasks items "task-list" %}', items=items) == example("task-list", "default")


def test_texts_are_escaped() -> None:
    parts = render("{% summary rows %}", rows=[pieces.Row("<b>", "<i>", [pieces.Link("<u>", "/")])])
    assert not any(part.startswith(("<b", "<i", "<u ")) for part in parts if part not in ("<b>", "<i>", "<u>"))


def test_stacked_bars_end_where_their_sum_ends() -> None:
    chart = charts.Chart("c", "t", "d", ["a", "b"], [("x", [10, 30]), ("y", [20, 0])])
    long, short = chart.lines()
    right = max(bar.x + bar.width for bar in long["bars"])
    assert right <= charts.WIDTH
    assert sum(bar.width for bar in short["bars"]) == pytest.approx(sum(bar.width for bar in long["bars"]) / 2, abs=0.2)
    assert long["total"] == 40


def test_late_deadlines_stand_before_today() -> None:
    days = [charts.Due("a", date(2026, 11, 20), "late"), charts.Due("b", date(2026, 11, 30), "later")]
    chart = charts.Deadlines("d", "t", "x", date(2026, 11, 24), days)
    late, later = chart.dots()
    assert late["x"] < chart.today_x < later["x"]


class Ask(Form):
    name = f.Text(label="Име", help_text="Како је уписано.", width="two-thirds")
    born = f.DateField(label="Рођена", help_text="На пример 5 6 2015")
    by = f.Radios(label="Ко тражи", choices=[("p", "Родитељ"), ("s", "Школа")], reveals={"p": "phone"})
    phone = f.Text(label="Телефон", width=10)
    needs = f.Checks(label="Подршка", choices=[("a", "Превоз"), ("b", "Пратилац")])
    where = f.Suggest(label="Општина", choices=[("1", "Суботица"), ("2", "Бујановац")])
    cost = f.Money(label="Износ")
    note = f.LongText(label="Белешка", required=False)
    paper = f.UploadField(label="Папир")
    agreed = f.Confirm(label="Родитељ је обавештен")


GALLERY = """{% extends "base.html" %}{% load ui %}{% block title %}Све{% endblock %}
{% block crumbs %}{% back "/" %}{% endblock %}{% block content %}
{% identity "Мила Ковачевић" "5. 6. 2015." badge=late %}<h1 class="govuk-heading-l">Све</h1>
{% sections sections "Предмет" %}{% steps steps %}
{% filters "Сужавање" clear="/" %}<p class="govuk-body">…</p>{% endfilters %}
{% table table %}{% pages page %}{% summary rows card="Дете" %}{% tasks tasks %}{% timeline moments level=2 %}
{% work work %}{% card "Рокови" %}<p class="govuk-body">Текст</p>{% endcard %}
{% empty "Нема" %}<p>Почните.</p>{% endempty %}
{% warning %}Сутра.{% endwarning %}{% inset %}Важно{% endinset %}{% details "Више" %}Још{% enddetails %}
{% banner "Готово" "success" %}<p class="govuk-body">Сачувано</p>{% endbanner %}{% bars bars %}{% deadlines dots %}
{% endblock %}"""
FORM = """{% extends "narrow.html" %}{% load ui %}{% block title %}Образац{% endblock %}{% block narrow %}
<h1 class="govuk-heading-l">Образац</h1><form method="post" novalidate enctype="multipart/form-data">{% csrf_token %}
{% fields form %}{% button "Сачувај" %}</form>{% endblock %}"""


def gallery(request: HttpRequest) -> HttpResponse:
    late, day = pieces.Tag("Касни", "late"), date(2026, 11, 24)
    columns = [pieces.Column("Број"), pieces.Column("Дете"), pieces.Column("Рок", numeric=True)]
    rows = [
        [pieces.Cell("2", "/x"), "Мила", pieces.Cell("1. 12. 2026.", sort="2026-12-01")],
        [
            pieces.Cell("10", "/y"),
            pieces.Cell("Kovács Áron", lang="hu"),
            pieces.Cell("30. 11. 2026.", sort="2026-11-30"),
        ],
    ]
    context = {
        "late": late,
        "table": pieces.Table("cases", "Предмети", columns, rows, sortable=True),
        "page": Paginator(range(200), 10).page(4),
        "rows": [
            pieces.Row("Рођена", day, [pieces.Link("Измени", "/x", "датум")]),
            pieces.Row("Стање", late),
            pieces.Row("Тел."),
        ],
        "tasks": [pieces.Task("Захтев", pieces.Tag("Готово", "done"), "/x"), pieces.Task("Седница", late)],
        "moments": [pieces.Moment("Примљен", day, "Лично.", "Ана")],
        "steps": [pieces.Step("Дете", "done", "/x"), pieces.Step("Родитељ", "here"), pieces.Step("Крај", "ahead")],
        "sections": [{"text": "Преглед", "href": "/a", "current": True}, {"text": "Рокови", "href": "/b", "count": 3}],
        "work": pieces.Work("Увоз", 1200, 20000, pieces.Tag("Тече", "info"), 350.0, 54),
        "bars": charts.Chart("b", "По стању", "Највише чека.", ["У року", "Касни"], [("Чека", [20, 7])], "Стање"),
        "dots": charts.Deadlines("d", "Рокови", "Један касни.", day, [charts.Due("а", date(2026, 11, 20), "late")]),
    }
    return HttpResponse(engines["django"].from_string(GALLERY).render(context, request))


def ask(request: HttpRequest) -> HttpResponse:
    form = Ask(request.POST or None, request.FILES or None)
    return HttpResponse(engines["django"].from_string(FORM).render({"form": form}, request))


urlpatterns = [path("", include("zajedno.web.urls")), path("gallery/", gallery), path("ask/", ask)]


@pytest.mark.browser  # axe looks at it
@override_settings(ROOT_URLCONF=__name__)
def test_all_components_can_be_used_by_everybody(site: str, page: Browser) -> None:
    page.goto(f"{site}/gallery/")
    check_page(page)
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.browser  # the script sorts
@override_settings(ROOT_URLCONF=__name__)
def test_table_is_sorted_by_its_headers(site: str, page: Browser) -> None:
    page.goto(f"{site}/gallery/")
    first = page.locator("#cases tbody tr:first-child th")
    page.click("#cases th:has-text('Рок') button")
    assert first.inner_text() == "10"
    assert page.locator("#cases th[aria-sort=ascending]").inner_text() == "Рок"
    page.click("#cases th:has-text('Број') button")
    assert first.inner_text() == "2"


@pytest.mark.browser  # axe looks at it, and at where the focus goes
@override_settings(ROOT_URLCONF=__name__)
def test_form_with_errors_can_be_used_by_everybody(site: str, page: Browser) -> None:
    page.goto(f"{site}/ask/")
    check_page(page)
    page.click("main button[type=submit]")
    expect(page.locator(".govuk-error-summary a")).to_have_count(8)
    check_page(page)


@pytest.mark.browser  # the script reads what is pasted
@override_settings(ROOT_URLCONF=__name__)
def test_pasted_date_is_spread_and_list_is_narrowed(site: str, page: Browser) -> None:
    page.goto(f"{site}/ask/")
    page.locator("#id_born_day").evaluate(
        """box => { const held = new DataTransfer(); held.setData("text", "5.6.2015.");
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true })); }"""
    )
    assert [page.input_value(f"#id_born_{part}") for part in ("day", "month", "year")] == ["5", "6", "2015"]
    page.fill(".z-filter", "subo")
    assert page.locator("#id_where option").all_inner_texts()[1:] == ["Суботица"]


def test_a_cell_writes_nothing_that_is_not_escaped() -> None:
    bad = '"><script>x</script>'
    cell = pieces.Cell(bad, href=bad, tag=pieces.Tag(bad, bad), sort=bad, lang=bad, small=bad)
    for head in (True, False):
        assert "<script" not in ui.cell(pieces.Column("x"), cell, head)
    assert ui.cell(pieces.Column("x", numeric=True), pieces.Cell(3), False) == (
        '<td class="govuk-table__cell govuk-table__cell--numeric">3</td>'
    )
