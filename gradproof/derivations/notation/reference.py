"""A NumPy function written by hand, as the formula that stands beside it.

latexify-py prints the formula. It drops what it does not know without a word: keyword arguments, axes, the difference
between @ and *. So a function is checked first, construct by construct, and what would be lost raises `Untranslatable`.
The formula shows code beside mathematics; it is never the source of truth.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from gradproof.derivations.calculus import Derivation, Tensor, definitions_in

from .names import python_name

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.MatMult, ast.USub, ast.Gt, ast.GtE, ast.Lt, ast.LtE)
_EXPRESSIONS = (
    ast.Name,
    ast.Load,
    ast.Store,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.Call,
    ast.Attribute,
    ast.keyword,
)
_MODULES = frozenset({"np", "numpy", "np.linalg", "numpy.linalg", "torch", "torch.linalg", "torch.nn.functional"})
_REDUCTIONS = frozenset({"sum", "mean", "max", "min", "prod"})
_ENTRYWISE = frozenset({"exp", "log", "sqrt", "abs", "tanh", "sigmoid", "relu", "softplus", "sin", "cos"})
#: Functions that are understood, and how many arguments each takes.
ARITY: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(_ENTRYWISE | _REDUCTIONS, 1)
    | {
        "norm": 1,
        "diag": 1,
        "trace": 1,
        "eye": 1,
        "size": 1,
        "outer": 2,
        "dot": 2,
        "maximum": 2,
        "minimum": 2,
        "where": 3,
    }
)


class Untranslatable(ValueError):  # noqa: N818 - it is an answer
    """What a formula would lose, with the line in the function (counted from 1)."""

    def __init__(self, construct: str, line: int) -> None:
        super().__init__(f"line {line}: no formula for {construct}")
        self.construct = construct
        self.line = line


class ReferenceUnavailableError(ImportError):
    """latexify-py is not installed, or does not run on this Python."""


def reference_latex(function: Callable[..., Any], axes: Mapping[str, int] = MappingProxyType({})) -> str:
    """LaTeX of a NumPy function.

    axes  how many axes the arguments have: 1 for a vector, 2 for a matrix; a name that is left out is a number

    Raises Untranslatable for anything that the formula would not show, ReferenceUnavailableError without latexify.
    """
    tree = _parsed(function)
    shapes = Shapes(dict(axes))
    _check_function(tree, shapes)
    try:
        from .reference_printer import printed
    except ImportError as error:
        raise ReferenceUnavailableError(
            "formulas of reference functions need latexify-py 0.4.4 or newer, and that needs Python older than 3.14: "
            "pip install 'latexify-py>=0.4.4'"
        ) from error
    return printed(tree, shapes)


def derivation_reference_latex(derivation: Derivation) -> str:
    """LaTeX of the reference function of a derivation. Raises ValueError if it has none; see `reference_latex`."""
    if derivation.reference is None:
        raise ValueError(f"{derivation.name} has no reference function")
    lines = (derivation.statement, derivation.result)
    tensors = {tensor for line in lines for tensor in line.atoms(Tensor)}
    tensors |= {
        tensor for line in lines for defined in definitions_in(line) for tensor in defined.definition[1].atoms(Tensor)
    }
    return reference_latex(derivation.reference, {python_name(tensor.name): len(tensor.dims) for tensor in tensors})


def called_name(call: ast.Call) -> str:
    """The name of what is called, without the module: np.linalg.norm is norm, and x.sum() is sum."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def arguments(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call; a method has its object as the first."""
    is_method = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) not in _MODULES
    return [call.func.value, *call.args] if is_method and isinstance(call.func, ast.Attribute) else list(call.args)


def axis_of(call: ast.Call) -> ast.expr | None:
    """The axis along which a reduction goes, if one is named."""
    return next((keyword.value for keyword in call.keywords if keyword.arg in ("axis", "dim")), None)


@dataclass(slots=True)
class Shapes:
    """How many axes names and expressions have."""

    names: dict[str, int] = field(default_factory=dict)

    def axes(self, node: ast.expr) -> int:
        """The number of axes of an expression. Raises Untranslatable where NumPy's broadcasting is no formula."""
        match node:
            case ast.Name(id=name):
                return self.names.get(name, 0)
            case ast.UnaryOp(operand=operand):
                return self.axes(operand)
            case ast.Attribute(value=value, attr="T"):
                if self.axes(value) != 2:
                    raise Untranslatable(f"the transpose of what is no matrix, {ast.unparse(node)}", node.lineno)
                return 2
            case ast.Compare(left=left, comparators=others):
                return max(map(self.axes, (left, *others)))
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                first, second = self.axes(left), self.axes(right)
                if not first or not second:
                    raise Untranslatable(f"the matrix product of a number, {ast.unparse(node)}", node.lineno)
                return first + second - 2
            case ast.BinOp(left=left, op=operator, right=right):
                found = {self.axes(left), self.axes(right)}
                if found == {1, 2} and not isinstance(operator, ast.Add | ast.Sub):
                    raise Untranslatable(f"a matrix and a vector entry by entry, {ast.unparse(node)}", node.lineno)
                return max(found)
            case ast.Call():
                return self._of_call(node)
        return 0

    def _of_call(self, call: ast.Call) -> int:
        name, inputs = called_name(call), arguments(call)
        if name in _REDUCTIONS:
            return self.axes(inputs[0]) - 1 if axis_of(call) is not None else 0
        if name in ("norm", "trace", "size", "dot"):
            return 0
        if name in ("outer", "eye"):
            return 2
        if name == "diag":
            return 3 - self.axes(inputs[0])
        return max(map(self.axes, inputs))


def _parsed(function: Callable[..., Any]) -> ast.FunctionDef:
    module = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = module.body[0]
    if not isinstance(definition, ast.FunctionDef):
        raise Untranslatable(type(definition).__name__, 1)
    return definition


def _check_function(definition: ast.FunctionDef, shapes: Shapes) -> None:
    inputs = definition.args
    if inputs.defaults or inputs.kwonlyargs or inputs.vararg or inputs.kwarg or inputs.posonlyargs:
        raise Untranslatable("parameters that are not plain names", definition.lineno)
    if definition.decorator_list:
        raise Untranslatable("a decorator", definition.lineno)
    *body, last = [statement for statement in definition.body if not _is_docstring(statement)]
    if not isinstance(last, ast.Return) or last.value is None:
        raise Untranslatable(f"{type(last).__name__} at the end; a formula ends with return", last.lineno)
    for statement in body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            raise Untranslatable(f"the statement {type(statement).__name__}", statement.lineno)
        target = statement.targets[0]
        if not isinstance(target, ast.Name):
            raise Untranslatable(f"an assignment to {ast.unparse(target)}", statement.lineno)
        _check(statement.value)
        shapes.names[target.id] = shapes.axes(statement.value)
    _check(last.value)
    shapes.axes(last.value)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _check(node: ast.AST, line: int = 0) -> None:
    """Raises Untranslatable for the first construct that is not understood. `line` is that of the node around it."""
    line = getattr(node, "lineno", line)
    match node:
        case ast.Constant(value=value):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise Untranslatable(f"the constant {value!r}", line)
            return
        case ast.Compare(ops=operators) if len(operators) > 1:
            raise Untranslatable("a chain of comparisons", line)
        case ast.Call():
            _check_call(node)
            return
        case ast.Attribute(value=value, attr=name):
            if name == "pi" and ast.unparse(value) in _MODULES:
                return
            if name != "T":
                raise Untranslatable(f"the attribute .{name}", line)
        case _ if not isinstance(node, (*_OPERATORS, *_EXPRESSIONS)):
            raise Untranslatable(f"{type(node).__name__} {ast.unparse(node)}".rstrip(), line)
    for part in ast.iter_child_nodes(node):
        _check(part, line)


def _check_call(call: ast.Call) -> None:
    name, inputs = called_name(call), arguments(call)
    if name not in ARITY:
        raise Untranslatable(f"the function {ast.unparse(call.func)}", call.lineno)
    if len(inputs) != ARITY[name]:
        raise Untranslatable(f"{name} with {len(inputs)} arguments", call.lineno)
    for keyword in call.keywords:
        is_axis = name in _REDUCTIONS and keyword.arg in ("axis", "dim") and _is_integer(keyword.value)
        is_order = name == "norm" and keyword.arg == "ord" and _is_integer(keyword.value)
        if not is_axis and not is_order:
            raise Untranslatable(f"the keyword argument {keyword.arg} of {name}", call.lineno)
    for part in inputs:
        _check(part)


def _is_integer(node: ast.expr) -> bool:
    value = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(value, ast.Constant) and type(value.value) is int
