"""`{% load ui %}`: the components of every page."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from zajedno.web.shared import pieces
from zajedno.web.shared.charts import Chart, Deadlines, Trend
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.forms import Form, bound, problems
from zajedno.web.shared.language import tag as language_tag

register = template.Library()
TONES = {"plain": "grey", "info": "blue", "wait": "yellow", "late": "red", "done": "green", "off": "grey"}


# Forms


@register.simple_tag
def field(field: forms.BoundField, *, label: Any = "", hint: Any = "") -> SafeString:
    """`{% field form.name %}`: label, hint, error and input. `label`, `hint` are for forms that are not ours."""
    if field.is_hidden:
        return SafeString(str(field))
    shown = bound(field)
    shown.label, shown.help_text = label or shown.label, hint or shown.help_text
    return render_to_string("form/field.html", {"field": shown})


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """`{% fields form %}`: every field in its order; those shown under a choice are left to it. Boxes of which there
    are none, and need be none, are not asked for."""
    inside = form.revealed() if isinstance(form, Form) else set()
    return SafeString("".join(field(one) for one in form if one.name not in inside and not _is_bare(one.field)))


def _is_bare(asked: forms.Field) -> bool:
    return isinstance(asked, forms.MultipleChoiceField) and not asked.required and not list(asked.widget.choices)


@register.simple_tag
def errors(*forms_: forms.BaseForm) -> SafeString:
    """`{% errors form %}`: the summary, empty when nothing is wrong. Stands above the page's heading."""
    found = [problem for form in forms_ if form is not None and form.is_bound for problem in problems(form)]
    return render_to_string("form/errors.html", {"problems": found})


@register.simple_tag
def button(text: Any, *, kind: str = "", name: str = "", value: str = "", href: str = "") -> SafeString:
    """`{% button text kind="secondary" %}`; kinds: secondary, warning. With `href` a link that looks like a button."""
    looks = format_html("govuk-button{}", f" govuk-button--{kind}" if kind else "")
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>',
            href,
            looks,
            text,
        )
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" data-prevent-double-click="true"{}>{}</button>',
        looks, named, text,
    )  # fmt: skip


# Pieces of a page


@register.simple_tag
def tag(text: Any, tone: str = "plain") -> SafeString:
    """`{% tag "Late" "late" %}` or `{% tag piece %}`."""
    if isinstance(text, pieces.Tag):
        text, tone = text.text, text.tone
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', TONES.get(tone, "grey"), text)


@register.inclusion_tag("components/summary_list.html")
def summary(rows: Sequence[pieces.Row], *, card: Any = "", level: int = 2, plain: bool = False) -> dict[str, Any]:
    """`{% summary rows card=title %}`: keys and values; with `card` in a box with that title."""
    return {"rows": rows, "card": card, "level": level, "plain": plain}


@register.inclusion_tag("components/task_list.html")
def tasks(items: Sequence[pieces.Task], name: str = "tasks") -> dict[str, Any]:
    """`{% tasks items "prepare" %}`; `name` must be another for each list of a page."""
    return {"items": items, "name": name}


@register.inclusion_tag("components/timeline.html")
def timeline(moments: Sequence[pieces.Moment], level: int = 3) -> dict[str, Any]:
    return {"moments": moments, "level": level}


@register.inclusion_tag("components/table.html")
def table(table: pieces.Table) -> dict[str, Any]:
    """`{% table piece %}`: a table in a region that scrolls on a narrow screen."""
    return {"table": table}


@register.simple_tag
def cell(column: pieces.Column, cell: pieces.Cell, head: bool) -> SafeString:
    """One cell of a table; `head`: the first of its row. In Python: cells are most of what a long list costs."""
    name, kind = "td", "govuk-table__cell"
    if head:
        name, kind = 'th scope="row"', "govuk-table__header"
    elif column.numeric:
        kind += " govuk-table__cell--numeric"
    order = f' data-value="{_plain(cell.sort)}"' if cell.sort != "" else ""
    language = f' lang="{_plain(language_tag(cell.lang))}"' if cell.lang else ""
    state = f"{tag(cell.tag)} " if cell.tag else ""
    text = _plain(cell.text)
    inner = f'<a class="govuk-link" href="{_plain(cell.href)}">{text}</a>' if cell.href else text
    small = f'<span class="z-small">{_plain(cell.small)}</span>' if cell.small else ""
    return SafeString(f'<{name} class="{kind}"{order}{language}>{state}{inner}{small}</{name[:2]}>')


def _plain(value: Any) -> str:
    """A value as a template would write it, escaped."""
    return str(conditional_escape(localize(value)))


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[pieces.Step]) -> dict[str, Any]:
    here = next((number for number, step in enumerate(items, start=1) if step.state == "here"), 0)
    return {"items": items, "here": here, "total": len(items)}


@register.inclusion_tag("components/work.html")
def work(work: pieces.Work) -> dict[str, Any]:
    """Progress of long work."""
    return {"work": work}


@register.inclusion_tag("components/breadcrumbs.html")
def crumbs(*links: pieces.Link) -> dict[str, Any]:
    """`{% crumbs a b %}` or `{% crumbs list %}`: the way to this page; the page itself is not in it."""
    flat = [one for link in links for one in (link if isinstance(link, (list, tuple)) else [link])]
    return {"links": flat}


@register.inclusion_tag("components/back.html")
def back(href: str, text: Any = "") -> dict[str, Any]:
    return {"href": href, "text": text}


@register.inclusion_tag("components/section_nav.html")
def sections(items: Sequence[dict[str, Any]], label: Any) -> dict[str, Any]:
    """Pages of one thing beside each other. Each item: text, href, current (bool), optionally count."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pages(context: Context, page: Page, name: str = "page") -> dict[str, Any]:
    """`{% pages page_obj %}`; keeps the other parts of the query."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "items": [(n, address(n) if isinstance(n, int) else "", n == page.number) for n in numbers],
    }


@register.inclusion_tag("components/identity_bar.html")
def identity(title: Any, *facts: Any, lang: str = "", badge: pieces.Tag | None = None) -> dict[str, Any]:
    """Whose file this is, on every page of the file. `facts` are short texts or Rows."""
    return {"title": title, "facts": [fact for fact in facts if fact], "lang": lang, "badge": badge}


@register.inclusion_tag("charts/bars.html")
def bars(chart: Chart) -> dict[str, Any]:
    """Bars, stacked when the chart has more than one series."""
    return {"chart": chart}


@register.inclusion_tag("charts/deadlines.html")
def deadlines(chart: Deadlines) -> dict[str, Any]:
    return {"chart": chart}


@register.inclusion_tag("charts/trend.html")
def trend(chart: Trend) -> dict[str, Any]:
    """A line through time, with its table."""
    return {"chart": chart}


@register.inclusion_tag("charts/figure.html")
def figure(chart: Shown, links: Sequence[pieces.Link] = ()) -> dict[str, Any]:
    """Released figures: drawing, legend, plain sentence, table, and the files they can be taken as."""
    return {"chart": chart, "links": links}


# Pieces around other content


@register.simple_block_tag
def scroll(content: str, labelled_by: str) -> SafeString:
    """`{% scroll "caption-id" %}<table …>{% endscroll %}`: what is wide scrolls by itself, by keyboard too."""
    return format_html(
        '<div class="z-scroll" role="region" tabindex="0" aria-labelledby="{}">{}</div>',
        labelled_by,
        SafeString(content),
    )


@register.simple_block_tag
def details(content: str, title: Any, open: bool = False) -> SafeString:
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        SafeString(" open" if open else ""), title, SafeString(content),
    )  # fmt: skip


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', SafeString(content))


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """A warning: `{% warning %}…{% endwarning %}`."""
    return render_to_string("components/warning_text.html", {"content": SafeString(content)})


@register.simple_block_tag
def banner(content: str, title: Any, kind: str = "", id: str | int = "note") -> SafeString:
    """`{% banner title %}…{% endbanner %}`; kind: success, late."""
    return render_to_string(
        "components/banner.html", {"content": SafeString(content), "title": title, "kind": kind, "id": id}
    )


@register.simple_block_tag
def card(content: str, title: Any, level: int = 2) -> SafeString:
    return format_html(
        '<section class="z-card"><h{0} class="z-card__title">{1}</h{0}>{2}</section>', level, title, SafeString(content)
    )


@register.simple_block_tag
def empty(content: str, title: Any) -> SafeString:
    """What a list shows when there is nothing in it: why, and what to do."""
    return format_html('<div class="z-empty"><p class="z-empty__title">{}</p>{}</div>', title, SafeString(content))


@register.simple_block_tag
def filters(content: str, title: Any, action: str = "", clear: str = "") -> SafeString:
    """A panel that narrows a list by GET: `{% filters title clear=url %}{% field form.q %}{% endfilters %}`."""
    return render_to_string(
        "components/filters.html", {"content": SafeString(content), "title": title, "action": action, "clear": clear}
    )


# Values


@register.filter
def lang(code: str) -> str:
    """`lang="{{ code|lang }}"`: sr → sr-Cyrl."""
    return language_tag(code)


@register.filter
def is_tag(value: Any) -> bool:
    return isinstance(value, pieces.Tag)
