"""Builds the Word templates beside the Typst ones: `python packs/common/letters/build_word.py`, after one changed."""

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


def notice() -> docx.document.Document:
    page = docx.Document()
    for line in ("founder", "organisation", "address", "contact"):
        page.add_paragraph(f"{{{{ d.head.{line} }}}}")
    page.add_paragraph("{{ t.number }}: {{ d.head.number }}")
    page.add_paragraph("{{ t.date }}: {{ d.head.date }}")
    _each(page, "{{ item.name }}{{ ', ' if item.name }}{{ item.part }}", items="d.to")
    page.add_heading("{{ meta.title }}", 1)
    page.add_paragraph("{{ t.about }}")
    fields = {"child": "d.child.name", "born": "d.child.born", "institution": "d.child.institution"}
    fields |= {"class": "d.child['class']", "guardians": "d.guardians | join(', ')"}
    fields |= {key: f"d.{key}" for key in ("step", "day", "place", "said")}
    for key, value in fields.items():
        _when(page, value, f"{{{{ {value} }}}}" if key == "said" else f"{{{{ t['{key}'] }}}}: {{{{ {value} }}}}")
    _when(page, "d.due", "{{ t.deadlines }}:")
    _each(page, "{{ item.what }}: {{ item.until }}", items="d.due", style="List Bullet")
    _when(page, "d.head.contact", "{{ t.questions }}: {{ d.head.contact }}")
    page.add_paragraph("{{ d.head.organisation }}")
    page.add_paragraph(LINE[:34] + "\t{{ t.stamp }}")
    page.add_paragraph("{{ d.signer.name }}")
    return page


def budget_request() -> docx.document.Document:
    page = docx.Document()
    page.add_paragraph("{{ d.organisation }}")
    page.add_heading("{{ t.title }}", 1)
    page.add_paragraph("{{ d.place }}, {{ d.year }}")
    page.add_paragraph("{{ t.asked }}")
    for part, columns in (("need", 6), ("lines", 7)):
        rows = "budget" if part == "lines" else part
        page.add_heading(f"{{{{ t.{part} }}}}", 2)
        if part == "need":
            page.add_paragraph("{{ t.need_text }}")
        table = page.add_table(4, columns, "Table Grid")
        for at, cell in enumerate(table.rows[0].cells):
            cell.text = f"{{{{ d.{rows}_heads[{at}] }}}}"
        table.rows[1].cells[0].text = f"{{%tr for row in d.{rows} %}}"
        for at, cell in enumerate(table.rows[2].cells):
            cell.text = f"{{{{ row[{at}] }}}}"
        table.rows[3].cells[0].text = "{%tr endfor %}"
    page.add_heading("{{ t.signature }}", 2)
    page.add_paragraph(LINE[:34])
    return page


def _when(page: docx.document.Document, condition: str, words: str) -> None:
    for line in (f"{{%p if {condition} %}}", words, "{%p endif %}"):
        page.add_paragraph(line)


def _each(page: docx.document.Document, *lines: str, items: str = "d.parties", style: str | None = None) -> None:
    page.add_paragraph(f"{{%p for item in {items} %}}")
    for words in lines:
        page.add_paragraph(words, style=style)
    page.add_paragraph("{%p endfor %}")


if __name__ == "__main__":
    for build in (protocol, notice, budget_request):
        build().save(str(Path(__file__).parent / f"{build.__name__.replace('_', '-')}.docx"))
