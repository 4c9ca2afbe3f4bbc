"""Results of earlier derivations, inserted at whatever indices they occur."""

from __future__ import annotations

from sympy import Expr

from .derivation import Derivation
from .indices import Index
from .rewriting import rewrite
from .sums import Partial
from .tensors import Entry, Tensor


def insert_lemmas(expression: Expr, lemmas: tuple[Derivation, ...]) -> tuple[Expr, tuple[str, ...]]:
    """Insert the results of derivations of ∂p_i/∂z_j, at whatever indices they occur; and the names of those used.

    So are the results of second derivatives.
    """
    used: dict[str, None] = {}
    known = {_entries(lemma.statement, tensors=True): lemma for lemma in lemmas}

    def insert(part: Expr) -> Expr:
        lemma = known.get(_entries(part, tensors=True)) if isinstance(part, Partial) else None
        if lemma is None:
            return part
        used[lemma.name] = None
        formal, actual = (_entries(partial) for partial in (lemma.statement, part))
        return lemma.result.xreplace(dict(zip(formal, actual, strict=True)))

    outcome = rewrite(expression, insert)
    return outcome, tuple(used)


def _entries(partial: Expr, tensors: bool = False) -> tuple[Tensor | Index, ...]:
    """What is differentiated by what, tensors or indices, innermost first; nothing for other than entries."""
    if isinstance(partial, Entry):
        return (partial.tensor,) if tensors else partial.indices
    if not isinstance(partial, Partial):
        return ()
    inner = _entries(partial.expression, tensors)
    own: tuple[Tensor | Index, ...] = (partial.by.tensor,) if tensors else partial.by.indices
    return (*inner, *own) if inner or not tensors else ()


def known_derivative(inner: Partial, lemmas: tuple[Derivation, ...]) -> Derivation:
    """The lemma whose statement is this derivative, for a second derivative. Raises ValueError."""
    for lemma in lemmas:
        if lemma.statement == inner:
            return lemma
    raise ValueError(f"a second derivative needs the derivation of {inner} among its lemmas")
