"""Functions that need no declaration: log y, tanh(z), softmax(z), max(0, z), diag, tr and KL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Expr

from gradproof.derivations.calculus import Entry, Index, Sum, Tensor, delta, fresh, log, relu
from gradproof.derivations.calculus.functions import derivative as slope_of
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Attached, Name, Node, Scripts

from . import calls, doubtful, information, names
from .functions import ALONG, ELEMENTWISE, SPECIAL
from .problems import Needs, NotUnderstood, ShapeClash
from .references import Reference, font_of, spelled
from .values import Meaning, Rows, Value

if TYPE_CHECKING:
    from .translate import Translator

_LARGEST_DETERMINANT = 4


def builtin(
    translator: Translator, reference: Reference, primes: int, arguments: tuple[Node, ...], span: Span
) -> Meaning:
    if len(arguments) != 1:
        raise NotUnderstood(
            f"{reference.head} takes one argument and has {len(arguments)} here; is a bracket missing?", span
        )
    argument = translator.array(arguments[0])
    if reference.head in ALONG:
        if isinstance(argument, Rows) or primes:
            raise NotUnderstood(f"{reference.head} of a matrix that is written out; give it a name, as in z : n", span)
        if not argument.rank:
            raise Needs(f"{reference.head} of a number; declare its argument as a vector, as in z : n", span)
        found: Meaning = names.along_last(argument, reference.head, span)
        return names.indexed(translator.context, found, reference)
    function = ELEMENTWISE[reference.head]
    if reference.head == "exp":
        doubtful.exponential(translator, argument)

    def applied(x: Expr) -> Expr:
        result = function(x)
        for _ in range(primes):
            result = _derived(result, x)
        return result

    return names.indexed(translator.context, translator.elementwise(argument, applied), reference)


def _derived(function: Expr, argument: Expr) -> Expr:
    from sympy import S

    from gradproof.derivations.calculus import Elementwise
    from gradproof.derivations.calculus.differentiation import gradient

    if isinstance(function, Elementwise) and function.argument == argument:
        return slope_of(function)
    variable = Entry(Tensor("x~"))
    return gradient(function.xreplace({argument: variable}), variable).xreplace({variable: argument}) or S.Zero


def applied(translator: Translator, node: s.Apply) -> Meaning:
    """log y, tanh(z), softmax(z)_i, max(0, z): a function that is known by its name."""
    function = node.function
    upper: Node | None = None
    lower: Node | None = None
    primes = 0
    if isinstance(function, Scripts):
        upper, lower, primes = function.upper, function.lower, function.primes
        function = function.base
    if not isinstance(function, Name):
        raise NotUnderstood("this function is not understood; define it, as in f(x) = …", node.span)
    name = function.text
    if translator.context.glossary.knows(name, font_of(function)):
        group = s.Group("(", node.argument, span=node.argument.span)
        return calls.attached(translator, Attached(node.function, group, span=node.span))
    if upper is not None and spelled(upper) == "-1":
        raise NotUnderstood(f"{name}^{{-1}} may be the inverse function or 1/{name}; which is meant?", node.span)
    arguments = calls.arguments_of(node.argument)
    if name in ("log", "ln") and lower is not None:
        base = translator.scalar(lower)
        found = translator.elementwise(translator.meaning(arguments[0]), lambda x: log(x) / log(base))
    elif name in SPECIAL:
        found = _special(translator, name, arguments, node)
    elif name in ELEMENTWISE or name in ALONG:
        found = builtin(translator, Reference(name, span=node.span), primes, arguments, node.span)
    else:
        raise NotUnderstood(
            f"the function {name} is not understood; write it with exp, log, tanh, σ, max, |x|, or define it", node.span
        )
    if upper is not None:
        return translator.raised(found, upper, node.span)
    return found


def _special(translator: Translator, name: str, arguments: tuple[Node, ...], node: s.Apply) -> Meaning:
    match name:
        case "max" | "min" if len(arguments) == 2:
            arrays = translator.context.arrays
            first, second = (translator.meaning(argument) for argument in arguments)
            gap = arrays.subtract(first, second, node.span)
            ramp = translator.elementwise(gap, relu)  # max(a, b) = b + relu(a − b)
            if name == "max":
                return arrays.add(second, ramp, node.span)
            return arrays.subtract(first, ramp, node.span)
        case "diag":
            return _diagonal(translator.value(arguments[0]), node.span)
        case "tr":
            value = translator.value(arguments[0])
            if value.rank != 2:
                raise ShapeClash(f"the trace of {value.shape()}; it takes a square matrix, as in A : n x n", node.span)
            value = value.anew()
            bound, other = value.axes
            translator.context.arrays.same(bound, other, node.span)
            return Value(Sum(value.expression.xreplace({other: bound}), bound), span=node.span)
        case "det":
            return determinant(translator.meaning(arguments[0]), node.span)
        case "KL":
            found = information.divergence(translator, node.argument, node.span)
            if found is not None:
                return found
    raise NotUnderstood(f"{name} is not understood here; write what it stands for", node.span)


def determinant(matrix: Meaning, span: Span) -> Value:
    """The determinant of a small matrix that is written out, by its first row."""
    if not isinstance(matrix, Rows) or len(set(matrix.size)) != 1 or len(matrix.rows) > _LARGEST_DETERMINANT:
        size = f"{_LARGEST_DETERMINANT} × {_LARGEST_DETERMINANT}"
        raise NotUnderstood(
            f"a determinant that is not understood; it takes a square matrix that is written out, up to {size}", span
        )
    return Value(_by_first_row([[entry.expression for entry in row] for row in matrix.rows]), span=span)


def _by_first_row(rows: list[list[Expr]]) -> Expr:
    if len(rows) == 1:
        return rows[0][0]
    minors = ([row[:place] + row[place + 1 :] for row in rows[1:]] for place in range(len(rows)))
    return Add(*((-1) ** place * rows[0][place] * _by_first_row(minor) for place, minor in enumerate(minors)))


def _diagonal(value: Value, span: Span) -> Value:
    if value.rank != 1:
        raise NotUnderstood(f"diag of {value.shape()}; it takes a vector or a square matrix", span)
    (axis,) = value.axes
    other = fresh(Index("k", axis.dim))
    return Value(value.expression * delta(axis, other), (axis, other), span=span)
