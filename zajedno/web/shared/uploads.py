"""Papers that people send: what they may be is decided by their content, not by their name. And how files are given."""

import re
import zipfile
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
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if start.startswith(b"PK\x03\x04"):
        return _packed(file)
    if b"%PDF-" in start:  # after the others: a picture may hold these letters somewhere
        return "pdf"
    return "csv" if (start and b"\x00" not in start.replace(b"\xff\xfe", b"")) or start[:2] in (b"\xff\xfe",) else None


def _packed(file: UploadedFile) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            grown = sum(part.file_size for part in parts)
            mimetype = archive.read("mimetype", pwd=None)[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, KeyError):
        return None
    finally:
        file.seek(0)
    if len(parts) > _PARTS_LIMIT or grown > _UNPACKED_LIMIT or any("vbaProject" in name for name in names):
        return None
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None
    found = {
        b"application/vnd.oasis.opendocument.text": "odt",
        b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    }
    return found.get(mimetype.strip())


def safe_name(name: str) -> str:
    """The file's own name without folders, control characters or characters that break a header; at most 120 long."""
    name = re.sub(r"[\x00-\x1f\x7f\"<>|:*?;]", "", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
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
        if kind not in self.kinds:
            raise ValidationError(self.error_messages["kind"], code="kind", params={"kinds": ", ".join(self.kinds)})
        file.name = safe_name(file.name)
        if self.strict and not file.name.lower().endswith((f".{kind}", *_ALSO.get(kind, ()))):
            raise ValidationError(self.error_messages["ending"], code="ending", params={"kind": kind})
        file.kind = kind
        file.content_type = MEDIA_TYPES[kind]
        return file
