"""How a passage is understood: each statement in our own notation, with the shapes found, what was taken for granted,
what is missing, and the lines that would make it decidable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Tensor, definitions_in
from gradproof.derivations.meaning import Again, Context, Glossary, Problem, Translator
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Macros, Statement, read
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.text import text as as_text

from .passages import Answer, Effort, judge_passage
from .proposing import Proposal, propose
from .said import translated, variables_of

_ROUNDS = 20
#: How the names of calligraphic letters begin.
_CALLIGRAPHIC = re.compile(r"\bcal([A-Z])")


@dataclass(frozen=True, slots=True)
class Understood:
    """One relation or definition in our notation.

    start    where the statement begins in the text
    reading  the relation as it was read; empty if it has no meaning yet, with the reason in `missing`
    shapes   the shapes of its arrays, such as "z : n"
    """

    start: int
    reading: str
    shapes: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    missing: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "reading": self.reading,
            "shapes": list(self.shapes),
            "assumed": list(self.assumed),
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a passage is understood, what is said of it, and the lines that are proposed for it."""

    relations: tuple[Understood, ...]
    answer: Answer
    proposals: tuple[Proposal, ...]


def understand(
    text: str, macros: Macros, glossary: Glossary, defined: frozenset[Key], effort: Effort, supposed: bool = False
) -> Understanding:
    """Everything that `gradproof read` says of a passage; the arguments are those of `judge_passage`."""
    answer = judge_passage(text, macros, glossary, defined, effort, supposed)
    relations = tuple(_relations(text, macros, answer.glossary))
    offers = () if supposed else propose(text, macros, glossary, effort.seed)
    return Understanding(relations, answer, offers)


def _relations(text: str, macros: Macros, glossary: Glossary) -> Iterator[Understood]:
    for part in read(text, macros=macros):
        if not isinstance(part, Statement):
            continue
        if not isinstance(part.formula, s.Chain):
            yield _understood(part.formula, None, "", glossary, frozenset())
            continue
        variables = variables_of(part.formula, glossary)
        for step, sign in enumerate(part.formula.signs):
            left, right = part.formula.members[step], part.formula.members[step + 1]
            if left is not None and right is not None:
                yield _understood(left, right, sign, glossary, variables)


def _understood(
    left: s.Node, right: s.Node | None, sign: str, glossary: Glossary, variables: frozenset[Key]
) -> Understood:
    try:
        if right is None:
            return _alone(left, glossary)
        said = translated(left, right, glossary.copy(), variables)
        lines = [f"{_written(one)} {sign} {_written(other)}" for one, other in said.pairs]
        shapes = _shapes([side for pair in said.pairs for side in pair])
        assumed = tuple(f"{words} (to say so: {line})" if line else words for words, line in said.assumed)
        return Understood(left.span.start, "; ".join(lines), shapes, assumed)
    except Problem as problem:
        return Understood(left.span.start, "", missing=str(problem))
    except Exception as problem:  # what has no form of ours is said, and stops nothing
        return Understood(left.span.start, "", missing=f"it has no form here: {problem}")


def _alone(formula: s.Node, glossary: Glossary) -> Understood:
    """A formula that states nothing."""
    own = glossary.copy()
    for _ in range(_ROUNDS):
        own.sorts.start_again()
        context = Context(own)
        context.observe(formula)
        try:
            value = Translator(context).meaning(formula)
            expression = context.arrays.array(value).expression  # type: ignore[arg-type]
            return Understood(formula.span.start, _written(expression), _shapes([expression]))
        except Again:
            continue
    return Understood(formula.span.start, "", missing="its sizes do not come to rest")


def _written(expression: Expr) -> str:
    return _CALLIGRAPHIC.sub(lambda match: chr(ord("𝓐") + ord(match[1]) - ord("A")), as_text(expression))


def _shapes(expressions: list[Expr]) -> tuple[str, ...]:
    """The shapes of the arrays that stand in expressions."""
    tensors: set[Tensor] = set()
    for expression in expressions:
        tensors |= expression.atoms(Tensor)
        for tensor in definitions_in(expression):
            tensors |= tensor.definition[1].atoms(Tensor)
    shapes = {str(tensor.name): " x ".join(str(dim.name) for dim in tensor.dims) for tensor in tensors if tensor.dims}
    return tuple(f"{name} : {shape}" for name, shape in sorted(shapes.items()))
