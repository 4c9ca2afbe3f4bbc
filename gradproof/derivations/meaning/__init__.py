"""Meaning: from formulas that were read to expressions of the calculus, through a glossary of what was declared."""

from .comparison import Pair, pairs
from .context import Context
from .declarations import BadDeclaration, declared
from .definitions import add_definition
from .domains import observe_domains
from .glossary import Definition, Function, Glossary, Head
from .layouts import Layout
from .problems import Needs, NotUnderstood, Problem, RankClash, ShapeClash
from .sorts import Again
from .translate import Translator
from .values import Meaning, Rows, Value

__all__ = [
    "Again",
    "BadDeclaration",
    "Context",
    "Definition",
    "Function",
    "Glossary",
    "Head",
    "Layout",
    "Meaning",
    "Needs",
    "NotUnderstood",
    "Pair",
    "Problem",
    "RankClash",
    "Rows",
    "ShapeClash",
    "Translator",
    "Value",
    "add_definition",
    "declared",
    "observe_domains",
    "pairs",
]
