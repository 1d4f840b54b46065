"""Besa with her phone: requests as ODK Collect writes them, byte for byte, and what they are sent about."""

import base64
import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import md5
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from tests.world import World
from zajedno.children.actions import field_code
from zajedno.children.models import Child, Consent, FieldCode, Tie
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.models import Enabling, Form, Version
from zajedno.kernel.clock import today
from zajedno.places.actions import device as devices
from zajedno.places.models import Device, Post

AT = "/api/openrosa/"
FORM = "visit"
# As the application sends them; its clock has twelve hours, so that the date may be wrong.
HEADERS = {
    "HTTP_USER_AGENT": "org.odk.collect.android/v2024.2.4 Dalvik/2.1.0 (Linux; U; Android 11; SM-A127F)",
    "HTTP_X_OPENROSA_VERSION": "1.0",
    "HTTP_DATE": "Mon, 14 Sep 2026 01:12:09 GMT",
    "HTTP_ACCEPT_ENCODING": "gzip",
}
BOUNDARY = "f6b9a3c2-1f0e-4b1d-9a51-6f3f1d2c9e77"
JPEG = b"\xff\xd8\xff\xdb\0\5\0ab\xff\xda\0\2picture\xff\xd9"


@dataclass
class Phone:
    """A telephone with its name and token."""

    device: Device
    token: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    nonce: str = ""
    count: int = 0

    @property
    def basic(self) -> str:
        return "Basic " + base64.b64encode(f"{self.device.name}:{self.token}".encode()).decode()

    def digest(self, method: str, uri: str, nonce: str = "", **other: str) -> str:
        """The header that okhttp-digest writes."""
        self.count += 1
        said = {"username": self.device.name or "", "realm": "Zajedno", "nonce": nonce or self.nonce, "uri": uri,
                "nc": f"{self.count:08x}", "cnonce": "0a4f113b9c2e77d1"} | other  # fmt: skip
        first = _md5(f"{said['username']}:{said['realm']}:{self.token}")
        last = _md5(f"{method}:{uri}")
        response = _md5(":".join((first, said["nonce"], said["nc"], said["cnonce"], "auth", last)))
        quoted = ", ".join(f'{key}="{said[key]}"' for key in ("username", "realm", "nonce", "uri"))
        rest = f'nc={said["nc"]}, cnonce="{said["cnonce"]}", algorithm=MD5'
        return f'Digest {quoted}, response="{response}", qop=auth, {rest}'

    def ask(self, method: str, uri: str, **extra: Any) -> HttpResponse:
        """One request by Basic, unless another `HTTP_AUTHORIZATION` is given."""
        head = {"HTTP_AUTHORIZATION": self.basic} | HEADERS | extra
        path, _mark, query = uri.partition("?")
        response: HttpResponse = self.client.generic(method, path, QUERY_STRING=query, **head)
        return response

    def send(self, xml: str | bytes, *files: tuple[str, str, bytes], more: bool = False, **extra: Any) -> HttpResponse:
        """POST of a sheet with (name, media type, content) beside it."""
        body = multipart(xml.encode() if isinstance(xml, str) else xml, *files, more=more)
        head = {"HTTP_AUTHORIZATION": self.basic} | HEADERS | extra
        response: HttpResponse = self.client.generic(
            "POST", f"{AT}submission", body, f"multipart/form-data; boundary={BOUNDARY}",
            QUERY_STRING="deviceID=collect%3AsrHxu3GgVqYXVqZk", **head,
        )  # fmt: skip
        return response


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def nonce_of(response: HttpResponse) -> str:
    found = re.search(r'nonce="([^"]+)"', response["WWW-Authenticate"])
    assert found
    return found[1]


def multipart(xml: bytes, *files: tuple[str, str, bytes], more: bool = False) -> bytes:
    """The body as OkHttp writes it: the sheet first, each part with its length, pictures under their own names."""
    named = ("xml_submission_file", "Functioning_2026-09-14_13-12-09.xml", "text/xml", xml)
    parts = [named, *((name, name, kind, content) for name, kind, content in files)]
    body = b""
    for name, filename, kind, content in parts:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        body += f"{head}Content-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n"
    if more:
        body += (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\nContent-Length: 3\r\n\r\nyes\r\n'
        ).encode()
    return body + f"--{BOUNDARY}--\r\n".encode()


VISIT = """
## survey

| type | name | label::Српски (sr) | label::English (en) | required | constraint |
| --- | --- | --- | --- | --- | --- |
| select_one yes_no | sleeps | Да ли дете мирно спава? | Does the child sleep well? | yes | |
| integer | siblings | Колико деце живи у кући? | How many children live in the house? | | . >= 0 and . <= 20 |
| text | note | Белешка | Note | | |
| image | home | Слика куће | Picture of the home | | |
| begin_repeat | visits | Посете | Visits | | |
| date | on_day | Дан | Day | | |
| end_repeat | | | | | |

## choices

| list_name | name | label::Српски (sr) | label::English (en) |
| --- | --- | --- | --- |
| yes_no | yes | Да | Yes |
| yes_no | no | Не | No |

## settings

| form_title | form_id | default_language | form_title::Српски (sr) | form_title::English (en) |
| --- | --- | --- | --- | --- |
| Visit | visit | Српски (sr) | Кућна посета | Home visit |
"""
FACTS = {
    "about": "child", "parts": ["health"], "purpose": "screening",
    "source": {"text": "Own example", "licence": "CC0", "verified": False},
}  # fmt: skip


def visit(number: int, *organisations: int) -> Version:
    """A version of the form of these tests, in use in these organisations."""
    book = Book.from_markdown(VISIT.replace("Visit |", f"Visit {number} |")).with_latin()
    form, _new = Form.objects.get_or_create(key=FORM, defaults={"about": "child"})
    for organisation in organisations:
        fields = {"form": form, "organisation": organisation, "until": None}
        Enabling.objects.get_or_create(**fields, defaults={"since": date(2020, 1, 1)})
    return Version.objects.create(
        form=form, number=number, book=book.to_json(), facts=FACTS, xml=xform(book, version=number),
        digest=book.digest(FACTS),
    )  # fmt: skip


def sheet(code: str, instance: str = "", day: str = "", form: str = FORM, version: str = "1", **answers: str) -> str:
    """The instance as the application writes it: no namespace of its own, those of the form declared all the same."""
    day = day or today().isoformat()
    given = {"sleeps": "yes", "siblings": "2", "note": "", "home": ""} | answers
    inside = "".join(f"<{name}>{value}</{name}>" if value else f"<{name} />" for name, value in given.items())
    return (
        f'<?xml version=\'1.0\' ?><data id="{form}" version="{version}" xmlns:ev="http://www.w3.org/2001/xml-events"'
        ' xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms"'
        ' xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
        f"<child_code>{code}</child_code><phone_day>{day}</phone_day>{inside}"
        f"<meta><instanceID>uuid:{instance or uuid4()}</instanceID></meta></data>"
    )


class Field:
    """`world` with Besa's phone, her child on its worklist, and the family's consent to be screened."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.here = world.organisations["health"].pk
        self.version = visit(1, self.here)
        self.child = self.tied("Ђорђе", "Њежић", date(2023, 5, 4))
        self.phone = self.new_phone()
        self.code = self.put_on_list(self.child)
        self.consent(self.child)

    def tied(self, given: str, family: str, born: date = date(2023, 5, 4), at: str = "health") -> Child:
        return self.world.child(given, family, born, registered_by=self.world.organisations[at], address="Јасенова 7")

    def new_phone(self, who: str = "besa") -> Phone:
        by = self.world.actor(who)
        device, token = devices.issue(by=by, post=Post.objects.get(pk=by.seats[0].post), label="Бели телефон")
        return Phone(device, token)

    def put_on_list(self, child: Child, phone: Phone | None = None, who: str = "besa") -> str:
        device = (phone or self.phone).device
        field_code.add(by=self.world.actor(who), device=device, children=[child.uuid])
        return FieldCode.objects.get(device=device, child=child).code

    def consent(self, child: Child, at: str = "health") -> Consent:
        row = self.world.consent(child, purpose="screening")
        row.recipients.set([self.world.organisations[at]])
        return row

    def untie(self, child: Child) -> None:
        for tie in Tie.objects.filter(child=child):
            tie.since = tie.until = date(2020, 1, 1)
            tie.save()
