"""Builds `protocol.docx` beside the Typst one: `python packs/common/letters/build_word.py`, after it changed."""

from pathlib import Path

import docx

PARTS = ("purpose", "principles", "duties", "referral", "data", "meetings", "review")
BLANK = {"referral": 2, "meetings": 2, "review": 1}  # lines to be written on
LINE = "_" * 60


def protocol() -> docx.document.Document:
    page = docx.Document()
    page.add_paragraph().add_run("{{ t.template }}").italic = True
    page.add_heading("{{ t.title }}", 1)
    page.add_paragraph("{{ d.place }}")
    page.add_heading("{{ t.parties }}", 2)
    _each(page, "{{ item }}", style="List Bullet")
    for part in PARTS:
        page.add_heading(f"{{{{ t.{part} }}}}", 2)
        page.add_paragraph(f"{{{{ t.{part}_text }}}}")
        if part == "duties":
            _each(page, "{{ item }}: " + LINE)
        for _number in range(BLANK.get(part, 0)):
            page.add_paragraph(LINE)
    page.add_heading("{{ t.signature }}", 2)
    _each(page, "{{ item }}", LINE)
    return page


def _each(page: docx.document.Document, *lines: str, style: str | None = None) -> None:
    page.add_paragraph("{%p for item in d.parties %}")
    for words in lines:
        page.add_paragraph(words, style=style)
    page.add_paragraph("{%p endfor %}")


if __name__ == "__main__":
    protocol().save(str(Path(__file__).parent / "protocol.docx"))
