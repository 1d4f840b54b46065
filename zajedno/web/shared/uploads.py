"""Papers that people send: what they may be is decided by their content, not by their name. And how files are given."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

KINDS = ("pdf", "jpg", "png", "docx", "xlsx", "odt")
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
}
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
# Parts of documents that run: Visual Basic, Excel 4 macros, ActiveX, embedded programs; Basic and scripts of ODF.
_RUNS = re.compile(r"vbaproject|macrosheets/|/activex/|/embeddings/.*\.bin$|\.(doc|xls|ppt)m$|^basic/|^scripts/")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"<>|:*?;\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_UNPACKED_LIMIT = 300 * 1024 * 1024  # bytes; a packed file that grows beyond this is an attack, not a paper
_PARTS_LIMIT = 5000
_ALSO = {"jpg": (".jpeg", ".jpe", ".jfif")}


def kind_of(file: UploadedFile) -> str | None:
    """One of the keys of MEDIA_TYPES, by content; None when it is nothing we know."""
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    if start.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start.startswith(_OLD_OFFICE):
        return "xls"
    if start.startswith(b"PK\x03\x04"):
        return _packed(file)
    if b"%PDF-" in start:  # after the others: a picture may hold these letters somewhere
        return "pdf"
    return "csv" if (start and b"\x00" not in start.replace(b"\xff\xfe", b"")) or start[:2] in (b"\xff\xfe",) else None


def _packed(file: UploadedFile) -> str | None:
    """The kind of a packed document; None for one that hides something."""
    with _opened(file) as archive:
        if archive is None or _hides(archive):
            return None
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None
        return _ODF.get(_read(archive, "mimetype").strip())


@contextmanager
def _opened(file: UploadedFile) -> Iterator[zipfile.ZipFile | None]:
    """The archive, or None when it is none; afterwards the file is read from its beginning again."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        archive = None
    try:
        yield archive
    finally:
        file.seek(0)


def _read(archive: zipfile.ZipFile, name: str, most: int = 65536) -> bytes:
    """The beginning of a part, however large it says it is."""
    try:
        with archive.open(name) as part:
            return part.read(most)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, KeyError, EOFError, zlib.error):
        return b""


def _hides(archive: zipfile.ZipFile) -> str:
    """What a packed document must not hold: `locked`, `packed` (it would grow beyond all measure), `macros`; or ""."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return "locked"
    if len(parts) > _PARTS_LIMIT or sum(part.file_size for part in parts) > _UNPACKED_LIMIT:
        return "packed"
    names = [part.filename.lower() for part in parts]
    foreign = (_read(archive, name) for name in archive.namelist() if name.endswith("settings.xml.rels"))
    fetches = any(b"attachedTemplate" in text and b"External" in text for text in foreign)
    return "macros" if fetches or any(_RUNS.search(name) for name in names) else ""


def hidden_in(file: UploadedFile) -> str:
    """Why a document of a good kind is refused all the same: as `_hides`; "" when it is not."""
    file.seek(0)
    start = file.read(8)
    if start == _OLD_OFFICE:
        locked = _LOCKED in file.read()
        file.seek(0)
        return "locked" if locked else ""
    with _opened(file) as archive:
        return _hides(archive) if archive else ""


def safe_name(name: str) -> str:
    """The file's own name without folders, characters that break a header and such as are not seen, which may turn the
    writing round and so hide an ending; at most 120 long."""
    name = _UNSAFE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:110]}{dot}{ending[:9]}" if dot else name[:120] or "file"


def saved(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep under this name, never to be shown inside our page."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(content, content_type=media_type, headers=headers)


class UploadField(forms.FileField):
    """One file. Cleans to the uploaded file, whose name is made safe and whose `kind` is one of `kinds`; `strict`:
    for what everybody may load, a name that says another kind is refused."""

    widget = forms.FileInput
    default_error_messages = {
        "empty": _("The file is empty."),
        "large": _("The file is larger than %(limit)s. Send a smaller one, or a scan with fewer details."),
        "ending": _(
            "The name ends in another way than what is in the file. Name it .%(kind)s, or send the right file."
        ),
        "macros": _(
            "The file holds a macro or a program, or fetches something from elsewhere. Save it without, or as PDF."
        ),
        "packed": _("Unpacked, the file would be too large. Save it anew, or as PDF."),
        "locked": _("The file is locked with a password. Send it without one."),
        "kind": _("This kind of file cannot be kept here. Use one of: %(kinds)s. Files with macros are refused."),
    }

    def __init__(self, *, kinds: tuple[str, ...] = KINDS, strict: bool = False, **options: Any) -> None:
        self.kinds, self.strict = kinds, strict
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ",".join(f".{kind}" for kind in self.kinds)}

    def to_python(self, data: Any) -> Any:
        file: Any = super().to_python(data)
        if file is None:
            return None
        limit = settings.UPLOAD_LIMIT_BYTES
        if file.size > limit:
            raise ValidationError(self.error_messages["large"], code="large", params={"limit": filesizeformat(limit)})
        kind = kind_of(file)
        if hidden := "" if kind in self.kinds else hidden_in(file):
            raise ValidationError(self.error_messages[hidden], code=hidden)
        if kind not in self.kinds:
            raise ValidationError(self.error_messages["kind"], code="kind", params={"kinds": ", ".join(self.kinds)})
        file.name = safe_name(file.name)
        if self.strict and not file.name.lower().endswith((f".{kind}", *_ALSO.get(kind, ()))):
            raise ValidationError(self.error_messages["ending"], code="ending", params={"kind": kind})
        file.kind = kind
        file.content_type = MEDIA_TYPES[kind]
        return file
