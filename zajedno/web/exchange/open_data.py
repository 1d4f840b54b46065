"""Practices for machines: feed, JSON, CSV, and the map of the site for search engines."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from zajedno.exchange.logic.template import TEXTS
from zajedno.exchange.queries import campaign as campaigns
from zajedno.exchange.queries import event as events
from zajedno.exchange.queries import gathering as gatherings
from zajedno.exchange.queries import model as models
from zajedno.exchange.queries import open_data as data
from zajedno.exchange.queries.catalogue import newest
from zajedno.exchange.queries.site import sites
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv
from zajedno.networks.queries import body as bodies
from zajedno.places.queries.territory import units
from zajedno.web.exchange.facets import PATH
from zajedno.web.exchange.models import PATH as MODELS
from zajedno.web.exchange.models import site_address
from zajedno.web.exchange.public import kept, public_page
from zajedno.web.exchange.reading import Card, cards
from zajedno.web.exchange.whole import figure_line
from zajedno.web.shared.language import ASKED, COMPLETE, page_tag, tag
from zajedno.web.shared.limits import throttled
from zajedno.web.shared.shell import product

IN_FEED = 30
STILL = (
    "/", "/begin/", "/easy/", "/exchange/", PATH, "/exchange/events/", "/exchange/gatherings/", "/exchange/campaigns/",
    "/exchange/champions/", MODELS, "/exchange/neglected/", "/services/", "/figures/", "/frames/", "/places/",
    "/networks/", "/help/", "/accessibility/", "/privacy/",
)  # fmt: skip
IN_MAP = 50_000  # of the protocol of sitemaps
FIELDS = [field.key for field in TEXTS if field.key not in ("title", "summary")]  # those are columns of their own
LISTS = ("themes", "sectors", "targets", "validated_by")
FACTS = [
    "slug", "address", "state", "published", "version", "country", "territory", "place", "place_cyrillic",
    "institution", "used_by", "written_in", "themes", "sectors", "targets", "evidence", "cost", "amount", "currency",
    "cost_source", "partners", "validated_by", "figures", "begins", "ends", "contact", "form", "procedure",
]  # fmt: skip
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@throttled
@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """Atom (RFC 4287): the newest, in the reader's language where there is one."""
    rows = cards(newest(IN_FEED))
    site = request.build_absolute_uri
    changed = max((one.day for one in rows), default=None)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(page_tag(request.LANGUAGE_CODE))}>',
        f"<id>{escape(site('/exchange/feed.xml'))}</id>",
        f"<title>{escape(product(request.LANGUAGE_CODE))}: {escape(_('Good practices'))}</title>",
        f"<updated>{(changed.isoformat() if changed else '1970-01-01T00:00:00Z')}</updated>",
        f'<link rel="self" href={quoteattr(site("/exchange/feed.xml"))}/>',
        f"<link href={quoteattr(site(PATH))}/>",
        f'<rights>CC BY 4.0</rights><link rel="license" href={quoteattr(data.LICENCE)}/>',
        *(_entry(one, site(f"{PATH}{one.slug}/")) for one in rows),
        "</feed>",
    ]
    return HttpResponse("\n".join(map(_clean, lines)), content_type="application/atom+xml; charset=utf-8")


def _entry(one: Card, address: str) -> str:
    return (
        f"<entry xml:lang={quoteattr(one.lang)}><id>{escape(address)}</id><title>{escape(one.title)}</title>"
        f"<link href={quoteattr(address)}/><updated>{one.day.isoformat()}</updated>"
        f"<author><name>{escape(one.place)}</name></author>"
        f"<summary>{escape(one.short)}</summary></entry>"
    )


def _clean(line: str) -> str:
    """Without what XML 1.0 cannot hold: control characters and the two that are none."""
    return _NO_XML.sub("", line)


@throttled
@csrf_exempt
@require_safe
def practices(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All public practices, CC BY 4.0: `json` one object each, `csv` a line for each text."""
    writers: dict[str, tuple[str, Callable[[HttpRequest], Iterator[str]]]] = {
        "json": ("application/json", _json), "csv": ("text/csv; charset=utf-8", _csv),
    }  # fmt: skip
    if ending not in writers:
        raise NotFound("")
    kind, write = writers[ending]
    headers = {"Link": f'<{data.LICENCE}>; rel="license"', "Access-Control-Allow-Origin": "*",
               "Cross-Origin-Resource-Policy": "cross-origin"}  # fmt: skip
    # WSGI takes bytes; the text is made as it is sent
    content = (piece.encode() for piece in write(request))
    return kept(request, StreamingHttpResponse(content, content_type=kind, headers=headers), f"{ending}-{data.mark()}")


def _entries(request: HttpRequest) -> Iterator[dict[str, Any]]:
    home = request.build_absolute_uri(PATH)
    for one in data.entries():
        yield {**one, "address": f"{home}{one['slug']}/"}


def _json(request: HttpRequest) -> Iterator[str]:
    yield f'{{"licence": "CC BY 4.0", "licence_url": {json.dumps(data.LICENCE)}, "practices": ['
    for number, one in enumerate(_entries(request)):
        yield ("," if number else "") + "\n" + json.dumps(one, ensure_ascii=False, default=str)
    yield "\n]}\n"


def _csv(request: HttpRequest) -> Iterator[str]:
    return write_csv([*FACTS, "language", "translation", "title", "summary", *FIELDS], _rows(request))


def _rows(request: HttpRequest) -> Iterator[list[Any]]:
    for one in _entries(request):
        told = {**one, "written_in": one["language"], "published": str(one["published"] or "")}
        told |= {name: " ".join(one[name]) for name in LISTS}
        told |= {"partners": "; ".join(each["name"] for each in one["partners"]),
                 "figures": "; ".join(map(figure_line, one["figures"]))}  # fmt: skip
        facts = [_cell(told[name]) for name in FACTS]
        for text in one["texts"]:
            words = [text["language"], text["state"], text["title"], text["summary"]]
            yield [*facts, *words, *(str(text["fields"].get(key, "")) for key in FIELDS)]


def _cell(value: Any) -> Any:
    return "" if value is None else value


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address in each language, for search engines; of champions the wall alone, since a map is kept
    for a while and who withdraws consent waits for nobody."""
    site = request.build_absolute_uri("/")[:-1]
    lines = [_mapped(site + path, day) for path, day in list(_addresses())[:IN_MAP]]
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    return HttpResponse(head + "\n".join(lines) + "\n</urlset>\n", content_type="application/xml")


def _addresses() -> Iterator[tuple[str, Any]]:
    """(path, day of the last change or None), what there is least of first."""
    yield from ((path, None) for path in STILL)
    yield from ((f"/exchange/events/{event.key}/", event.loaded_on) for event in events.public())
    yield from ((f"/exchange/gatherings/{one.slug}/", None) for one in gatherings.public())
    yield from ((f"/exchange/campaigns/{one.slug}/", None) for one in campaigns.public())
    yield from ((f"{MODELS}{one.slug}/", None) for one in models.public())
    yield from ((site_address(one), None) for one in sites())
    yield from ((f"/networks/{one.slug}/", None) for one in bodies.public())
    yield from ((f"/places/{code}/", None) for code in units().values_list("code", flat=True))
    yield from ((f"{PATH}{slug}/", day) for slug, day in data.addresses())


def _mapped(address: str, day: Any) -> str:
    where = escape(address)
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag(code)}" href="{where}?{ASKED}={code}"/>' for code in COMPLETE
    )
    return f"<url><loc>{where}</loc>{f'<lastmod>{day:%Y-%m-%d}</lastmod>' if day else ''}{alternates}</url>"
