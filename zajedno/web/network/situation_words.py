"""Needs and who is missing, in the words of a situation analysis: released figures, none of fewer than five."""

from django.utils.translation import gettext as _

from zajedno.places.queries.population import band_name
from zajedno.programmes.queries.missing import Missing
from zajedno.programmes.queries.need import Need
from zajedno.programmes.queries.situation import Known
from zajedno.web.network.money_words import called


def situation_needs(found: Known) -> list[str]:
    """Paragraphs; where nothing is released, one that says so."""
    missing = found.missing
    told = [*(_priced(one) for one in found.needs), *([_bare(found)] if found.bare else [])]
    nothing = _("Needs in support plans: nothing is released yet.")
    return [*(told or [nothing]), *([_missing(missing)] if missing is not None and missing.edition is not None else [])]


def _priced(need: Need) -> str:
    """By measure: children, of them in the gap, and the sum."""
    names, edition = called(need.edition.territory.country_id), need.edition
    head = _("Needs in support plans (%(year)s, %(currency)s, edition %(edition)s)") % {
        "year": edition.period, "currency": edition.unit, "edition": edition.number,
    }  # fmt: skip
    lines = [
        _("%(measure)s: children %(children)s, of them unmet %(missing)s; cost %(cost)s") % {
            "measure": names.get(one.code, one.code) or _("All together"), "children": _count(one.children),
            "missing": _count(one.missing), "cost": one.values[0] or "–",
        }
        for one in (*need.lines, need.whole)
    ]  # fmt: skip
    return _listed(head, lines)


def _bare(found: Known) -> str:
    country = found.missing.place.country_id if found.missing is not None else ""
    names = called(country)
    lines = [
        _("%(measure)s: measures %(number)s, of them unmet %(missing)s") % {
            "measure": names.get(one.code, one.code), "number": one.number, "missing": _count(one.missing),
        }
        for one in found.bare
    ]  # fmt: skip
    return _listed(_("Needs in support plans without a price"), lines)


def _missing(one: Missing) -> str:
    lines = [
        _("%(age)s: known %(known)s of %(living)s") % {
            "age": band_name(line.name), "known": _count(line.known), "living": _count(line.living),
        }
        for line in one.ages
    ]  # fmt: skip
    names = ", ".join(name for _kind, name in one.unheard)
    lines += [_("From here nobody is known, or fewer than five: %(places)s") % {"places": names}] if names else []
    return _listed(_("Children known here (a dash: none, or fewer than five)"), lines)


def _count(value: int | None) -> str:
    return "–" if value is None else str(value)


def _listed(head: str, lines: list[str]) -> str:
    return "\n".join([f"{head}:", *(f"– {line}" for line in lines)])
