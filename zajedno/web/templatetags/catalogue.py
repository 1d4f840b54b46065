"""`{% load catalogue %}`: the lists of the exchange. In Python, since they are most of what its pages cost."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.web.templatetags.ui import details, tag

if TYPE_CHECKING:
    from zajedno.web.exchange.reading import Card
    from zajedno.web.shared.asking import Group

register = template.Library()


@register.simple_tag
def practice_cards(rows: "Sequence[Card]", level: int = 3, boxes: bool = False) -> SafeString:
    """`{% practice_cards rows level=2 %}`; with `boxes` each has one to compare it by, named `p`."""
    inside = "".join(_card(one, level, _box(one, number) if boxes else "") for number, one in enumerate(rows, start=1))
    return SafeString(f'<ul class="govuk-list">{inside}</ul>')


def _card(one: "Card", level: int, box: str) -> str:
    told = [one.place, one.evidence]
    if one.used:
        told.append(ngettext("used by %(number)s place", "used by %(number)s places", one.used) % {"number": one.used})
    marks = "".join(f" {tag(mark)}" for mark in one.marks)
    lang = f'lang="{_plain(one.lang)}"'
    return (
        f'<li class="z-card"><h{level} class="z-card__title"><a class="govuk-link" {lang}'
        f' href="/exchange/practices/{_plain(one.slug)}/">{_plain(one.title)}</a></h{level}>'
        f'<p class="govuk-body" {lang}>{_plain(one.short)}</p>'
        f'<p class="z-small">{" · ".join(map(_plain, told))}{marks}</p>{box}</li>'
    )


def _box(one: "Card", number: int) -> str:
    return (
        '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
        f'<input class="govuk-checkboxes__input" type="checkbox" name="p" value="{_plain(one.slug)}" id="p-{number}">'
        f'<label class="govuk-label govuk-checkboxes__label" for="p-{number}">{_plain(_("Compare"))}'
        f'<span class="govuk-visually-hidden" lang="{_plain(one.lang)}"> {_plain(one.title)}</span></label></div></div>'
    )


def _plain(value: Any) -> str:
    """A value as a template would write it, escaped."""
    return escape(str(value))


@register.simple_tag
def facets(groups: "Iterable[Group]") -> SafeString:
    """What the list can be narrowed by, each facet folded away until one of its values is chosen."""
    return SafeString("".join(_group(one) for one in groups))


def _group(group: "Group") -> str:
    inside = "".join(f"<li>{_value(one)}</li>" for one in group.values)
    return details(f'<ul class="govuk-list">{inside}</ul>', group.title, group.is_open)


def _value(one: Any) -> str:
    text, href = _plain(one.text), _plain(one.href)
    number = "" if one.number is None else f" ({one.number})"
    if not one.chosen:
        return f'<a class="govuk-link" href="{href}">{text}</a>{number}'
    return (
        f'<strong>{text}</strong>{number} <a class="govuk-link" href="{href}">{_plain(_("Remove"))}'
        f'<span class="govuk-visually-hidden"> ({text})</span></a>'
    )
