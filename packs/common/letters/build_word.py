"""Builds the Word templates beside the Typst ones: `python packs/common/letters/build_word.py`, after one changed."""

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PARTS = ("purpose", "principles", "duties", "referral", "data", "meetings", "review")
BLANK = {"referral": 2, "meetings": 2, "review": 1}  # lines to be written on
LINE = "_" * 60
VOTES = ("votes_for", "votes_against", "votes_abstained")


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


def body_minutes() -> docx.document.Document:
    page = docx.Document()
    page.add_paragraph().add_run("{{ d.body }}").bold = True
    page.add_paragraph("{{ d.territory }}")
    page.add_heading("{{ t.title }} {{ d.number }}", 1)
    _when(page, "not d.closed", "{{ t.draft }}")
    for key, value in (("held", "begins"), ("place", "place")):
        page.add_paragraph(f"{{{{ t.{key} }}}}: {{{{ d.{value} }}}}")
    page.add_heading("{{ t.people }}", 2)
    _each(page, "{{ item.institution }}: {{ item.name }} ({{ item.presence }})", items="d.people", style="List Bullet")
    _each(page, "{{ item.sector }}: {{ item.there }} / {{ item.members }}", items="d.sectors", style="List Bullet")
    page.add_paragraph("{{ t.quorum_met if d.is_met else t.quorum_not_met }}")
    _when(page, "d.guests", "{{ t.guests }}: {{ d.guests }}")
    page.add_heading("{{ t.agenda }}", 2)
    _each(page, "{{ item.number }}. {{ item.title }}", items="d['items']")
    page.add_heading("{{ t.course }}", 2)
    page.add_paragraph("{%p for item in d['items'] %}")
    page.add_heading("{{ item.number }}. {{ item.title }}", 3)
    page.add_paragraph("{{ item.discussion }}")
    _when(page, "item.decision", "{{ t.decision }}: {{ item.decision }}")
    votes = ", ".join(f"{{{{ t.{key} }}}}: {{{{ item.{key} }}}}" for key in VOTES)
    _when(page, "item.votes_for", votes)
    page.add_paragraph("{%p endfor %}")
    _when(page, "d.tasks", "{{ t.tasks }}:")
    _each(page, "{{ item.what }}: {{ item.who }}, {{ item.until }}", items="d.tasks", style="List Bullet")
    for key in ("chaired", "recorded"):
        page.add_paragraph(f"{{{{ t.{key} }}}}: {{{{ d.{key}_by }}}}\t" + LINE[:34])
    return page


def action_plan() -> docx.document.Document:
    page = docx.Document()
    page.add_paragraph("{{ t.report }}")
    page.add_heading("{{ d.title }}", 1)
    page.add_paragraph("{{ d.place }}. {{ t.day }} {{ d.on }}")
    _rows(page, "d.facts", "{{ row[0] }}", "{{ row[1] }}")
    page.add_heading("{{ t.glance }}", 2)
    _rows(page, "d.glance", "{{ row[0] }}", "{{ row[1] }}")
    page.add_heading("{{ t.situation }}", 2)
    _when(page, "not d.situation", "{{ t.none }}")
    _each(page, "{{ item }}", items="d.situation")
    page.add_paragraph("{%p for goal in d.goals %}")
    page.add_heading("{{ t.goal }} {{ goal.title }}", 2)
    page.add_paragraph("{%p for measure in goal.measures %}")
    page.add_heading("{{ t.measure }} {{ measure.title }}", 3)
    keys = ("what", "indicator", "who", "when", "amount", "line", "state")
    heads = [f"{{{{ t.{'activity' if key == 'what' else key} }}}}" for key in keys]
    _rows(page, "measure.rows", *(f"{{{{ row.{key} }}}}" for key in keys), heads=heads)
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{{ t.total }}: {{ d.totals | join('; ') }}")
    page.add_paragraph("{%p if d.programmes %}")
    page.add_heading("{{ t.programmes }}", 2)
    keys = ("title", "held", "came", "reached", "cost", "each", "result")
    heads = [f"{{{{ t.{'programme' if key == 'title' else key} }}}}" for key in keys]
    _rows(page, "d.programmes", *(f"{{{{ row.{key} }}}}" for key in keys), heads=heads)
    page.add_paragraph("{%p endif %}")
    return page


def report() -> docx.document.Document:
    page = docx.Document()
    page.add_paragraph().add_run("{{ d.head }}").bold = True
    page.add_paragraph("{{ d.place }}")
    page.add_heading("{{ d.title }}", 1)
    page.add_paragraph("{{ t.day }} {{ d.on }}{{ '; ' + t.edition + ' ' + d.edition if d.edition }}")
    _when(page, "d.draft", "{{ d.draft }}")
    _when(page, "d.reason", "{{ t.reason }}: {{ d.reason }}")
    _part(page, "introduction")
    page.add_paragraph("{%p for part in d.sections %}")
    page.add_heading("{{ part.title }}", 2)
    _each(page, "{{ item }}", items="part.comment")
    _each(page, "{{ item }}", items="part.lines")
    page.add_paragraph("{%p if part.facts %}")
    _rows(page, "part.facts", "{{ row[0] }}", "{{ row[1] }}")
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p for table in part.tables %}")
    page.add_paragraph("{%p if table.caption %}")
    page.add_heading("{{ table.caption }}", 3)
    page.add_paragraph("{%p endif %}")
    _grid(page)
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{%p endfor %}")
    _part(page, "conclusion")
    _numbered(page)
    return page


def _numbered(page: docx.document.Document) -> None:
    """What it is and which page, at the foot of each: as the PDF has it. Word counts the pages itself."""
    foot = page.sections[0].footer.paragraphs[0]
    foot.add_run("{{ meta.title }}\t\t{{ t.page }} ")
    for field, after in (("PAGE", " {{ t.of }} "), ("NUMPAGES", "")):
        held = OxmlElement("w:fldSimple")
        held.set(qn("w:instr"), field)
        foot._p.append(held)
        foot.add_run(after)


def _part(page: docx.document.Document, key: str) -> None:
    """What the author wrote, under its heading; nothing of it where nothing is written."""
    page.add_paragraph(f"{{%p if d.{key} %}}")
    page.add_heading(f"{{{{ t.{key} }}}}", 2)
    _each(page, "{{ item }}", items=f"d.{key}")
    page.add_paragraph("{%p endif %}")


def _grid(page: docx.document.Document) -> None:
    """A table with as many columns as its heads."""
    grid = page.add_table(4, 3, style="Table Grid")
    lines = (
        ("{%tc for head in table.heads %}", "{{ head }}", "{%tc endfor %}"),
        ("{%tr for row in table.body %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, line in zip(grid.rows, lines, strict=True):
        for cell, words in zip(row.cells, line, strict=True):
            cell.text = words


def _rows(page: docx.document.Document, items: str, *cells: str, heads: Sequence[str] = ()) -> None:
    """A table with a line for each of the items."""
    lines = [list(heads)] if heads else []
    lines += [[f"{{%tr for row in {items} %}}"], list(cells), ["{%tr endfor %}"]]
    table = page.add_table(len(lines), len(cells), style="Table Grid")
    for row, line in zip(table.rows, lines, strict=True):
        for cell, words in zip(row.cells, line, strict=False):
            cell.text = words


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
    for build in (protocol, notice, body_minutes, action_plan, budget_request, report):
        build().save(str(Path(__file__).parent / f"{build.__name__.replace('_', '-')}.docx"))
