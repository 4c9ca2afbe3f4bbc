"""The display tree as one line of unicode text, for terminals.

A line has no fraction bar and no raised exponents, so there are brackets here that the other printers do without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sympy import Expr

from gradproof.derivations.calculus import Dim

from . import tree as t
from .brackets import as_factor, unmarked
from .display import display
from .tree import Tree

_ACCENTS = {"hat": "̂", "bar": "̄", "tilde": "̃"}
_RAISED = {"2": "²", "3": "³"}


def text(
    expression: Expr,
    changed: Iterable[Expr] = (),
    avoid: Iterable[str] = (),
    letters: Mapping[Dim, tuple[str, ...]] | None = None,
) -> str:
    """One line of text of an expression; the options and errors are those of `display`. Changed parts stand in ⟦⟧."""
    return tree_text(display(expression, changed, avoid, letters))


def tree_text(tree: Tree) -> str:
    """One line of text of a display tree."""
    match tree:
        case t.Identifier(text=text_) | t.Number(text=text_) | t.Words(text=text_):
            return text_
        case t.Accent(base=base, mark=mark):
            return tree_text(base) + _ACCENTS[mark]
        case t.Scripts(base=base, subscript=subscript, superscript=superscript):
            upper = f"^{tree_text(superscript)}" if superscript is not None else ""
            return tree_text(base) + upper + (f"_{_script(subscript)}" if subscript is not None else "")
        case t.Sequence(items=items, separator=separator):
            return separator.join(map(tree_text, items))
        case t.Primes(base=base, count=count):
            return tree_text(base) + ("′" * count if count <= 3 else f"^({count})")
        case t.Power(base=base, exponent=exponent):
            raised = _RAISED.get(tree_text(exponent))
            short = isinstance(unmarked(exponent), t.Identifier | t.Number | t.Brackets)
            return tree_text(base) + (raised or f"^{tree_text(exponent if short else t.Brackets(exponent))}")
        case t.Transpose(base=base):
            return f"{tree_text(base)}ᵀ"
        case t.Root(body=body):
            return f"√{_closed(body)}"
        case t.Norm(body=body, label=label, bars=bars):
            return f"{bars}{tree_text(body)}{bars}" + (f"_{label}" if label else "")
        case t.Brackets(body=body):
            return f"({tree_text(body)})"
        case t.Indicator(condition=condition):
            return f"1{{{tree_text(condition)}}}"
        case t.Fraction(numerator=numerator, denominator=denominator):
            above = t.Brackets(numerator) if _ends_in_division(numerator) else as_factor(numerator, last=False)
            return f"{tree_text(above)}/{_closed(denominator)}"
        case t.PartialDerivative(by=by, value=value, operand=operand):
            head = f"∂{'' if value is None else tree_text(value)}/∂{tree_text(by)}"
            return head if operand is None else f"{head} {tree_text(_as_bracketed(operand))}"
        case t.Call(function=function, argument=argument):
            space = "" if isinstance(unmarked(argument), t.Brackets) else " "
            return f"{tree_text(function)}{space}{tree_text(argument)}"
        case t.BigSum(bounds=bounds, body=body):
            signs = [f"Σ_{{{tree_text(bound.index)}=1..{tree_text(bound.upper)}}}" for bound in bounds]
            return " ".join([*signs, tree_text(body)])
        case t.LimitOf(variable=variable, target=target, body=body):
            return f"lim_{{{tree_text(variable)}→{tree_text(target)}}} {tree_text(body)}"
        case t.MaximumOf(index=index, rank=rank, body=body):
            return f"max{f'^({rank})' if rank > 1 else ''}_{_script(index)} {tree_text(body)}"
        case t.Product(factors=factors, dots=dots):
            return _product(factors, dots)
        case t.Infix(operator=operator, operands=operands):
            return f" {operator} ".join(map(tree_text, operands))
        case t.SignedSum(terms=terms):
            return _sum(terms)
        case t.Relation(left=left, sign=sign, right=right):
            return f"{tree_text(left)} {sign} {tree_text(right)}"
        case t.Marked(body=body, struck=True):
            return tree_text(body)
        case t.Marked(body=body):
            return f"⟦{tree_text(body)}⟧"


def _script(tree: Tree) -> str:
    """A subscript: without braces where every index is a single letter."""
    items = tree.items if isinstance(tree, t.Sequence) else (tree,)
    short = all(isinstance(item, t.Identifier | t.Number) and len(item.text) == 1 for item in items)
    return tree_text(tree) if short else f"{{{tree_text(tree)}}}"


def _as_bracketed(tree: Tree) -> Tree:
    return tree if isinstance(unmarked(tree), t.Brackets) else t.Brackets(tree)


def _closed(tree: Tree) -> str:
    """The tree as something that a following or preceding operator cannot split."""
    inside = unmarked(tree)
    whole = isinstance(inside, t.Identifier | t.Number | t.Accent | t.Scripts | t.Brackets | t.Norm | t.Root)
    return tree_text(tree if whole else t.Brackets(tree))


def _ends_in_division(tree: Tree) -> bool:
    """Whether a division bar behind the tree would join one that it ends with: ∂a/∂b/c."""
    inside = unmarked(tree)
    if isinstance(inside, t.Product):
        return _ends_in_division(inside.factors[-1])
    return isinstance(inside, t.PartialDerivative | t.Fraction)


def _product(factors: tuple[Tree, ...], dots: frozenset[int]) -> str:
    parts = []
    for place, factor in enumerate(factors):
        divided = isinstance(unmarked(factor), t.Fraction)
        shown = tree_text(t.Brackets(factor) if divided else factor)
        parts.append(f"· {shown}" if place in dots else shown)
    return " ".join(parts)


def _sum(terms: tuple[t.Term, ...]) -> str:
    result = ""
    for place, term in enumerate(terms):
        shown = tree_text(term.body)
        if place == 0:
            result = f"−{shown}" if term.negative else shown
        else:
            result += f" {'−' if term.negative else '+'} {shown}"
    return result
