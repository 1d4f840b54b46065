"""Campaigns in words: days as far as they are known, figures of waves as bars and a table, a change as a sentence."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from zajedno.exchange.logic.wave import STRATA, Change, change
from zajedno.exchange.queries import wave as waves
from zajedno.forms.logic.parts import Question
from zajedno.forms.logic.scores.group import Figure, GroupOutcome
from zajedno.forms.queries.form import loaded
from zajedno.kernel.labels import label
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.pieces import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zajedno.exchange.models import Campaign, Wave

TENTH = Decimal("0.1")
_YEAR, _MONTH = len("2013"), len("2013-07")
_DAYS_OF_YEAR, _DAYS_OF_MONTH = 365.25, 30.44


def partly(day: str) -> str:
    """2013, June 2013 or 2 June 2013: as much as is known."""
    if len(day) <= _YEAR:
        return day
    whole = date.fromisoformat(day if len(day) > _MONTH else f"{day}-01")
    return date_format(whole, "YEAR_MONTH_FORMAT" if len(day) == _MONTH else "DATE_FORMAT")


def period(campaign: "Campaign") -> str:
    begins, ends = partly(campaign.begins) or _("not known"), partly(campaign.ends)
    return f"{begins} – {ends}" if ends else begins


def days(wave: "Wave") -> str:
    last = min(wave.closes_on, wave.ended_on or wave.closes_on)
    return f"{date_format(wave.opens_on, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def facts(campaign: "Campaign") -> list[Row]:
    money = f"{_amount(campaign.budget)} {campaign.currency}" if campaign.budget is not None else ""
    rows = [
        Row(_("Time"), period(campaign)),
        Row(_("Who leads it"), str(campaign.organisation or "")),
        Row(_("Where"), str(campaign.territory or "")),
        Row(_("For whom"), [label(one) for one in campaign.audiences]),
        Row(_("By what ways"), [label(one) for one in campaign.channels]),
        Row(_("Partners"), [label(one) for one in campaign.partners]),
        Row(_("Budget"), money),
    ]
    return [row for row in rows if row.values]


def _amount(value: Decimal) -> str:
    """With its thousands apart, and cents only where there are some."""
    return number_format(value, 0 if value == value.to_integral() else 2, use_l10n=True, force_grouping=True)


def told_figures(campaign: "Campaign") -> Table | None:
    """Figures as the sources tell them; what was not found is said to be unknown."""
    columns = [Column(_("What people said")), Column(_("Before"), numeric=True), Column(_("After"), numeric=True),
               Column(pgettext("difference", "Change"), numeric=True), Column(_("Source"))]  # fmt: skip
    rows = []
    for one in campaign.figures:
        before, after = one.get("before"), one.get("after")
        up = _("%(points)s points") % {"points": f"{after - before:+d}"} if None not in (before, after) else ""
        what = f"{label(one['what'])} ({label(one['place'])})"
        rows.append([what, _told(one, "before"), _told(one, "after"), up, one["source"]])
    return Table("figures", _("Figures as the sources tell them"), columns, rows) if rows else None


def _told(one: "Mapping[str, Any]", name: str) -> str:
    said = label(one.get(f"{name}_said", {})) or (f"{one[name]} %" if name in one else _("not found"))
    day = one.get(f"{name}_on", "")
    return f"{said} ({partly(day)})" if day else said


def item(wave: "Wave", key: str) -> str:
    """What an item asks, without the dots that tie it to its question."""
    return loaded(wave.version_id).facts.finding(key).lstrip("… ")


def group(wave: "Wave", cell: str) -> str:
    """The people of a quota's cell in words of the form: 18–29, Female, In a town."""
    form = loaded(wave.version_id).form
    asked = {node.name: node for node in form.nodes.values() if isinstance(node, Question)}
    words = []
    for question, answer in zip(STRATA, cell.split(), strict=False):
        choices = asked[question].choices if question in asked else None
        known = {one.name: one.label for one in choices.every} if choices else {}
        words.append(form.plain(known.get(answer, {}), get_language() or "en", "") or answer)
    return ", ".join(words)


def chart(wave: "Wave", outcome: GroupOutcome) -> Chart | None:
    """How many of 100 accept each item; None where too few answered."""
    rows = [
        (item(wave, figure.about[0]), [round(figure.value)])
        for figure in outcome.figures
        if figure.key == "agree" and figure.about and figure.value is not None
    ]
    if not rows:
        return None
    title = f"{wave} · {days(wave)}"
    told = _("How many of 100 people find it rather or fully acceptable that a child with a disability does this.")
    return Chart(f"wave-{wave.pk}", title, told, [_("of 100 people")], rows, unit=_("Acceptable"))


def compared(before: "Wave", after: "Wave", today: date) -> dict[str, Any] | None:
    """A table of each item before, after, and its change, and each change as a plain sentence."""
    found = waves.compared(before, after, today)
    if found is None:
        return None
    ago = span(before.opens_on, after.opens_on)
    shown = [(figure.about[0], figure, told) for figure in found.change.figures if (told := _change(figure))]
    columns = [
        Column(_("Acceptable")), Column(_("Before, of 100 people"), numeric=True),
        Column(_("After, of 100 people"), numeric=True), Column(_("Change in percentage points"), numeric=True),
        Column(_("True change, 95 % confidence interval"), numeric=True),
    ]  # fmt: skip
    rows = [
        [
            item(after, key), _of(found.before, key), _of(found.after, key), _tenth(figure.value),
            f"{_tenth(figure.low)} … {_tenth(figure.high)}",
        ]
        for key, figure, _told_of in shown
    ]  # fmt: skip
    sentences = [sentence(item(after, key), told, ago) for key, _figure, told in shown]
    title = f"{before} → {after}"
    table = Table(f"change-{before.pk}-{after.pk}", title, columns, rows, caption_hidden=True)
    return {
        "title": title, "table": table if rows else None, "sentences": sentences,
        "unlike": before.by_code != after.by_code, "open": not (before.by_code and after.by_code),
    }  # fmt: skip


def _of(outcome: GroupOutcome, key: str) -> str:
    return _tenth(outcome.of("agree", key).value)


def _tenth(value: Decimal | None) -> str:
    """More digits would say more than a survey knows."""
    return "" if value is None else number_format(value.quantize(TENTH, ROUND_HALF_UP), 1, use_l10n=True)


def _change(figure: Figure) -> Change | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return change(figure.value, figure.low, figure.high)


def sentence(what: str, found: Change, ago: str) -> str:
    """Of 100 people, 12 more find this acceptable than two years before; the true change lies between 7 and 17."""
    if not found.is_sure:
        return _("“%(what)s”: it cannot be told whether more or fewer people accept this than %(ago)s.") % {
            "what": what, "ago": ago,
        }  # fmt: skip
    low, high = sorted((abs(found.low), abs(found.high)))
    told = {"what": what, "ago": ago, "number": abs(found.value), "low": low, "high": high}
    if found.value > 0:
        return _(
            "“%(what)s”: of 100 people, %(number)s more accept this than %(ago)s; "
            "the true change lies between %(low)s and %(high)s."
        ) % told  # fmt: skip
    return _(
        "“%(what)s”: of 100 people, %(number)s fewer accept this than %(ago)s; "
        "the true change lies between %(low)s and %(high)s."
    ) % told  # fmt: skip


def span(first: date, last: date) -> str:
    """The time between two waves in whole years, months or days."""
    days_between = (last - first).days
    if years := round(days_between / _DAYS_OF_YEAR):
        return ngettext("%(count)s year before", "%(count)s years before", years) % {"count": years}
    if months := round(days_between / _DAYS_OF_MONTH):
        return ngettext("%(count)s month before", "%(count)s months before", months) % {"count": months}
    return ngettext("%(count)s day before", "%(count)s days before", days_between) % {"count": days_between}
