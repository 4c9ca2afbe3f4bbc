"""Matrix forms as NumPy expressions, over arrays with the Python names of the tensors and of the sizes.

A column is an array of one axis; a row, which only a layout asks for, has the shape (1, n).
"""

from __future__ import annotations

from sympy import Abs, Add, Expr, Mul, NumberSymbol, Pow, Rational, S

from gradproof.derivations.calculus import Applied, Dim, Elementwise, Entry, Partial

from . import matrix_forms as m
from .matrix_forms import Form
from .names import python_name
from .order import is_negative, negated
from .source import NUMPY, Binding, Source, number_source, power, product, quotient, signed_sum


def matrix_numpy(form: Form) -> str:
    """A NumPy expression of the form; a gradient ∂L/∂p that is data is called dL_dp."""
    return _source(form).text


def _source(form: Form) -> Source:
    match form:
        case m.Leaf(tensor=tensor):
            return Source(python_name(tensor.name))
        case m.GradientLeaf(partial=partial):
            return Source(gradient_name(partial.expression.tensor.name, partial.by.tensor.name))
        case m.ScalarLeaf(expression=expression):
            return scalar_source(expression)
        case m.Ones(size=size):
            return NUMPY.call("ones", python_name(size.name))
        case m.Identity(size=size):
            return NUMPY.call("eye", python_name(size.name))
        case m.Transposed(body=body):
            return Source(f"{_source(body).at(Binding.WHOLE)}{'.T' if len(body.shape) == 2 else '[None, :]'}")
        case m.MatrixProduct(factors=factors):
            return product(map(_source, factors), "@")
        case m.Dot(left=left, right=right):
            return product((_source(left), _source(right)), "@")
        case m.Outer(left=left, right=right):
            return NUMPY.call("outer", _source(left).text, _source(right).text)
        case m.Diag(vector=vector):
            return NUMPY.call("diag", _source(vector).text)
        case m.Trace(body=body):
            return NUMPY.call("trace", _source(body).text)
        case m.NormOf(body=body):
            return NUMPY.call("linalg.norm", _source(body).text)
        case m.Hadamard(factors=factors):
            return _product(factors)
        case m.EntryPower(base=base, exponent=exponent):
            if exponent == -1:
                return quotient(Source("1"), _source(base))
            return power(_source(base), exponent if isinstance(exponent, Rational) else scalar_source(exponent))
        case m.Apply(function=function, argument=argument):
            return NUMPY.applied(function, _source(argument))
        case m.Scaled(scalar=scalar, body=body):
            return _product((*(scalar.factors if isinstance(scalar, m.Hadamard) else (scalar,)), body))
        case m.Plus(terms=terms):
            return signed_sum((negative, _source(term)) for negative, term in terms)


def gradient_name(value: str, by: str) -> str:
    """The name in code of a derivative that is data: ∂L/∂p is dL_dp."""
    return f"d{python_name(value)}_d{python_name(by)}"


def _product(factors: tuple[Form, ...]) -> Source:
    below = [factor.base for factor in factors if isinstance(factor, m.EntryPower) and factor.exponent == -1]
    above = [factor for factor in factors if not (isinstance(factor, m.EntryPower) and factor.exponent == -1)]
    top = product(map(_source, above)) if above else Source("1")
    return quotient(top, product(map(_source, below))) if below else top


def scalar_source(expression: Expr) -> Source:
    """An expression without indices and sums, as Python source."""
    match expression:
        case Rational():
            whole = expression.is_Integer
            number = Source(str(abs(expression))) if whole else Source(f"({abs(expression.p)} / {expression.q})")
            return signed_sum([(True, number)]) if expression < 0 else number
        case Dim():
            return Source(python_name(expression.name))
        case Entry():
            return Source(python_name(expression.tensor.name))
        case Partial(expression=Entry() as value, by=by):
            return Source(gradient_name(value.tensor.name, by.tensor.name))
        case Add():
            negative = [is_negative(term.as_coeff_Mul()[0]) for term in expression.args]
            terms = zip(negative, expression.args, strict=True)
            return signed_sum((minus, scalar_source(negated(term) if minus else term)) for minus, term in terms)
        case Mul():
            return product(map(scalar_source, expression.args))
        case Pow() if expression.exp == S.NegativeOne:
            return Source(f"({quotient(Source('1'), scalar_source(expression.base)).text})")
        case Pow():
            exponent = expression.exp if isinstance(expression.exp, Rational) else scalar_source(expression.exp)
            return power(scalar_source(expression.base), exponent)
        case NumberSymbol():
            return number_source(expression)
        case Elementwise() | Applied() | Abs():
            return NUMPY.applied(expression, scalar_source(expression.args[-1]))
    raise TypeError(f"no source for {type(expression).__name__}: {expression}")
