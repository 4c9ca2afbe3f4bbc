"""Results of earlier derivations, inserted at whatever indices they occur."""

from __future__ import annotations

from sympy import Expr

from .derivation import Derivation
from .rewriting import rewrite
from .sums import Partial
from .tensors import Entry, Tensor


def insert_lemmas(expression: Expr, lemmas: tuple[Derivation, ...]) -> tuple[Expr, tuple[str, ...]]:
    """Insert the results of derivations of ∂p_i/∂z_j, at whatever indices they occur; and the names of those used."""
    used: dict[str, None] = {}
    known: dict[tuple[Tensor, Tensor], Derivation] = {}
    for lemma in lemmas:
        statement = lemma.statement
        if isinstance(statement, Partial) and isinstance(statement.expression, Entry):
            known[statement.expression.tensor, statement.by.tensor] = lemma

    def insert(part: Expr) -> Expr:
        if isinstance(part, Partial) and isinstance(part.expression, Entry):
            lemma = known.get((part.expression.tensor, part.by.tensor))
            if lemma is not None:
                used[lemma.name] = None
                formal = lemma.statement.expression.indices + lemma.statement.by.indices
                actual = part.expression.indices + part.by.indices
                return lemma.result.xreplace(dict(zip(formal, actual, strict=True)))
        return part

    outcome = rewrite(expression, insert)
    return outcome, tuple(used)


def known_derivative(inner: Partial, lemmas: tuple[Derivation, ...]) -> Derivation:
    """The lemma whose statement is this derivative, for a second derivative. Raises ValueError."""
    for lemma in lemmas:
        if lemma.statement == inner:
            return lemma
    raise ValueError(f"a second derivative needs the derivation of {inner} among its lemmas")
