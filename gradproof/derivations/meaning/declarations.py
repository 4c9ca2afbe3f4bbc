r"""The language of declarations: one statement a line, no keywords.

X : N x d            a matrix; also onehot C, simplex C, sums-to-one C, row d, sym n x n, bits, >0, (0,1), R
k : 1..n             the range of an index letter
f : R -> R           a function of which nothing else is known; also g : m -> n
E = E(a)             a quantity that depends on a, and through a only
y = \softmax(z)      a definition
i \ne j              a condition on indices
x > 0, r \ne 0       a condition on numbers
layout numerator     how derivatives of arrays are laid out: mixed, numerator or denominator
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gradproof.derivations.calculus import Domain
from gradproof.derivations.notation.reading import Macro, Macros, Statement, Unread, macros_in, read
from gradproof.derivations.notation.reading.syntax import Attached, Chain, Listing, Name, Node, Scripts

from .definitions import add_definition, labelled
from .glossary import Function, Glossary, Head
from .layouts import Layout
from .references import Reference, Unindexable, is_name, refer

_RANGE = re.compile(r"1\s*(?:\.\.|,\s*\\[lc]?dots\s*,?|…)\s*(?P<upper>\S+)")
_SHAPE = re.compile(r"\\?[A-Za-z]\w*(?:\s*(?:x|×|\\times)\s*\\?[A-Za-z]\w*)*")
_DOMAINS = {
    "onehot": Domain.ONE_HOT, "one-hot": Domain.ONE_HOT, "simplex": Domain.SIMPLEX, "bits": Domain.BINARY,
    ">0": Domain.POSITIVE, "(0,1)": Domain.UNIT, "positive": Domain.POSITIVE, "sums-to-one": Domain.SUMS_TO_ONE,
}  # fmt: skip


class BadDeclaration(ValueError):  # noqa: N818 - it is the reader's, not ours
    """A line that declares nothing. The text names the line and says what such lines look like.

    line    its number, counted from 1
    """

    line: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of declarations, with its number counted from 1."""

    number: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines that declare something; empty ones and comments (#) are left out."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.split("#")[0].strip() if "#1" not in line else line.strip()
        if plain:
            found.append(Line(number, plain))
    return found


def declared(text: str, glossary: Glossary | None = None, macros: Macros | None = None) -> tuple[Glossary, Macros]:
    r"""A glossary with these declarations added, and the macros (\newcommand) among them. Raises BadDeclaration."""
    if glossary is not None:
        return _added(text, glossary, macros or {})
    alone, everywhere = _alone(text, tuple((macros or {}).items()))
    return alone.copy(), dict(everywhere)


@lru_cache(1 << 6)
def _alone(text: str, macros: tuple[tuple[str, Macro], ...]) -> tuple[Glossary, Macros]:
    """What an exercise declares, which every submission begins with."""
    return _added(text, Glossary(), dict(macros))


def _added(text: str, glossary: Glossary, macros: Macros) -> tuple[Glossary, Macros]:
    own, plain = macros_in(text)
    everywhere = {**macros, **own}
    result = glossary.copy()
    # Sorts and ranges come first: they decide how the scripts of the definitions are read.
    lines = sorted(lines_of(plain), key=lambda line: (":" not in line.text or ":=" in line.text, line.number))
    for line in lines:
        try:
            _declare(line, result, everywhere)
        except BadDeclaration as problem:
            problem.line = line.number
            raise
    return result, everywhere


def _declare(line: Line, glossary: Glossary, macros: Macros) -> None:
    text = line.text
    if text.startswith("layout"):
        _layout(line, glossary)
        return
    left, colon, right = text.partition(":")
    if colon and not right.startswith("="):
        _sorted(line, left, right.strip(), glossary, macros)
        return
    for part in read(text, macros=macros):
        if isinstance(part, Unread):
            raise BadDeclaration(f"line {line.number} of the declarations, {text!r}: {part.message}")
        _said(line, part, glossary)


def _layout(line: Line, glossary: Glossary) -> None:
    name = line.text.removeprefix("layout").strip()
    try:
        glossary.layout = Layout(name)
    except ValueError as error:
        choices = ", ".join(layout.value for layout in Layout)
        message = f"line {line.number} of the declarations: there is no layout {name!r}; the layouts are {choices}"
        raise BadDeclaration(message) from error
    glossary.layout_declared = True


def _sorted(line: Line, left: str, right: str, glossary: Glossary, macros: Macros) -> None:
    for name in _names(line, left, macros):
        found = _RANGE.fullmatch(right)
        if found:
            assert isinstance(name, Name)
            glossary.ranges[name.text] = found["upper"].lstrip("\\")
            glossary.sizes.add(found["upper"].lstrip("\\"))
            continue
        reference = _reference(line, name, glossary)
        if "->" in right or r"\to" in right:
            inputs, outputs = re.split(r"->|\\to", right)
            function = Function(_shape(line, inputs.strip()), _shape(line, outputs.strip()))
            glossary.functions[reference.head, reference.font] = function
            glossary.sizes |= {size for size in (*function.inputs, *function.outputs)}
            continue
        head = _head(line, right, len(reference.indices))
        glossary.heads[reference.head, reference.font] = head
        glossary.sizes |= {size for size in head.sizes if size}


def _names(line: Line, left: str, macros: Macros) -> list[Node]:
    parts = read(left, macros=macros)
    found: list[Node] = []
    for part in parts:
        if isinstance(part, Unread):
            raise BadDeclaration(f"line {line.number} of the declarations, {line.text!r}: {part.message}")
        found += part.formula.items if isinstance(part.formula, Listing) else (part.formula,)
    if not found or not all(is_name(node) for node in found):
        raise BadDeclaration(
            f"line {line.number} of the declarations: {left.strip()!r} is no name; names look like W_{{ij}}"
        )
    return found


def _reference(line: Line, node: Node, glossary: Glossary) -> Reference:
    assert isinstance(node, (Name, Scripts))
    try:
        return labelled(refer(node, glossary.knows, glossary.is_index))
    except (Unindexable, ValueError) as problem:
        raise BadDeclaration(f"line {line.number} of the declarations, {line.text!r}: {problem}") from problem


def _head(line: Line, right: str, indices: int) -> Head:
    """The head of a name with so many indices, from "row d", "onehot N x C", "R^{n x d}", …"""
    domain, row, symmetric = Domain.REAL, False, False
    text = right.strip("$ ")
    text = re.sub(r"^\\?(?:in|∈)\s*", "", text)
    real = re.fullmatch(r"(?:\\mathbb\s*\{?R\}?|R|ℝ)(?:\s*\^\s*\{?(?P<shape>[^{}]*)\}?)?", text)
    if real:
        text = real["shape"] or ""
    while text:
        word, _, rest = text.partition(" ")
        if word in _DOMAINS:
            domain = _DOMAINS[word]
        elif word == "row":
            row = True
        elif word in ("sym", "symmetric"):
            symmetric = True
        elif word in ("real", "number", "scalar", "column"):
            pass
        else:
            break
        text = rest.strip()
    sizes = _shape(line, text) if text else ()
    return Head(indices + len(sizes), ("",) * indices + sizes, row, domain, symmetric)


def _shape(line: Line, text: str) -> tuple[str, ...]:
    if text in ("R", r"\mathbb{R}", r"\R", "ℝ"):
        return ()
    if not _SHAPE.fullmatch(text):
        raise BadDeclaration(
            f"line {line.number} of the declarations: {text!r} is no shape; "
            "shapes look like n, N x d, onehot C, >0 or R"
        )
    sizes = re.split(r"\s+x\s+|×|\\times|(?<=\w)\s*x\s*(?=\w)", text)
    return tuple(size.strip().lstrip("\\") for size in sizes if size.strip())


def _said(line: Line, statement: Statement, glossary: Glossary) -> None:
    """A definition, a dependence such as E = E(a), or a condition such as i ≠ j."""
    formula = statement.formula
    if isinstance(formula, Chain) and formula.signs == ("≠",):
        letters = [member.text for member in formula.members if isinstance(member, Name)]
        if len(letters) == 2:
            glossary.different.append((letters[0], letters[1]))
            return
    if isinstance(formula, Chain) and set(formula.signs) <= set("≠<>"):
        glossary.conditions.append(formula)
        return
    if isinstance(formula, Chain) and set(formula.signs) <= {"=", "≔", "≡"} and len(formula.members) == 2:
        left, right = formula.members
        if left is None or right is None:
            raise BadDeclaration(f"line {line.number} of the declarations, {line.text!r}, has no left side")
        if _depends(left, right, glossary):
            return
        try:
            add_definition(glossary, left, right)
        except ValueError as problem:
            raise BadDeclaration(f"line {line.number} of the declarations, {line.text!r}: {problem}") from problem
        return
    raise BadDeclaration(
        f"line {line.number} of the declarations, {line.text!r}, declares nothing; lines look like "
        r"X : N x d, k : 1..n, f : R -> R, y = \softmax(z), i \ne j or layout numerator"
    )


def _depends(left: Node, right: Node, glossary: Glossary) -> bool:
    """E = E(a): a quantity that depends on others, and on the rest through them only."""
    if not (isinstance(right, Attached) and right.head == left and isinstance(left, (Name, Scripts))):
        return False
    reference = refer(left, glossary.knows, glossary.is_index)
    body = right.group.body
    items = body.items if isinstance(body, Listing) else (body,)
    glossary.functions[reference.head, reference.font] = Function(of=tuple(items))
    return True
