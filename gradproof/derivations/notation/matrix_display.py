"""Matrix forms as display trees: vectors and matrices bold, ⊙ entry by entry, diag, and a column of ones."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Pow, Rational, S

from gradproof.derivations.calculus import Entry

from . import matrix_forms as m
from . import tree as t
from .brackets import as_base, as_factor, as_term, negate, unmarked
from .display import display
from .functions import called
from .matrix_algebra import hadamard, transposed
from .matrix_forms import Form
from .names import written
from .order import is_negative
from .tree import Tree, Variant


def matrix_tree(form: Form) -> Tree:
    """The display tree of a matrix form."""
    match form:
        case m.Leaf(tensor=tensor):
            return written(tensor.name, variant=Variant.BOLD if tensor.dims else Variant.ITALIC)
        case m.GradientLeaf(partial=partial):
            value = written(partial.expression.tensor.name)
            return t.PartialDerivative(matrix_tree(m.Leaf(partial.by.tensor)), value=value)
        case m.ScalarLeaf(expression=expression):
            return display(expression)
        case m.Ones():
            return t.Identifier("1", Variant.BOLD)
        case m.Identity():
            return t.Identifier("I", Variant.BOLD)
        case m.Transposed(body=m.MatrixProduct(factors=factors)):  # of a column: (M x)ᵀ is xᵀ Mᵀ
            return _side_by_side([matrix_tree(transposed(factor)) for factor in reversed(factors)])
        case m.Transposed(body=m.Plus(terms=((True, body),))):
            return negate(matrix_tree(transposed(body)))
        case m.Transposed(body=body):
            return t.Transpose(as_base(matrix_tree(body)))
        case m.MatrixProduct(factors=factors):
            return _side_by_side([matrix_tree(factor) for factor in factors])
        case m.Dot(left=left, right=right):
            return _side_by_side([matrix_tree(m.Transposed(left)), matrix_tree(right)])
        case m.Outer(left=left, right=right):
            return _side_by_side([matrix_tree(left), matrix_tree(m.Transposed(right))])
        case m.Diag(vector=vector):
            return t.Call(t.Identifier("diag", Variant.UPRIGHT), t.Brackets(matrix_tree(vector)))
        case m.Trace(body=body):
            return t.Call(t.Identifier("tr", Variant.UPRIGHT), t.Brackets(matrix_tree(body)))
        case m.NormOf(body=body):
            return t.Norm(matrix_tree(body), label="F" if len(body.shape) == 2 else "")
        case m.Hadamard(factors=factors):
            return _entrywise(factors) if form.shape else _quotient(factors, None)
        case m.EntryPower(base=base, exponent=exponent):
            return _power(base, exponent)
        case m.Apply(function=function, argument=argument):
            return called(function, matrix_tree(argument))
        case m.Scaled(scalar=m.ScalarLeaf(expression=S.Zero)):
            return t.Number("0")  # of any shape
        case m.Scaled(scalar=scalar, body=body):
            return _quotient(scalar.factors if isinstance(scalar, m.Hadamard) else (scalar,), matrix_tree(body))
        case m.Plus(terms=terms):
            return t.SignedSum(tuple(t.Term(as_term(matrix_tree(body)), negative) for negative, body in terms))


def _side_by_side(factors: list[Tree]) -> Tree:
    flat: list[Tree] = []
    for place, factor in enumerate(factors):
        bare = as_factor(factor, last=place == len(factors) - 1)
        flat += bare.factors if isinstance(bare, t.Product) and not bare.dots else (bare,)
    return flat[0] if len(flat) == 1 else t.Product(tuple(flat))


def _entrywise(factors: tuple[Form, ...]) -> Tree:
    """Factors with ⊙, then those of power −1 with ⊘."""
    over = [factor for factor in factors if not _is_reciprocal(factor)]
    under = [factor.base for factor in factors if isinstance(factor, m.EntryPower) and _is_reciprocal(factor)]
    result = t.Infix("⊙", tuple(map(_operand, map(matrix_tree, over)))) if len(over) > 1 else None
    if not under:
        assert result is not None
        return result
    above: Tree = result or (_operand(matrix_tree(over[0])) if over else t.Identifier("1", Variant.BOLD))
    below = matrix_tree(hadamard(under))
    return t.Infix("⊘", (_operand(above), _operand(below)))


def _is_reciprocal(form: Form) -> bool:
    return isinstance(form, m.EntryPower) and form.exponent == -1


def _operand(tree: Tree) -> Tree:
    """An operand of ⊙ or ⊘; a matrix product gets brackets, for readers disagree on which binds closer."""
    wide = isinstance(unmarked(tree), t.SignedSum | t.Infix | t.Product)
    return t.Brackets(tree) if wide else as_factor(tree, last=False)


def _power(base: Form, exponent: Expr) -> Tree:
    body = matrix_tree(base)
    if base.shape:
        if exponent == -1:
            return t.Infix("⊘", (t.Identifier("1", Variant.BOLD), _operand(body)))
        raised = t.Brackets(display(exponent)) if isinstance(exponent, Add) else display(exponent)
        return t.Power(as_base(body), t.Sequence((t.Identifier("∘", Variant.UPRIGHT), raised)))
    if is_negative(exponent):
        return t.Fraction(t.Number("1"), _power(base, -exponent) if exponent != -1 else body)
    return t.Root(body) if exponent == S.Half else t.Power(as_base(body), display(exponent))


def _quotient(scalars: tuple[Form, ...], body: Tree | None) -> Tree:
    """Scalars and what they multiply: 2/n stands before it, a divisor alone below it."""
    above: list[Tree] = []
    below: list[Tree] = []
    measured = False  # whether a divisor is more than a product of numbers and sizes
    for scalar in scalars:
        if isinstance(scalar, m.EntryPower) and is_negative(scalar.exponent):
            below.append(matrix_tree(scalar.base) if scalar.exponent == -1 else _power(scalar.base, -scalar.exponent))
            measured = True
        elif isinstance(scalar, m.ScalarLeaf):
            numerator, denominator = _split(scalar.expression)
            above += [display(numerator)] if numerator != 1 else []
            below += [display(denominator)] if denominator != 1 else []
            measured = measured or bool(denominator.atoms(Entry)) or denominator.is_integer is not True
        else:
            above.append(matrix_tree(scalar))
    whole = [*above, *([body] if body is not None else [])]
    if not below:
        return _row(whole)
    divisor = _row(below)
    if above and body is not None:
        return _side_by_side([t.Fraction(_row(above), divisor), body])
    if not measured and isinstance(unmarked(_row(whole)), t.Product | t.Power | t.Norm | t.Brackets):
        return _side_by_side([t.Fraction(t.Number("1"), divisor), *whole])
    return t.Fraction(_row(whole), divisor)


def _row(parts: list[Tree]) -> Tree:
    """Factors in a row; none make 1, and one stands as it is."""
    if not parts:
        return t.Number("1")
    if len(parts) == 1:
        return parts[0]
    # xᵀ y is one number only if nothing follows without a bracket: (xᵀ y) z
    closed = [t.Brackets(part) if _has_transpose(part) else part for part in parts[:-1]]
    return _side_by_side([*closed, parts[-1]])


def _has_transpose(tree: Tree) -> bool:
    return isinstance(tree, t.Product) and any(isinstance(part, t.Transpose) for part in tree.factors)


def _split(expression: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator of a product, by the signs of the exponents."""
    if isinstance(expression, Rational):
        return S(expression.p), S(expression.q)
    above, below = [], []
    for factor in Mul.make_args(expression):
        if isinstance(factor, Rational):
            above.append(S(factor.p))
            below.append(S(factor.q))
        elif isinstance(factor, Pow) and factor.exp.is_negative:
            below.append(1 / factor)
        else:
            above.append(factor)
    return Mul(*above), Mul(*below)
