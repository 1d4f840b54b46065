"""In plain words for families: who can ever see a part of a child's file. Made from the rules that open files."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import country_names
from zajedno.procedures.logic.fields import FIELDS
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.who_sees import Way, doors, ways

HOME = "/who-sees/"


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    share = Share(_("Who sees what of my child?"), _("Choose a part of the file to read who can ever see it."))
    parts = [(f"{HOME}{key}/", _(text)) for key, text in FIELDS.items()]
    return show(request, "who_sees.html", share, {"parts": parts}, folder="public")


@public_page
def one(request: HttpRequest, field: str) -> HttpResponse:
    if field not in FIELDS:
        raise NotFound("")
    names = country_names()
    told = [
        (names.get(country, ""), [(procedure, [_sentence(way) for way in found]) for procedure, found in
                                  ((key, list(rows)) for key, rows in groupby(group, lambda way: way.procedure))])
        for country, group in ((key, list(rows)) for key, rows in groupby(ways(field), lambda way: way.country))
    ]  # fmt: skip
    share = Share(
        _("Who can see: %(part)s") % {"part": _(FIELDS[field])},
        _("Every way by which this part of a child's file is opened to somebody."),
    )
    up = [Link(_("Who sees what of my child?"), HOME)]
    context = {"part": _(FIELDS[field]), "countries": told, "doors": doors(field), "crumbs": up}
    return show(request, "who_sees_field.html", share, context, folder="public")


def _sentence(way: Way) -> str:
    """Who, from when, until when; the parts and moves are called as their procedure calls them."""
    until = ", ".join(way.ends) or _("the time of keeping is over")
    said = _("%(who)s – from: %(begins)s; until: %(ends)s.") % {"who": way.who, "begins": way.begins, "ends": until}
    if way.posts:
        said += " " + _("There it is read by: %(posts)s.") % {"posts": ", ".join(way.posts)}
    if way.rests == "needed":
        said += " " + _("Only while an agreement between the two institutions is in force, which may show less.")
    elif way.rests:
        said += " " + _("An agreement between the two institutions may show less.")
    return said
