r"""The magic `%%gradproof` for notebooks: a cell of Markdown or LaTeX is shown, and its formulas are checked.

    %load_ext gradproof

    %%gradproof --declare "x : R"
    $$\sigma'(x) = \sigma(x) (1 - \sigma(x))$$

Declarations and definitions hold from one such cell to the next. What is refuted raises, so that a notebook that is run
in continuous integration stops there.
"""

from __future__ import annotations

import re
from typing import Any

from IPython.core.display_functions import display
from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from gradproof.derivations.meaning import BadDeclaration, declared
from gradproof.documents import text_document
from gradproof.grading.checking import Checking, Walk
from gradproof.grading.findings import Checked, Finding

from .messages import message

#: How a cell is named in the places of findings.
CELL = "cell"


class WrongFormulas(AssertionError):  # noqa: N818 - it is said of a cell
    """Formulas of a cell fail. Notebooks show one line of it, as the findings stand above."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class CheckedCell:
    """A cell and what was found in it. Notebooks show the text with its formulas set, and below it the findings."""

    def __init__(self, text: str, checked: Checked) -> None:
        self.text = text
        self.checked = checked

    def __repr__(self) -> str:
        lines = [_line(finding) for finding in self.checked.findings]
        return "\n".join(lines) or "no formula that states anything"

    def _repr_markdown_(self) -> str:
        said = repr(self)
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", said)), 0)  # no text ends the block
        return f"{self.text}\n\n{fence}text\n{said}\n{fence}\n"


def _line(finding: Finding) -> str:
    mark = "✗" if finding.failure else "?" if finding.open else "✓" if finding.status.ok else "·"
    plain = "".join(letter if letter.isprintable() else "�" for letter in message(finding))
    return f"{mark} {finding.place.line}:{finding.place.column}  {plain}"


@magics_class
class GradproofMagics(Magics):
    """What is known from the cells so far, and the magic."""

    _walk: Walk | None = None

    @magic_arguments()
    @argument("--declare", action="append", default=[], help="Declarations, such as 'x : R'.")
    @argument("--strict", action="store_true", help="Raise as well for what could not be decided.")
    @argument("--show", action="store_true", help="Only show what is found, and never raise.")
    @argument("--new", action="store_true", help="Forget what earlier cells declared and defined.")
    @cell_magic
    def gradproof(self, line: str, cell: str) -> None:
        """Check the formulas of this cell."""
        asked = parse_argstring(self.gradproof, line)
        try:
            found = self._checked(cell, "\n".join(_unquoted(text) for text in asked.declare), asked.new)
        except BadDeclaration as problem:
            raise UsageError(str(problem)) from problem
        display(CheckedCell(cell, found))
        wrong = sum(finding.failure for finding in found.findings)
        open_ones = sum(finding.open for finding in found.findings) if asked.strict else 0
        if (wrong or open_ones) and not asked.show:
            raise WrongFormulas(f"{wrong} wrong" + (f", {open_ones} not decided" if open_ones else ""))

    def _checked(self, text: str, lines: str, forget: bool) -> Checked:
        """What is found, after the declarations of the line. Raises BadDeclaration; nothing is taken in then."""
        walk = Walk(Checking(), {}) if self._walk is None or forget else self._walk
        walk.glossary, walk.macros = declared(lines, walk.glossary, walk.macros)
        self._walk = walk
        document = text_document(text, CELL)
        walk.macros = {**walk.macros, **document.macros}
        return Checked(CELL, tuple(finding for part in document.parts for finding in walk.part(part)))


def _unquoted(text: str) -> str:
    """An argument without the quotes that IPython leaves around it."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def load(shell: Any) -> None:
    """Register the magic with a shell of IPython."""
    shell.register_magics(GradproofMagics)
