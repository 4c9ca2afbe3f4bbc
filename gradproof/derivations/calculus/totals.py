"""What the entries of a tensor sum to: 1 by its domain, or 0 or 1 by its definition, as in Σ_k (x_k − μ) = 0."""

from __future__ import annotations

from functools import lru_cache

from sympy import Add, Expr, S

from . import rules
from .derivation import Rule
from .extrema import Selected
from .indices import Index, free_indices
from .rewriting import distribute, rewrite
from .sums import Sum
from .tensors import Entry, Tensor, definitions_in


def use_facts(expression: Expr, used: dict[Rule, None] | None = None, defined: tuple[Tensor, ...] = ()) -> Expr:
    """Replace Σ_k y_k, over the last axis of y, where the domain of y tells what it is.

    used       the rules that say so are noted here
    defined    tensors whose definition may tell it, too
    """
    note = used if used is not None else {}

    def fact(part: Expr) -> Expr:
        if isinstance(part, Sum) and _over_places(part.body, part.bound):
            note[rules.ONE_HOT] = None
            return S.One
        if not isinstance(part, Sum) or not isinstance(part.body, Entry) or part.bound != part.body.indices[-1:]:
            return part
        tensor = part.body.tensor
        if tensor.domain.sums_to_one:
            note[rules.FACT] = None
            return S.One
        value = total(tensor) if tensor in defined else None
        if value is None:
            return part
        note[rules.FACT if value is S.One else rules.CENTRED] = None
        return value

    return rewrite(expression, fact)


def _over_places(body: Expr, bound: tuple[Index, ...]) -> bool:
    """Whether a sum over these indices is over all places, one of which attains a maximum."""
    return isinstance(body, Selected) and bound == (body.at,) and body.at not in free_indices(body.largest)


@lru_cache(maxsize=1 << 12)
def total(tensor: Tensor) -> Expr | None:
    """The sum of a defined tensor over its last axis if its definition makes it 0 or 1, else None."""
    if tensor.definition is None or not tensor.dims:
        return None
    formal, body = tensor.definition
    value = _term_by_term(Sum(body, formal[-1]))
    behind = tuple(definitions_in(value))
    value = use_facts(value, defined=behind)
    if not value.is_Number:
        value = use_facts(_term_by_term(rewrite(value, _inserted)), defined=behind)
    return value if value in (S.Zero, S.One) else None


def behind_totals(expression: Expr) -> tuple[Tensor, ...]:
    """The definitions that tell what the tensors of an expression sum to."""
    known = [tensor for tensor in expression.atoms(Tensor) if total(tensor) is not None]
    found = [part for tensor in sorted(known, key=lambda t: str(t.name)) for part in _behind(tensor)]
    return tuple(dict.fromkeys(found))


def _behind(tensor: Tensor) -> tuple[Tensor, ...]:
    return (*definitions_in(tensor.definition[1]), tensor)


def _inserted(part: Expr) -> Expr:
    if isinstance(part, Entry) and part.tensor.definition is not None:
        return part.tensor.body(*part.indices)
    return part


def _term_by_term(expression: Expr) -> Expr:
    """Every product multiplied out and every sum split."""

    def split(part: Expr) -> Expr:
        if not isinstance(part, Sum):
            return distribute(part) if part.is_Mul else part
        body, bound = part.open()
        return Add(*[Sum(term, *bound) for term in Add.make_args(distribute(body))])

    return rewrite(expression, split)
