"""More passes for identities: logarithms split and turned, variances, signs, results of earlier derivations."""

from __future__ import annotations

from itertools import combinations

from sympy import Add, Expr, Mul, Pow, S

from . import rules
from .binding import Binder
from .derivation import Derivation, Rule
from .functions import Elementwise, exp, log, sigmoid, tanh
from .indices import Index, free_indices
from .lemmas import insert_lemmas
from .limits import Limit
from .passes import Pass
from .rewriting import contract, rewrite
from .sums import Partial, Sum
from .tensors import Entry, Tensor


def use(lemma: Derivation) -> Pass:
    """Insert the result of an earlier derivation of a derivative, at whatever indices the derivative stands."""
    return Pass((rules.LEMMA,), lambda line: insert_lemmas(line, (lemma,))[0], lemmas=(lemma.name,))


def split_log(by: Expr | Tensor, within: type[Expr] | None = None) -> Pass:
    """log a = log b + log(a/b) for every a with an index; b is a number, or the entry of a tensor at this index.

    within    for every a that holds such a part instead, as for the logarithm of a sum
    """

    def go(part: Expr) -> Expr:
        if not isinstance(part, log) or not (part.has(within) if within is not None else free_indices(part)):
            return part
        beside = Entry(by, *sorted(free_indices(part), key=str)) if isinstance(by, Tensor) else by
        return log(beside) + log(part.argument / beside)

    return Pass((rules.LOG_RULES,), lambda line: rewrite(line, go))


def _joined_logs(part: Expr) -> Expr:
    """log a − log b = log(a/b), for a and b with the same factor before them."""
    if not isinstance(part, Add):
        return part
    for term in part.args:
        for other in part.args:
            number, positive = term.as_coeff_Mul()
            if number.is_positive and isinstance(positive, log) and isinstance(-other / number, log):
                return number * log(positive.argument / (-other / number).argument) + (part - term - other)
    return part


def as_exponential(variable: Entry) -> Pass:
    """t = exp(log t), for a positive t."""
    return Pass((rules.EXP_OF_LOG,), lambda line: line.xreplace({variable: exp(log(variable))}))


def as_logarithm(variable: Entry) -> Pass:
    """x = log(exp x)."""
    return Pass((rules.LOG_OF_EXP,), lambda line: line.xreplace({variable: log(exp(variable))}))


def variance(weights: Tensor) -> Pass:
    """Σ p u² − (Σ p u)² = Σ_k p_k (u_k − Σ_l p_l u_l)², for weights p that sum to 1."""

    def go(line: Expr) -> Expr:
        for term in Add.make_args(line):
            mean, power = (-term).as_base_exp()
            if power == 2 and isinstance(mean, Sum) and len(mean.bound) == 1:
                body, (index,) = mean.open()
                value = body / weights[index]
                if line == Sum(weights[index] * value**2, index) - mean**2:
                    return Sum(weights[index] * (value - mean) ** 2, index)
        return line

    return Pass((rules.VARIANCE,), go, uses=(weights,))


def _squared(part: Expr) -> Expr:
    """Σ_ij a_i a_j = (Σ_i a_i)², within a sum over other indices too."""
    if not isinstance(part, Sum):
        return part
    body, bound = _joined(part)
    for first, second in combinations(bound, 2):
        if first.dim == second.dim:
            moving = Mul(*[factor for factor in Mul.make_args(body) if first in free_indices(factor)])
            others = Mul(*[factor for factor in Mul.make_args(body) if not {first, second} & free_indices(factor)])
            if moving * moving.xreplace({first: second}) * others == body:
                left = [index for index in bound if index not in (first, second)]
                return Sum(others * Sum(moving, first) ** 2, *left)
    return part


def _joined(total: Sum) -> tuple[Expr, list[Index]]:
    """A sum over other sums with its factors moved into them, opened."""
    body, bound = total.open()
    inner = next((factor for factor in Mul.make_args(body) if isinstance(factor, Sum)), None)
    if inner is None:
        return body, bound
    inside, more = _joined(inner)
    return body / inner * inside, [*bound, *more]


def known_limit(value: Expr, rule: Rule) -> Pass:
    """What a limit is, by a rule about how functions grow; factors may stand before it."""
    return Pass((rule,), lambda line: rewrite(line, lambda part: S(value) if isinstance(part, Limit) else part))


def _out_of_limit(part: Expr) -> Expr:
    """lim c f = c lim f."""
    if not isinstance(part, Limit):
        return part
    moving = [factor for factor in Mul.make_args(part.expression) if part.variable in factor.atoms(Entry)]
    inside = Mul(*moving)
    return part.expression / inside * part.of(inside)


def _at_target(line: Expr) -> Expr:
    """The function at the target, which is its limit where it is continuous."""
    return line.expression.xreplace({line.variable: line.target}) if isinstance(line, Limit) else line


def simplest(expression: Expr) -> Expr:
    """The functions at 0, and log 1 = 0."""

    def go(part: Expr) -> Expr:
        return _VALUES.get((type(part), part.argument), part) if isinstance(part, Elementwise) else part

    return rewrite(expression, go)


_VALUES = {
    (exp, S.Zero): S.One,
    (tanh, S.Zero): S.Zero,
    (sigmoid, S.Zero): S.Half,
    (log, S.One): S.Zero,
    (log, exp(S.NegativeOne)): S.NegativeOne,
}


def _into_derivative(line: Expr) -> Expr:
    """Σ_r c ∂f_r/∂t = ∂(Σ_r c f_r)/∂t, for a number c."""
    number, total = line.as_independent(Binder, as_Add=False)
    if not isinstance(total, Sum) or number.atoms(Entry):
        return line
    body, bound = total.open()
    inside = isinstance(body, Partial) and not set(bound) & free_indices(body.by)
    return Partial(number * Sum(body.expression, *bound), body.by) if inside else line


def chain_rule(through: Tensor) -> Pass:
    """∂f/∂t = Σ_k ∂f/∂c_k ∂c_k/∂t for an arbitrary f; that it depends on t through c only must be given."""

    def go(part: Expr) -> Expr:
        arbitrary = isinstance(part, Partial) and isinstance(part.expression, Entry)
        if not arbitrary or part.expression.tensor.definition is not None or part.by.tensor == through:
            return part
        middle = Entry(through, *[Index(f"~c{place}", dim) for place, dim in enumerate(through.dims)])
        return Sum(Partial(part.expression, middle) * Partial(middle, part.by), *middle.indices)

    return Pass((rules.CHAIN_SUM,), lambda line: rewrite(line, go), uses=(through,))


def insert_in_derivatives(*tensors: Tensor) -> Pass:
    """∂(the formula of F)/∂t for ∂F/∂t."""

    def go(part: Expr) -> Expr:
        named = isinstance(part, Partial) and isinstance(part.expression, Entry) and part.expression.tensor in tensors
        return Partial(part.expression.tensor.body(*part.expression.indices), part.by) if named else part

    return Pass((rules.DEFINITION,), lambda line: rewrite(line, go), uses=tensors)


def name_in_derivative(tensor: Tensor) -> Pass:
    """∂F/∂t for the derivative of the formula by which F is defined."""

    def go(part: Expr) -> Expr:
        whole = isinstance(part, Partial) and part.expression == tensor.body()
        return Partial(Entry(tensor), part.by) if whole else part

    return Pass((rules.FOLD,), lambda line: rewrite(line, go), uses=(tensor,))


def _to_sigmoid(part: Expr) -> Expr:
    """1 / (1 + exp(−x)) = σ(x)."""
    if isinstance(part, Pow) and part.exp == -1 and isinstance(part.base - 1, exp):
        return sigmoid(-(part.base - 1).argument)
    return part


def _flipped(part: Expr) -> Expr:
    return -log(1 / part.argument) if isinstance(part, log) else part


def _turned(part: Expr) -> Expr:
    """−f (a − b) = f (b − a), also of a sum of such terms."""
    coefficient, rest = part.as_coeff_Mul()
    if not coefficient.is_negative:
        return part
    inside, bound = rest.open() if isinstance(rest, Sum) else (rest, [])
    factors = Mul.make_args(inside)
    for place, factor in enumerate(factors):
        if isinstance(factor, Add):
            turned = -coefficient * Mul(*factors[:place], -factor, *factors[place + 1 :])
            return Sum(turned, *bound) if bound else turned
    return part


def _joined_powers(part: Expr) -> Expr:
    """u u^a = u^(a + 1), and u Σ_k u^(a_k) f_k = Σ_k u^(a_k + 1) f_k."""
    if not isinstance(part, Mul):
        return part
    exponents: dict[Expr, Expr] = {}
    for base, exponent in (factor.as_base_exp() for factor in part.args):
        exponents[base] = exponents.get(base, S.Zero) + exponent
    for total in [base for base in exponents if isinstance(base, Sum) and exponents[base] == 1]:
        body, bound = total.open()
        for inside in (factor.base for factor in Mul.make_args(body) if isinstance(factor, Pow)):
            if inside in exponents:
                moved = inside ** exponents.pop(inside)
                return _joined_powers(part / total / moved * Sum(_joined_powers(Mul(moved, body)), *bound))
    return Mul(*[base**exponent for base, exponent in exponents.items()])


out_of_limit = Pass((rules.TAKE_OUT,), lambda line: rewrite(line, _out_of_limit))
continuous = Pass((rules.CONTINUOUS,), _at_target)
reciprocal_log = Pass((rules.LOG_OF_RECIPROCAL,), lambda line: rewrite(line, _flipped))
write_sigmoid = Pass((rules.SIGMOID_DEFINITION,), lambda line: rewrite(line, _to_sigmoid))
join_logs = Pass((rules.LOG_RULES,), lambda line: rewrite(line, _joined_logs))
join_powers = Pass((rules.JOIN_POWERS,), lambda line: rewrite(line, _joined_powers))
into_derivative = Pass((rules.SUM,), _into_derivative)
square_of_sum = Pass((rules.SQUARE_OF_SUM,), lambda line: rewrite(line, _squared))
simple_values = Pass((rules.SIMPLE_VALUES,), simplest)
sift = Pass((rules.SIFT,), contract)
turn_sign = Pass((rules.TURN_SIGN,), lambda line: rewrite(line, _turned))
