r"""LaTeX files: environments, \[…\], dollars; comments as marks; \input within the folder of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from gradproof.derivations.notation.reading import Macros, macros_in

from .document import Document, Part
from .files import FileProblem, read_text
from .marks import Marks
from .passage import Fault, Source
from .scan import MATHEMATICS, Kind, Opener, at, by, itself, parts_of

#: How deep files may take in others, and how many may be taken in altogether.
DEEPEST, MOST = 8, 200

_INPUT = r"\\(?:input|include|subfile)\s*\{(?P<input_name>[^{}\n]+)\}"
_OPENERS = (
    Opener("escaped", r"\\[\\$%]", Kind.LEFT, itself),
    Opener("comment", r"%", Kind.COMMENT, by(r"([^\n]*)")),
    Opener(
        "verbatim",
        r"\\begin\{(?P<verbatim_name>verbatim\*?|lstlisting|minted|comment)\}",
        Kind.LEFT,
        at(lambda match: rf"\end{{{match['verbatim_name']}}}"),
    ),
    Opener("verb", r"\\verb\*?(?P<bar>[^A-Za-z\s*])", Kind.LEFT, at(lambda match: match["bar"])),
    *MATHEMATICS,
    Opener(
        "dollar",
        r"\$",
        Kind.INLINE,
        by(r"((?:[^$\\\n]|\\.|\n(?![ \t]*\n))*+)\$"),
        "a dollar opens a formula that no dollar of this paragraph ends",
    ),
)
_TAKEN_IN = re.compile(rf"(?<!\\)%[^\n]*|{_INPUT}")


def latex_document(path: Path, shown: str, root: Path | None = None, own: frozenset[Path] | None = None) -> Document:
    """The document of a .tex file. What it takes in is read only from the folder `root`, and only if it is `own`."""
    reader = _Reader((root or path.parent).resolve(), None if own is None else frozenset(map(Path.resolve, own)))
    parts = (*reader.parts(path, shown, ()), *reader.marks.left())
    return Document(shown, parts, reader.macros)


def taken_in(path: Path) -> frozenset[Path]:
    """The files that a .tex file takes in, whether they are there or not; none if it cannot be read."""
    found: set[Path] = set()
    with suppress(FileProblem):
        for match in _TAKEN_IN.finditer(read_text(path)):
            if match["input_name"] is not None:
                with suppress(OSError, ValueError, RuntimeError):  # no name of a file, or a link to itself
                    found.add(_target(path, match["input_name"].strip()))
    return frozenset(found)


def _target(path: Path, name: str) -> Path:
    return (path.parent / (name if name.endswith(".tex") else f"{name}.tex")).resolve()


class _Reader:
    """Reads a file and those that it takes in, each where it is taken in."""

    def __init__(self, root: Path, own: frozenset[Path] | None = None) -> None:
        self.root = root
        self.own = own
        self.macros: Macros = {}
        self.marks = Marks()
        self.files = 0

    def parts(self, path: Path, shown: str, above: tuple[Path, ...]) -> Iterator[Part]:
        self.files += 1
        own, plain = macros_in(read_text(path))
        self.macros = {**self.macros, **own}
        source = Source(plain, shown)
        start = max(plain.find(r"\begin{document}"), 0)
        for match in _TAKEN_IN.finditer(plain):
            if match["input_name"] is None:
                continue
            if match.start() >= start:  # what stands in the preamble is read as well: it may define macros
                yield from self._formulas(source, start, match.start())
                start = match.end()
            yield from self._taken_in(path, shown, match, source, (*above, path.resolve()))
        yield from self._formulas(source, start, len(plain))

    def _formulas(self, source: Source, start: int, end: int) -> Iterator[Part]:
        piece = Source(source.text[:end], source.file) if end < len(source.text) else source
        yield from parts_of(piece, _OPENERS, self.marks, start)

    def _taken_in(
        self, path: Path, shown: str, match: re.Match[str], source: Source, above: tuple[Path, ...]
    ) -> Iterator[Part]:
        name = match["input_name"].strip()
        place = source.place(match.start("input_name"))
        try:
            target = _target(path, name)
            if not target.is_relative_to(self.root):
                yield Fault(f"{name} lies outside of the folder {self.root.name}, and is not read", place)
            elif self.own is not None and target not in self.own:
                yield Fault(f"{name} is not read; among the files of others, only files of the same author are", place)
            elif target in above:
                yield Fault(f"{name} takes itself in, and is read once", place)
            elif len(above) > DEEPEST or self.files >= MOST:
                yield Fault(f"{name} is not read; at most {MOST} files are, {DEEPEST} deep", place)
            else:
                yield from self.parts(
                    target,
                    str(
                        Path(shown).parent / target.relative_to(path.parent.resolve())
                        if target.is_relative_to(path.parent.resolve())
                        else target.name
                    ),
                    above,
                )
        except (FileProblem, OSError, ValueError) as problem:
            yield Fault(str(problem), place)
