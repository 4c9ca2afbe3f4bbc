"""Lecture notes: derivations and what is known about them, as LaTeX, PDF and HTML."""

from .build import build
from .html import html
from .latex import latex
from .lessons import lessons_of
from .pdf import TexError, make_pdf, missing_programs
from .verdicts import ForeignReportError
from .write import FORMATS, LectureNotes, lecture_notes, write_notes

__all__ = [
    "FORMATS",
    "ForeignReportError",
    "LectureNotes",
    "TexError",
    "build",
    "html",
    "latex",
    "lecture_notes",
    "lessons_of",
    "make_pdf",
    "missing_programs",
    "write_notes",
]
