"""Letters and decisions: accessible, archivable PDF by Typst; Word where an office edits; a drawing as PNG."""

from zajedno.kernel.documents.pdf import Pdf, render_pdf
from zajedno.kernel.documents.picture import render_png
from zajedno.kernel.documents.texts import BrokenTemplate, IncompleteLetter, Rendering, letter_languages, letter_texts
from zajedno.kernel.documents.word import WORD_TYPE, render_word

__all__ = [
    "WORD_TYPE",
    "BrokenTemplate",
    "IncompleteLetter",
    "Pdf",
    "Rendering",
    "letter_languages",
    "letter_texts",
    "render_pdf",
    "render_png",
    "render_word",
]
