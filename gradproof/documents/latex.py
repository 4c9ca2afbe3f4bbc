r"""LaTeX files: environments, \[…\], dollars; comments as marks; \input within the folder of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gradproof.derivations.notation.reading import macros_in

from .document import Document, Part
from .files import FileProblem, read_text
from .marks import Marks
from .passage import Fault, Source
from .scan import MATHEMATICS, Origin, formulas

#: How deep files may take in others.
DEEPEST = 8
_PATTERN = re.compile(
    r"(?<!\\)%(?P<comment>[^\n]*)"
    r"|\\begin\{(?P<verbatim>verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{(?P=verbatim)\}"
    r"|\\verb(?P<bar>[^A-Za-z\s*]).*?(?P=bar)"
    r"|" + MATHEMATICS,
    re.DOTALL,
)
_INPUT = re.compile(r"^[^%\n]*?\\(?:input|include)\s*\{(?P<name>[^}]+)\}", re.MULTILINE)


def latex_document(path: Path, shown: str, root: Path | None = None) -> Document:
    """The document of a .tex file. Files that it takes in are read only from within the folder `root`."""
    parts: list[Part] = []
    faults: list[Fault] = []
    macros = {}
    for text, name in _files(path, shown, (root or path.parent).resolve(), faults, ()):
        own, plain = macros_in(text)
        macros.update(own)
        body = plain.find(r"\begin{document}")
        origin = Origin(name, Source(plain))
        parts.extend(formulas(_PATTERN, origin, Marks(), max(body, 0)))
    return Document(shown, tuple(parts), macros, tuple(faults))


def _files(
    path: Path, shown: str, root: Path, faults: list[Fault], above: tuple[Path, ...]
) -> Iterator[tuple[str, str]]:
    r"""The text of a file, after those of the files that it takes in with \input."""
    text = read_text(path)
    source = Origin(shown, Source(text))
    for match in _INPUT.finditer(text):
        name = match["name"].strip()
        place = source.place(match.start("name"))
        target = (path.parent / (name if name.endswith(".tex") else f"{name}.tex")).resolve()
        if not target.is_relative_to(root):
            faults.append(Fault(f"{name} lies outside of the folder {root.name}, and is not read", place))
        elif target in above or len(above) >= DEEPEST:
            faults.append(Fault(f"{name} takes itself in; it is read once", place))
        else:
            try:
                yield from _files(target, f"{Path(shown).parent / name}", root, faults, (*above, path.resolve()))
            except FileProblem as problem:
                faults.append(Fault(str(problem), place))
    yield text, shown
