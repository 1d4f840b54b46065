"""Public pages as a browser meets them: bytes and requests of a first visit, elements, hosts, pictures; and the time of a
page beside an empty public page in the same run."""

import gzip
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_BYTES, MOST_HTML, MOST_REQUESTS, MOST_ELEMENTS = 100_000, 15_000, 8, 1_500
MOST_TIMES = 15.0  # a ceiling against what grows: a practice asks a dozen things, the empty page one; see catalogue.py
TIMES = 40
EMPTY = "/exchange/practices/?q=nema"  # a public page that finds nothing
PACKED = {"Accept-Encoding": "gzip", "Accept-Language": "sr"}
# What is loaded: style, script, fonts, icon, pictures. Shown later (`loading="lazy"`) still counts.
LOADED = re.compile(r'<(?:link[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"')
FONT = re.compile(r"url\(\"?([^)\"]+\.woff2)")
ELEMENT = re.compile(r"<[a-z]")


def run() -> bool:
    """Every page of the site's map (of municipalities and practices the first few), with what the packs bring."""
    _begin()
    from django.test import Client

    client = Client(headers=PACKED)
    client.get(EMPTY)
    passed = True
    for path in _paths(client):
        passed = _page(client, path) and passed
    return passed


def _begin() -> None:
    from benchmarks import country

    country.begin()
    from tests.exchange.catalogue_world import load_events, publish

    load_events()
    for number in range(60):
        publish(f"p{number}", {"sr": (f"Пракса {number}", "Кратак опис. " * 12, {"results": "Резултат. " * 60})})


def _paths(client: Any) -> Iterator[str]:
    text = gzip.decompress(client.get("/sitemap.xml").content).decode()
    seen: dict[str, int] = {}
    for path in re.findall(r"<loc>http://testserver(.*?)</loc>", text):
        kind = path.rstrip("/").rpartition("/")[0] if path.count("/") > 2 else path
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= 2:
            yield path


def _page(client: Any, path: str) -> bool:
    answer = client.get(path)
    text = gzip.decompress(answer.content).decode()
    loaded = set(LOADED.findall(text))
    own = {one for one in loaded if one.startswith("/")}
    fonts = {f"/static/built/{Path(one).name}" for one in FONT.findall(_static("/static/built/app.css").decode())}
    html = len(answer.content)
    size = html + sum(_weight(client, one) for one in own | fonts)
    requests, elements = 1 + len(own | fonts), len(ELEMENT.findall(text))
    unsized = [image for image in re.findall(r"<img[^>]*>", text) if "width=" not in image or "height=" not in image]
    times = _times(client, path)
    print(f"{path}: {size:,} bytes in {requests} requests, HTML {html:,}, {elements} elements, "
          f"{times:.2f} times the empty page (bounds {MOST_BYTES:,}, {MOST_REQUESTS}, {MOST_HTML:,}, {MOST_ELEMENTS}, "
          f"{MOST_TIMES}){'' if own == loaded else ' AND FROM ELSEWHERE'}{' AND PICTURES WITHOUT SIZE' * bool(unsized)}")  # fmt: skip
    within = size <= MOST_BYTES and html <= MOST_HTML and requests <= MOST_REQUESTS and elements <= MOST_ELEMENTS
    return within and own == loaded and not unsized and times <= MOST_TIMES


def _static(address: str) -> bytes:
    from django.conf import settings

    return (Path(settings.PACKAGE) / "web" / "static" / address.removeprefix("/static/")).read_bytes()


def _weight(client: Any, address: str) -> int:
    if not address.startswith("/static/"):
        return len(client.get(address).content)
    content = _static(address)
    return len(content) if address.endswith(("woff2", "png")) else len(gzip.compress(content, 9))


def _times(client: Any, path: str) -> float:
    """p95 of the page beside that of the empty one, taken in turns, so that both meet the same machine."""
    pairs = [(_seconds(client, EMPTY), _seconds(client, path)) for _ in range(TIMES)]
    empty, full = (statistics.quantiles(times, n=20)[-1] for times in zip(*pairs, strict=True))
    return full / empty


def _seconds(client: Any, path: str) -> float:
    start = time.perf_counter()
    client.get(path)
    return time.perf_counter() - start
