"""The display tree as LaTeX (amsmath). A changed part is ``\\gpchanged{…}``, a macro that the document defines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sympy import Expr

from gradproof.derivations.calculus import Dim

from . import tree as t
from .brackets import is_tall, unmarked
from .display import display
from .names import GREEK
from .tree import Tree, Variant

#: What a document may put in its preamble, if it does not want a look of its own.
CHANGED_MACRO = r"\newcommand{\gpchanged}[1]{\boxed{#1}}"

_MACROS = {letter: f"\\{name}" for name, letter in GREEK.items()} | {"∘": r"\circ", "∞": r"\infty", "−": "-"}
_OPERATORS = {"log", "tanh", "exp", "max", "min"}
_SIGNS = {"≠": r"\neq", "≤": r"\leq", "≥": r"\geq", "∈": r"\in", "⊙": r"\odot", "⊘": r"\oslash"}


def latex(
    expression: Expr,
    changed: Iterable[Expr] = (),
    avoid: Iterable[str] = (),
    letters: Mapping[Dim, tuple[str, ...]] | None = None,
) -> str:
    """LaTeX of an expression; the options and errors are those of `display`."""
    return tree_latex(display(expression, changed, avoid, letters))


def tree_latex(tree: Tree) -> str:
    """LaTeX of a display tree, for mathematics mode."""
    match tree:
        case t.Identifier():
            return _identifier(tree)
        case t.Number(text=text):
            return text
        case t.Words(text=text):
            return rf"\text{{{escaped(text)}}}"
        case t.Accent(base=base, mark=mark):
            return rf"\{mark}{{{tree_latex(base)}}}"
        case t.Scripts():
            return _scripts(tree)
        case t.Sequence(items=items, separator=separator):
            return (separator or " " if _has_macro(items) else separator).join(map(tree_latex, items))
        case t.Primes(base=base, count=count):
            marks = "'" * count if count <= 3 else f"^{{({count})}}"
            return tree_latex(base) + marks
        case t.Power(base=base, exponent=exponent):
            return f"{tree_latex(base)}^{_script(tree_latex(exponent))}"
        case t.Transpose(base=base):
            return rf"{tree_latex(base)}^{{\mathsf{{T}}}}"
        case t.Root(body=body):
            return rf"\sqrt{{{tree_latex(body)}}}"
        case t.Norm(body=body, label=label, bars=bars):
            bar = "Vert" if bars == "‖" else "vert"
            left, right = (r"\left", r"\right") if is_tall(body) else ("", "")
            return rf"{left}\l{bar} {tree_latex(body)} {right}\r{bar}" + (f"_{label}" if label else "")
        case t.Brackets(body=body):
            left, right = (r"\left(", r"\right)") if is_tall(body) else ("(", ")")
            return f"{left}{tree_latex(body)}{right}"
        case t.Indicator(condition=condition):
            return rf"\mathbf{{1}}\{{{tree_latex(condition)}\}}"
        case t.Fraction(numerator=numerator, denominator=denominator):
            return rf"\frac{{{tree_latex(numerator)}}}{{{tree_latex(denominator)}}}"
        case t.PartialDerivative(by=by, value=value, operand=operand):
            above = r"\partial" if value is None else rf"\partial {tree_latex(value)}"
            fraction = rf"\frac{{{above}}}{{\partial {tree_latex(by)}}}"
            return fraction if operand is None else f"{fraction} {tree_latex(operand)}"
        case t.Call(function=function, argument=argument):
            space = "" if isinstance(unmarked(argument), t.Brackets) else " "
            return f"{tree_latex(function)}{space}{tree_latex(argument)}"
        case t.BigSum(bounds=bounds, body=body):
            signs = [rf"\sum_{{{tree_latex(bound.index)}=1}}^{_script(tree_latex(bound.upper))}" for bound in bounds]
            return " ".join([*signs, tree_latex(body)])
        case t.LimitOf(variable=variable, target=target, body=body):
            return rf"\lim_{{{tree_latex(variable)} \to {tree_latex(target)}}} {tree_latex(body)}"
        case t.MaximumOf(index=index, rank=rank, body=body):
            head = rf"\mathop{{\max\nolimits^{{({rank})}}}}" if rank > 1 else r"\max"
            return f"{head}_{_script(tree_latex(index))} {tree_latex(body)}"
        case t.Product():
            return _product(tree)
        case t.Infix(operator=operator, operands=operands):
            return f" {_SIGNS.get(operator, operator)} ".join(map(tree_latex, operands))
        case t.SignedSum(terms=terms):
            return _sum(terms)
        case t.Relation(left=left, sign=sign, right=right):
            return f"{tree_latex(left)} {_SIGNS.get(sign, sign)} {tree_latex(right)}"
        case t.Marked(body=body, struck=True):
            return rf"\gpstruck{{{tree_latex(body)}}}"
        case t.Marked(body=body):
            return rf"\gpchanged{{{tree_latex(body)}}}"


def escaped(text: str) -> str:
    """Plain text for LaTeX's text mode."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "−": "$-$"}
    special |= {letter: f"${macro}$" for letter, macro in _MACROS.items()}  # letters that pdflatex does not know
    return "".join(special.get(letter, f"\\{letter}" if letter in "&%$#_{}" else letter) for letter in text)


def _identifier(tree: t.Identifier) -> str:
    letter = _MACROS.get(tree.text, tree.text)
    if tree.variant is Variant.BOLD:
        return rf"\boldsymbol{{{letter}}}" if letter.startswith("\\") else rf"\mathbf{{{letter}}}"
    if len(tree.text) == 1:
        upright = tree.variant is Variant.UPRIGHT and letter.isalpha()
        return rf"\mathrm{{{letter}}}" if upright else letter
    return f"\\{tree.text}" if tree.text in _OPERATORS else rf"\operatorname{{{escaped(tree.text)}}}"


def _has_macro(items: Iterable[Tree]) -> bool:
    return any(tree_latex(item).startswith("\\") for item in items)


def _script(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _scripts(tree: t.Scripts) -> str:
    result = tree_latex(tree.base)
    if tree.superscript is not None:
        result += f"^{_script(tree_latex(tree.superscript))}"
    if tree.subscript is not None:
        result += f"_{_script(tree_latex(tree.subscript))}"
    return result


def _product(tree: t.Product) -> str:
    result = tree_latex(tree.factors[0])
    for place, factor in enumerate(tree.factors[1:], start=1):
        result += (r" \cdot " if place in tree.dots else " ") + tree_latex(factor)
    return result


def _sum(terms: tuple[t.Term, ...]) -> str:
    result = ""
    for place, term in enumerate(terms):
        sign = "-" if term.negative else "+"
        body = tree_latex(term.body)
        if place == 0:
            result = f"-{body}" if term.negative else body
        else:
            result += f" {sign} {body}"
    return result
