"""PDF/UA-1 and PDF/A-3a by Typst. Data travels as JSON, so nothing in it is ever read as markup."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.documents.texts import BrokenTemplate, IncompleteLetter, Rendering, filled

STANDARDS: Final[list[Any]] = ["ua-1", "a-3a"]
_PLACE = re.compile(r"([\w-]+\.typ):(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document as it was issued. `sha256` is the hex hash of the bytes."""

    content: bytes
    sha256: str


def render_pdf(template: Path, data: Mapping[str, Any], rendering: Rendering, fonts: Sequence[Path] = ()) -> Pdf:
    """The letter as PDF. The same arguments give the same bytes.

    `template`: a .typ file in a folder with `texts.toml`; it may read files of that folder only. `data`: mappings,
    lists, text, days, times. `fonts`: folders with fonts beside the built-in ones; the system's are not used.
    Raises IncompleteLetter (language, data or a sign no font has), BrokenTemplate (a mistake of the pack).
    """
    inputs = {"letter": json.dumps(filled(template, data, rendering), ensure_ascii=False)}
    try:
        content = typst.compile(
            template.resolve(),
            root=template.resolve().parent,
            font_paths=_fonts(tuple(fonts)),
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(rendering.on, time(), UTC),
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise IncompleteLetter(
                _("A sign in the data cannot be printed. Remove it and try again."), "sign"
            ) from None
        raise BrokenTemplate(_where(template, error)) from None
    return Pdf(content, sha256(content).hexdigest())


@lru_cache(maxsize=8)
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))


def _where(template: Path, error: typst.TypstError) -> str:
    place = _PLACE.search(error.diagnostic or "")
    return f"{template.name}: mistake at {place.group()}" if place else f"{template.name} does not compile"
