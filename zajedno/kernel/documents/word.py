"""Word for offices that edit: the same words and data in a .docx template beside the Typst one."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from zajedno.kernel.documents.texts import BrokenTemplate, Rendering, filled

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_word(template: Path, data: Mapping[str, Any], rendering: Rendering) -> bytes:
    """The letter as .docx from `<letter>.docx`; arguments and refusals as of `render_pdf`."""
    document = DocxTemplate(template)
    rules = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document.render(filled(template, data, rendering), rules, autoescape=True)
    except TemplateError as error:
        raise BrokenTemplate(f"{template.name}: {type(error).__name__}") from None
    _describe(document, rendering)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _describe(document: DocxTemplate, rendering: Rendering) -> None:
    """Title, author, day and language; the language also where Word's spelling check looks for it."""
    about = document.docx.core_properties
    about.title, about.author, about.last_modified_by = rendering.title, rendering.author, rendering.author
    about.language = rendering.tag
    about.created = about.modified = datetime.combine(rendering.on, time(), UTC).replace(tzinfo=None)
    for tag in document.docx.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), rendering.tag)
        tag.set(qn("w:eastAsia"), rendering.tag)
