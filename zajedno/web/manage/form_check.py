"""Explains what is wrong in a pack's forms: the form itself, the facts beside it, its worked examples."""

from collections.abc import Iterator
from pathlib import Path

from zajedno.forms.logic.check import Fault, faults
from zajedno.procedures.logic.check import Surroundings
from zajedno.procedures.logic.reading import KEY, Mistake, read_toml
from zajedno.web.manage.form_examples import ending, examples_mistakes
from zajedno.web.manage.form_facts import Known, facts_mistakes
from zajedno.web.manage.pack_forms import ENDING, PackForm
from zajedno.web.manage.packs import Pack

WRITTEN = {"sr": "Српски (sr)", "bs": "Bosanski (bs)", "en": "English (en)"}  # in these, where the pack declares them

BESIDE = (".toml", ".examples.csv", ".sheets.csv")
NO_TEXT = "This is not UTF-8. Save the file in that encoding."


def form_parts(pack: Pack, around: Surroundings) -> Iterator[tuple[str, list[Mistake]]]:
    """Each file of the pack's forms with its mistakes."""
    for form in pack.forms:
        name = f"forms/{form.key}"
        if unreadable := [path for path in (form.path, *map(form.beside, BESIDE)) if not _is_text(path)]:
            yield from ((f"forms/{path.name}", [Mistake("", NO_TEXT)]) for path in unreadable)
            continue
        form_mistakes = _form(form, _languages(pack))
        yield f"{name}{ENDING}", form_mistakes
        facts = _facts(form, pack, around)
        yield f"{name}.toml", facts
        if not facts and not form_mistakes and (score := form.facts.get("score")):
            yield f"{name}{ending(score)}", _examples(form, form.beside(ending(score)))
    for path in sorted((pack.folder / "forms").glob("*.toml")):
        if not path.with_name(path.stem + ENDING).is_file():
            yield f"forms/{path.name}", [Mistake("", f"There is no form `{path.stem}{ENDING}` beside these facts.")]


def _is_text(path: Path) -> bool:
    try:
        (path.read_bytes() if path.is_file() else b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def _languages(pack: Pack) -> list[str]:
    """Codes of the languages in which everything must be written; Serbian in Latin is made."""
    declared = pack.table("pack.toml").get("languages", WRITTEN)
    return [one for one in WRITTEN if one in declared]


def _form(form: PackForm, languages: list[str]) -> list[Mistake]:
    mistakes = [_mistake(fault) for fault in faults(form.book, [WRITTEN[one] for one in languages])]
    if not KEY.fullmatch(form.key):
        mistakes.append(Mistake("", f"“{form.key}” is no key: small letters, digits and single hyphens."))
    if (named := form.book.settings.get("form_id", "")) != form.key:
        mistakes.append(Mistake("settings", f"`form_id` is “{named}”; after the file's name it is “{form.key}”."))
    return mistakes


def _mistake(fault: Fault) -> Mistake:
    place = [fault.sheet, f"row {fault.row}" if fault.row else "", f"column {fault.column}" if fault.column else ""]
    return Mistake(", ".join(filter(None, place)), str(fault.sentence))


def _facts(form: PackForm, pack: Pack, around: Surroundings) -> list[Mistake]:
    path = form.beside(".toml")
    if not path.is_file():
        return [Mistake("", "The facts are missing: about, purpose, source.")]
    content, mistakes = read_toml(path.read_text(encoding="utf-8"))
    lines = form.book.leaf("survey").lines
    questions = {line["name"]: line["type"] for line in lines if line["name"]}
    known = Known(around.purposes or (), around.fields or (), questions, _languages(pack))
    return mistakes or facts_mistakes(content, known)


def _examples(form: PackForm, path: Path) -> list[Mistake]:
    if not path.is_file():
        return [Mistake("", "A form with a score has worked examples; there are none.")]
    questions = {line["name"] for line in form.book.leaf("survey").lines}
    return examples_mistakes(path.read_text(encoding="utf-8-sig"), form.facts, questions)
