"""Named passes for identities: each turns a line into the next by one rule of mathematics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Add, Dummy, Expr, Mul, S, fraction, together

from . import rules
from .conditions import Condition, Relation
from .derivation import Derivation, Rule, Step, Text
from .differentiation import carried_out, settle
from .folding import fold as fold_back
from .functions import DEFINITIONS, Elementwise, exp, log, tanh, xlogx
from .indices import Index, free_indices
from .limits import Limit
from .positivity import positive
from .rewriting import contract, distribute, factor, rewrite
from .sums import Partial, Sum
from .tensors import Domain, Entry, Tensor, definitions_in
from .totals import use_facts


@dataclass(frozen=True, slots=True)
class Pass:
    """One rule, what it does to a line, and the relation of the old line to the new one.

    certificate    for an estimate: from both lines, what it gives away, in a form that shows that it is not negative
    lemmas         the names of derivations on which it rests
    """

    rules: tuple[Rule, ...]
    apply: Callable[[Expr], Expr]
    uses: tuple[Tensor, ...] = ()
    relation: Relation = Relation.EQUAL
    certificate: Callable[[Expr, Expr], Expr] | None = None
    lemmas: tuple[str, ...] = ()


def identity(
    statement: Expr,
    passes: list[Pass],
    *,
    name: str,
    title: Text,
    indices: tuple[Index, ...] | None = None,
    textbook: Expr | None = None,
    given: tuple[Condition, ...] = (),
    reference: Callable[..., Any] | None = None,
    operation: Callable[..., Any] | None = None,
    sources: tuple[str, ...] = (),
    remarks: tuple[Text, ...] = (),
    stable: bool = False,
) -> Derivation:
    """Returns the derivation of an identity: a chain of lines from `statement`, one for each pass.

    passes     as `calculus/passes.py` and its neighbours make them: each has a rule, and turns a line into the next
    indices    the axes of the statement in order; by default its free indices by name
    textbook   the form that a person expects; it becomes a claim of its own
    given      conditions under which every line is said
    operation  Torch's own operation for `statement`; see `Derivation`
    stable     whether the result is the form to compute with, and the statement the naive one
    name, title, reference, sources, remarks   as in `derive`
    Raises ValueError for a pass that changes nothing, since a line that says nothing is no line.
    """
    axes = tuple(sorted(free_indices(statement), key=lambda i: i.name)) if indices is None else indices
    steps = carried_through(statement, passes, name)
    beside = (reference, operation, sources, remarks)
    return Derivation(name, title, statement, axes, steps, textbook, (), given, *beside, stable=stable)


def carried_through(statement: Expr, passes: list[Pass], name: str, letter: str = "A") -> tuple[Step, ...]:
    """The steps from a statement, one for each pass. Raises ValueError for a pass that changes nothing."""
    steps: list[Step] = []
    current = statement
    for number, item in enumerate(passes, start=1):
        after = item.apply(current)
        if after == current:
            raise ValueError(f"{name}: pass {number} ({item.rules[0].name}) leaves {current} as it is; remove it")
        uses = tuple(dict.fromkeys((*item.uses, *definitions_in(current), *definitions_in(after))))
        given_away = item.certificate(current, after) if item.certificate is not None else None
        name_of_step = f"{letter}{number}"
        steps.append(Step(name_of_step, current, after, item.rules, uses, item.lemmas, item.relation, given_away))
        current = after
    return tuple(steps)


def insert(*tensors: Tensor) -> Pass:
    """Insert the definitions of these tensors."""

    def go(part: Expr) -> Expr:
        return part.tensor.body(*part.indices) if isinstance(part, Entry) and part.tensor in tensors else part

    return Pass((rules.DEFINITION,), lambda line: rewrite(line, lambda part: _inside(part, go)), uses=tensors)


def _inside(part: Expr, rule: Callable[[Expr], Expr]) -> Expr:
    """Apply a rule within limits and derivatives of formulas as well."""
    if isinstance(part, Partial) and not isinstance(part.expression, Entry):
        return Partial(rewrite(part.expression, rule), part.by)
    return rule(part)


def fold(*tensors: Tensor) -> Pass:
    return Pass((rules.FOLD,), lambda line: contract(fold_back(line, tensors)), uses=tensors)


def _to_exp_and_log(part: Expr) -> Expr:
    known = isinstance(part, Elementwise) and type(part) in DEFINITIONS
    return DEFINITIONS[type(part)](part.argument) if known else part


def _exp_of_sum(part: Expr) -> Expr:
    if isinstance(part, exp) and isinstance(part.argument, Add):
        return Mul(*[exp(term) for term in part.argument.args])
    if isinstance(part, exp) and isinstance(part.argument, log):
        return part.argument.argument
    return part


def _log_of_product(part: Expr) -> Expr:
    if not isinstance(part, log):
        return part
    factors = Mul.make_args(part.argument)
    if any(not positive(f) for f in factors):
        return part
    return Add(*[_log_of_power(f) for f in factors])


def _log_of_power(part: Expr) -> Expr:
    base, exponent = part.as_base_exp()
    if base == 1:
        return S.Zero
    return exponent * (base.argument if isinstance(base, exp) else log(base))


def _one_fraction(part: Expr) -> Expr:
    if not isinstance(part, Add):
        return part
    top, bottom = fraction(together(part))
    return part if bottom == 1 else distribute(top) / bottom


def extend_by(factor_: Expr) -> Pass:
    """Multiply the numerator and the denominator of a fraction by the same."""

    def go(line: Expr) -> Expr:
        top, bottom = fraction(line)
        above = Add(*[merge_exp(term) for term in Add.make_args(distribute(top * factor_))])
        below = Add(*[merge_exp(term) for term in Add.make_args(distribute(bottom * factor_))])
        return above / below

    return Pass((rules.EXTEND,), go)


def merge_exp(term: Expr) -> Expr:
    """exp(a) exp(b) = exp(a + b), and a whole multiple of a variable as a power of its exp."""
    pairs = [factor_.as_base_exp() for factor_ in Mul.make_args(term)]
    total = Add(*[base.argument * power for base, power in pairs if isinstance(base, exp)])
    others = [base**power for base, power in pairs if not isinstance(base, exp)]
    if total == 0:
        return Mul(*others)
    multiple, variable = total.as_coeff_Mul()
    merged = exp(variable) ** multiple if multiple.is_Integer and multiple > 1 else exp(total)
    return Mul(*others, merged)


def _to_tanh(part: Expr) -> Expr:
    top, bottom = fraction(part)
    for term in Add.make_args(bottom):
        if isinstance(term, exp) and DEFINITIONS[tanh](term.argument) == top / bottom:
            return tanh(term.argument)
    return part


def _one_hot_fact(part: Expr) -> Expr:
    if isinstance(part, xlogx) and isinstance(part.argument, Entry) and part.argument.tensor.domain is Domain.ONE_HOT:
        return S.Zero
    return part


def _log_one(part: Expr) -> Expr:
    return S.Zero if isinstance(part, log) and part.argument == 1 else part


def _split(part: Expr) -> Expr:
    """Σ(f + g) = Σf + Σg."""
    if not isinstance(part, Sum):
        return part
    body, bound = part.open()
    return Add(*[Sum(term, *bound) for term in Add.make_args(body)])


def complete_square(unknown: Expr) -> Pass:
    """b u + a u² = a (u + b/2a)² − b²/4a."""

    def go(line: Expr) -> Expr:
        spread = distribute(line)
        a, b = spread.coeff(unknown, 2), spread.coeff(unknown, 1)
        rest = spread - a * unknown**2 - b * unknown
        return a * (unknown + b / (2 * a)) ** 2 + (rest - b**2 / (4 * a))

    return Pass((rules.COMPLETE_SQUARE,), go)


def _take_limit(line: Expr) -> Expr:
    """exp(−x) goes to 0 as x goes to infinity, and the other way round; the rest is continuous."""
    if not isinstance(line, Limit) or line.target.is_Rational:
        return line
    vanishing = exp(-line.variable if line.target is S.Infinity else line.variable)
    reached = Dummy()
    value = line.expression.xreplace({vanishing: reached})
    if value.atoms(Entry) or value.subs(reached, S.Zero).is_finite is not True:
        raise ValueError(f"{line} does not follow from {vanishing} going to 0 alone")
    return value.subs(reached, S.Zero)


def in_limit(inner: Pass) -> Pass:
    """A pass applied to the function under a limit."""

    def go(line: Expr) -> Expr:
        return line.of(inner.apply(line.expression)) if isinstance(line, Limit) else line

    return Pass(inner.rules, go, inner.uses)


def _everywhere(rule: Rule, go: Callable[[Expr], Expr]) -> Pass:
    return Pass((rule,), lambda line: rewrite(line, go))


exp_and_log = _everywhere(rules.SCALAR_FUNCTIONS, _to_exp_and_log)
exp_rules = _everywhere(rules.EXP_RULES, _exp_of_sum)
log_rules = _everywhere(rules.LOG_RULES, _log_of_product)
log_one = _everywhere(rules.LOG_ONE, _log_one)
one_fraction = _everywhere(rules.COMMON_DENOMINATOR, _one_fraction)
write_tanh = _everywhere(rules.TANH_DEFINITION, _to_tanh)
one_hot = _everywhere(rules.ONE_HOT, _one_hot_fact)
multiply_out = _everywhere(rules.EXPAND, distribute)
facts = Pass((rules.FACT,), use_facts)
linear = _everywhere(rules.LINEAR, _split)
common_factor = Pass((rules.FACTOR,), factor)
differentiate_it = Pass((rules.SUM,), lambda line: contract(settle(carried_out(line))))
take_limit = Pass((rules.VANISHING_EXP,), _take_limit)
