"""The rules of differentiation. Leaves stay inert, ∂z_k/∂z_j, until a step says that entries are independent."""

from __future__ import annotations

from functools import lru_cache

from sympy import Abs, Add, Expr, Mul, Pow, S

from . import rules
from .derivation import Rule
from .extrema import Largest, Selected
from .functions import Applied, Elementwise, derivative
from .functions import log as logarithm
from .rewriting import contract, rewrite
from .sums import Delta, Partial, Sum
from .tensors import Entry, Tensor


@lru_cache(maxsize=1 << 14)
def depends_on(tensor: Tensor, other: Tensor) -> bool:
    """Whether `tensor` is `other` or is defined, directly or not, with its help."""
    if tensor == other:
        return True
    if tensor.definition is None:
        return False
    return any(depends_on(used, other) for used in tensor.definition[1].atoms(Tensor))


def differentiate(expression: Expr, by: Entry, used: dict[Rule, None] | None = None) -> Expr:
    """∂expression/∂by by the sum, product, quotient, power and chain rule; the rules that it took are noted in `used`.

    An entry of the tensor of `by`, and an entry of a tensor whose definition depends on it, stays an inert `Partial`.
    """
    note = used if used is not None else {}

    def go(part: Expr) -> Expr:
        if isinstance(part, Entry):
            if part == by and not by.indices:
                return S.One
            return Partial(part, by) if depends_on(part.tensor, by.tensor) else S.Zero
        if isinstance(part, Partial) and _of_any_function(part):
            return Partial(part, by)  # what its slope depends on is not known
        if isinstance(part, Selected):
            if any(depends_on(entry.tensor, by.tensor) for entry in part.atoms(Entry)):
                note[rules.SELECTED] = None
            return S.Zero
        if not part.args or isinstance(part, Delta):
            return S.Zero
        if isinstance(part, Sum):
            body, bound = part.open()
            return Sum(go(body), *bound)
        if isinstance(part, Largest):
            return largest(part)
        if isinstance(part, Add):
            return Add(*[go(term) for term in part.args])
        if isinstance(part, Mul):
            return product(part.args)
        if isinstance(part, Pow):
            return power(part)
        if isinstance(part, (Elementwise, Applied, Abs)):
            argument = part.args[-1]
            inner = go(argument)
            if inner is S.Zero:
                return inner
            note[rules.of_function(part)] = None
            if not isinstance(argument, Entry):
                note[rules.CHAIN] = None
            return Mul(derivative(part), inner)
        raise TypeError(f"no rule to differentiate {type(part).__name__}: {part}")

    def largest(part: Largest) -> Expr:
        body, (index,) = part.open()
        inner = go(body)
        if inner is S.Zero:
            return inner
        note[rules.LARGEST] = None
        return Sum(Selected(body, index, index, part.rank) * inner, index)

    def product(factors: tuple[Expr, ...]) -> Expr:
        derivatives = [go(factor) for factor in factors]
        moving = [place for place, value in enumerate(derivatives) if value is not S.Zero]
        if len(moving) > 1:
            quotient = any(isinstance(factors[p], Pow) and factors[p].exp.is_negative for p in moving)
            note[rules.QUOTIENT if quotient else rules.PRODUCT] = None
        return Add(*[Mul(*factors[:place], derivatives[place], *factors[place + 1 :]) for place in moving])

    def power(part: Pow) -> Expr:
        base, exponent = part.args
        slope, bend = go(base), go(exponent)
        result = S.Zero
        if slope is not S.Zero:
            note[rules.RECIPROCAL if exponent == -1 else rules.POWER] = None
            if exponent != -1 and not isinstance(base, Entry):
                note[rules.CHAIN] = None
            result = Mul(exponent, base ** (exponent - 1), slope)  # at once: SymPy spreads 2·(a + b) on sight
        if bend is not S.Zero:
            note[rules.EXPONENTIAL] = None
            result += part * logarithm(base) * bend
        return result

    outcome = go(expression)
    if rules.QUOTIENT in note:
        note.pop(rules.RECIPROCAL, None)
    return outcome


def _of_any_function(slope: Partial) -> bool:
    return isinstance(slope.expression, Entry) and slope.expression.tensor.definition is None


def settle(expression: Expr) -> Expr:
    """∂z_k/∂z_j = δ_kj for the entries of one tensor."""
    return rewrite(expression, _settle)


def _settle(part: Expr) -> Expr:
    if isinstance(part, Partial) and isinstance(part.expression, Entry) and part.expression.tensor == part.by.tensor:
        pairs = zip(part.expression.indices, part.by.indices, strict=True)
        return Mul(*[Delta(first, second) for first, second in pairs])
    return part


def carried_out(expression: Expr, used: dict[Rule, None] | None = None) -> Expr:
    """Carry out every derivative of something that is not an entry."""

    def go(part: Expr) -> Expr:
        if isinstance(part, Partial) and not isinstance(part.expression, Entry):
            return differentiate(part.expression, part.by, used)
        return part

    return rewrite(expression, go)


def gradient(expression: Expr, by: Entry) -> Expr:
    """The derivative, settled and sifted, without its steps."""
    return contract(settle(differentiate(expression, by)))
