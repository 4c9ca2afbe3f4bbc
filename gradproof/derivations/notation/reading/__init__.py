"""Reading: from LaTeX to a neutral tree with places, before anybody knows what the signs mean."""

from . import syntax
from .macros import Macro, Macros, macros_in
from .statements import Part, Statement, Unread, read, read_formula
from .unreadable import LIMITS, Limits, Span, Unreadable

__all__ = [
    "LIMITS",
    "Limits",
    "Macro",
    "Macros",
    "Part",
    "Span",
    "Statement",
    "Unread",
    "Unreadable",
    "macros_in",
    "read",
    "read_formula",
    "syntax",
]
