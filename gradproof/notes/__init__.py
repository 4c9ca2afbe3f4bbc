"""Lecture notes: derivations and what is known about them, as LaTeX, PDF, HTML, slides and Markdown."""

from .build import build
from .html import html
from .latex import fragment, latex, slides
from .lecture import LectureNotes, lecture_notes
from .lessons import lessons_of
from .markdown import markdown
from .overlay import OverlayError, read_overlay
from .own_symbols import SymbolError, in_own_symbols
from .pdf import TexError, make_pdf, missing_programs
from .verdicts import ForeignReportError
from .write import FORMATS, languages_of, tex_documents, with_sources, write_notes

__all__ = [
    "FORMATS",
    "ForeignReportError",
    "LectureNotes",
    "OverlayError",
    "SymbolError",
    "TexError",
    "build",
    "fragment",
    "html",
    "in_own_symbols",
    "languages_of",
    "latex",
    "lecture_notes",
    "lessons_of",
    "make_pdf",
    "markdown",
    "missing_programs",
    "read_overlay",
    "slides",
    "tex_documents",
    "with_sources",
    "write_notes",
]
