"""latexify's printer, taught the notation of arrays. Importing this needs latexify-py."""

# ruff: noqa: N802 - the methods have the names of the nodes of Python's syntax

from __future__ import annotations

import ast
import re

from latexify.codegen import expression_codegen, function_codegen

from .latex import tree_latex
from .names import written
from .reference import Shapes, arguments, axis_of, called_name
from .tree import Variant

_TRANSPOSE = r"^{\mathsf{T}}"
_WORDS = {"size": "size", "diag": "diag", "trace": "tr", "relu": "ReLU", "softplus": "softplus", "mean": "mean"}
_MACROS = {"exp": r"\exp", "log": r"\log", "tanh": r"\tanh", "sin": r"\sin", "cos": r"\cos", "sigmoid": r"\sigma"}
_REDUCTIONS = {"sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min", "mean": r"\operatorname{mean}"}


def printed(definition: ast.FunctionDef, shapes: Shapes) -> str:
    """The formula of a function that has been checked."""
    body = [statement for statement in definition.body if not isinstance(statement, ast.Expr)]
    plain = ast.FunctionDef(definition.name, definition.args, body, [], None, None)
    formula = str(_Function(shapes).visit(plain))
    return formula.replace(r"\mathopen{}\left( ", r"\left(").replace(r" \mathclose{}\right)", r"\right)")


def letter(name: str, axes: int) -> str:
    """A Python name as a letter: W1 is W with the layer (1), y_hat has a hat, lambda_ is λ; arrays are bold."""
    name = name.removesuffix("_")
    layer = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", name)
    variant = Variant.BOLD if axes else Variant.ITALIC
    return tree_latex(written(f"{layer[1]}^({layer[2]})" if layer else name, variant=variant))


class _Function(function_codegen.FunctionCodegen):
    def __init__(self, shapes: Shapes) -> None:
        super().__init__(use_signature=False)
        self._expression_codegen = _Expression(shapes)


class _Expression(expression_codegen.ExpressionCodegen):
    def __init__(self, shapes: Shapes) -> None:
        super().__init__()
        self._shapes = shapes

    def visit_Name(self, node: ast.Name) -> str:
        return letter(node.id, self._shapes.names.get(node.id, 0))

    def visit_Constant(self, node: ast.Constant) -> str:
        text = repr(node.value)
        mantissa, power, exponent = text.partition("e")
        whole = mantissa.removesuffix(".0")
        return rf"{whole} \times 10^{{{int(exponent)}}}" if power else whole

    def visit_Attribute(self, node: ast.Attribute) -> str:
        return r"\pi" if node.attr == "pi" else self._transposed(node.value)

    def visit_BinOp(self, node: ast.BinOp) -> str:
        left, right = self._shapes.axes(node.left), self._shapes.axes(node.right)
        if isinstance(node.op, ast.MatMult):
            if left == 1 and right == 2:  # a vector from the left gives the column that the transpose gives
                return rf"{self._transposed(node.right)} {self._closed(node.left)}"
            first = self._transposed(node.left) if left == right == 1 else self._closed(node.left)
            return rf"{first} {self._closed(node.right)}"
        if isinstance(node.op, ast.Mult | ast.Div) and left and right:
            sign = r"\odot" if isinstance(node.op, ast.Mult) else r"\oslash"
            chained = isinstance(node.op, ast.Mult) and self._is_entrywise_product(node.left)
            first = self.visit(node.left) if chained else self._closed(node.left)
            return f"{first} {sign} {self._closed(node.right)}"
        if isinstance(node.op, ast.Pow) and left:
            return rf"{self._closed(node.left)}^{{\circ {self.visit(node.right)}}}"
        if {left, right} == {1, 2}:
            return self._with_row_added(node, left)
        return str(super().visit_BinOp(node))

    def _with_row_added(self, node: ast.BinOp, left: int) -> str:
        """NumPy adds a vector to each row of a matrix: M + 1 vᵀ."""
        sign = "+" if isinstance(node.op, ast.Add) else "-"
        sides = []
        for side, axes in ((node.left, left), (node.right, 3 - left)):
            sides.append(rf"\mathbf{{1}} {self._transposed(side)}" if axes == 1 else self._closed(side))
        return f"{sides[0]} {sign} {sides[1]}"

    def visit_Call(self, node: ast.Call) -> str:
        name, inputs = called_name(node), arguments(node)
        shown = [self.visit(part) for part in inputs]
        if name in _REDUCTIONS:
            axis = axis_of(node)
            along = rf"_{{\text{{axis }} {self.visit(axis)}}}" if axis is not None else ""
            return f"{_REDUCTIONS[name]}{along}{_bracketed(shown[0])}"
        if name == "norm":
            order = next((self.visit(keyword.value) for keyword in node.keywords), "")
            return rf"\left\lVert {shown[0]} \right\rVert" + (f"_{{{order}}}" if order else "")
        if name in ("outer", "dot"):
            first, second = (self._closed, self._transposed) if name == "outer" else (self._transposed, self._closed)
            return f"{first(inputs[0])} {second(inputs[1])}"
        if name in ("maximum", "minimum"):
            return rf"\{name[:3]}{_bracketed(', '.join(shown))}"
        if name == "where":
            rows = rf"{shown[1]} & \text{{if }} {shown[0]} \\ {shown[2]} & \text{{otherwise}}"
            return rf"\begin{{cases}} {rows} \end{{cases}}"
        if name == "sqrt":
            return rf"\sqrt{{{shown[0]}}}"
        if name == "abs":
            return rf"\left\lvert {shown[0]} \right\rvert"
        if name == "eye":
            return rf"\mathbf{{I}}_{{{shown[0]}}}"
        head = _MACROS.get(name) or rf"\operatorname{{{_WORDS[name]}}}"
        return f"{head}{_bracketed(shown[0])}"

    def _closed(self, node: ast.expr) -> str:
        """An operand of a product of arrays, in brackets unless it is one thing."""
        open_call = isinstance(node, ast.Call) and called_name(node) in ("outer", "dot", "where")
        whole = isinstance(node, ast.Name | ast.Constant | ast.Attribute) or (
            isinstance(node, ast.Call) and not open_call
        )
        shown = self.visit(node)
        return shown if whole else _bracketed(shown)

    def _transposed(self, node: ast.expr) -> str:
        if isinstance(node, ast.Attribute) and node.attr == "T":
            return self._closed(node.value)
        return (self._closed(node) if _plain(self.visit(node)) else _bracketed(self.visit(node))) + _TRANSPOSE

    def _is_entrywise_product(self, node: ast.expr) -> bool:
        is_product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
        return is_product and bool(self._shapes.axes(node))


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)"


def _plain(text: str) -> bool:
    """Whether a letter can carry a transpose without brackets: it has no superscript yet and is one letter."""
    return "^" not in text and re.fullmatch(r"\\(mathbf|boldsymbol|hat|bar)\{.*\}(_.*)?|\w", text) is not None
