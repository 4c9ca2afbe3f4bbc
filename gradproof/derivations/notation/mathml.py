"""The display tree as MathML Core, written from the tree. A changed part is ``<mrow class="changed">``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from sympy import Expr

from gradproof.derivations.calculus import Dim

from . import tree as t
from .brackets import is_tall, unmarked
from .display import display
from .tree import Tree, Variant

_ACCENTS = {"hat": "^", "bar": "¯", "tilde": "~"}
_TIMES = "<mo>\u2062</mo>"  # invisible; read aloud as "times"
_APPLY = "<mo>\u2061</mo>"  # invisible; read aloud as "of"
# with the space that TeX sets around the name of a function: p log p
_APPLY_TO, _TIMES_CALL = (f'<mo rspace="0.1667em">{sign}</mo>' for sign in "\u2061\u2062")


def mathml(
    expression: Expr,
    display_style: bool = True,
    changed: Iterable[Expr] = (),
    avoid: Iterable[str] = (),
    letters: Mapping[Dim, tuple[str, ...]] | None = None,
) -> str:
    """A ``<math>`` element of an expression; the options and errors are those of `display`."""
    return math_element(display(expression, changed, avoid, letters), display_style)


def math_element(tree: Tree, display_style: bool = True) -> str:
    """A ``<math>`` element of a display tree."""
    style = ' display="block"' if display_style else ""
    return f"<math{style}>{_row(tree)}</math>"


def tree_mathml(tree: Tree) -> str:
    """MathML of a display tree: exactly one element, without ``<math>`` around it."""
    match tree:
        case t.Identifier():
            return _identifier(tree)
        case t.Number(text=text):
            return f"<mn>{escape(text)}</mn>"
        case t.Words(text=text):
            return f"<mtext>{escape(text)}</mtext>"
        case t.Accent(base=base, mark=mark):
            return f'<mover accent="true">{tree_mathml(base)}<mo stretchy="false">{_ACCENTS[mark]}</mo></mover>'
        case t.Scripts():
            return _scripts(tree)
        case t.Sequence(items=items, separator=separator):
            between = f'<mo separator="true">{escape(separator)}</mo>' if separator else ""
            return f"<mrow>{between.join(map(tree_mathml, items))}</mrow>"
        case t.Primes(base=base, count=count):
            marks = f"<mo>{'′' * count}</mo>" if count <= 3 else f"<mrow><mo>(</mo><mn>{count}</mn><mo>)</mo></mrow>"
            return f"<msup>{tree_mathml(base)}{marks}</msup>"
        case t.Power(base=base, exponent=exponent):
            return f"<msup>{tree_mathml(base)}{tree_mathml(exponent)}</msup>"
        case t.Transpose(base=base):
            return f'<msup>{tree_mathml(base)}<mi mathvariant="normal">T</mi></msup>'
        case t.Root(body=body):
            return f"<msqrt>{tree_mathml(body)}</msqrt>"
        case t.Norm(body=body, label=label, bars=bars):
            grows = "true" if is_tall(body) else "false"
            left, right = (
                f'<mo form="{form}" fence="true" stretchy="{grows}">{bars}</mo>' for form in ("prefix", "postfix")
            )
            whole = f"<mrow>{left}{_row(body)}{right}</mrow>"
            return f"<msub>{whole}<mi>{escape(label)}</mi></msub>" if label else whole
        case t.Brackets(body=body):
            return f"<mrow>{_fence('(', body)}{_row(body)}{_fence(')', body)}</mrow>"
        case t.Indicator(condition=condition):
            left, right = _fence("{", condition), _fence("}", condition)
            return f"<mrow><mn>𝟏</mn>{left}{tree_mathml(condition)}{right}</mrow>"
        case t.Fraction(numerator=numerator, denominator=denominator):
            return f"<mfrac>{tree_mathml(numerator)}{tree_mathml(denominator)}</mfrac>"
        case t.PartialDerivative(by=by, value=value, operand=operand):
            above = "<mi>∂</mi>" if value is None else f"<mrow><mi>∂</mi>{tree_mathml(value)}</mrow>"
            fraction = f"<mfrac>{above}<mrow><mi>∂</mi>{tree_mathml(by)}</mrow></mfrac>"
            return fraction if operand is None else f"<mrow>{fraction}{tree_mathml(operand)}</mrow>"
        case t.Call(function=function, argument=argument):
            apply = _APPLY if isinstance(unmarked(argument), t.Brackets) else _APPLY_TO
            return f"<mrow>{tree_mathml(function)}{apply}{tree_mathml(argument)}</mrow>"
        case t.BigSum(bounds=bounds, body=body):
            signs = [
                f"<munderover><mo>∑</mo><mrow>{tree_mathml(bound.index)}<mo>=</mo><mn>1</mn></mrow>"
                f"{tree_mathml(bound.upper)}</munderover>"
                for bound in bounds
            ]
            return f"<mrow>{''.join(signs)}{tree_mathml(body)}</mrow>"
        case t.LimitOf(variable=variable, target=target, body=body):
            below = f"<mrow>{tree_mathml(variable)}<mo>→</mo>{tree_mathml(target)}</mrow>"
            return f"<mrow><munder><mo>lim</mo>{below}</munder>{tree_mathml(body)}</mrow>"
        case t.MaximumOf(index=index, rank=rank, body=body):
            head = "<mo>max</mo>"
            if rank > 1:
                head = f"<msup>{head}<mrow><mo>(</mo><mn>{rank}</mn><mo>)</mo></mrow></msup>"
            return f"<mrow><munder>{head}{tree_mathml(index)}</munder>{tree_mathml(body)}</mrow>"
        case t.Product(factors=factors, dots=dots):
            parts = [tree_mathml(factors[0])]
            for place, factor in enumerate(factors[1:], start=1):
                times = _TIMES_CALL if _is_named_call(factor) else _TIMES
                parts += ["<mo>·</mo>" if place in dots else times, tree_mathml(factor)]
            return f"<mrow>{''.join(parts)}</mrow>"
        case t.Infix(operator=operator, operands=operands):
            return f"<mrow>{f'<mo>{operator}</mo>'.join(map(tree_mathml, operands))}</mrow>"
        case t.SignedSum(terms=terms):
            return f"<mrow>{_sum(terms)}</mrow>"
        case t.Relation(left=left, sign=sign, right=right):
            return f"<mrow>{tree_mathml(left)}<mo>{escape(sign)}</mo>{tree_mathml(right)}</mrow>"
        case t.Marked(body=body, struck=True):
            return f'<mrow class="struck">{_row(body)}</mrow>'
        case t.Marked(body=body):
            return f'<mrow class="changed">{_row(body)}</mrow>'


def _row(tree: Tree) -> str:
    """The same without an ``<mrow>`` around it, for a place that takes several elements."""
    shown = tree_mathml(tree)
    bare = isinstance(tree, t.Product | t.SignedSum | t.BigSum | t.Infix | t.Relation | t.Call)
    return shown.removeprefix("<mrow>").removesuffix("</mrow>") if bare else shown


def _is_named_call(tree: Tree) -> bool:
    """Whether a tree begins with the name of a function, as log p does and φ(x) does not."""
    tree = unmarked(tree)
    return isinstance(tree, t.Call) and isinstance(tree.function, t.Identifier) and len(tree.function.text) > 1


def _fence(bracket: str, body: Tree) -> str:
    """A bracket as high as what it holds; around a low body a bracket that may stretch has loose space beside it."""
    return f"<mo>{bracket}</mo>" if is_tall(body) else f'<mo stretchy="false">{bracket}</mo>'


def _identifier(tree: t.Identifier) -> str:
    if tree.variant is Variant.BOLD:
        return f"<mi>{''.join(map(bold, tree.text))}</mi>"
    # a single letter is italic by itself, several letters are upright by themselves
    upright = tree.variant is Variant.UPRIGHT and len(tree.text) == 1
    variant = ' mathvariant="normal"' if upright else ""
    return f"<mi{variant}>{escape(tree.text)}</mi>"


def bold(letter: str) -> str:
    """The bold upright mathematical letter of unicode; a letter that has none stays."""
    for first, last, start in (("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("Α", "Ω", 0x1D6A8), ("α", "ω", 0x1D6C2)):
        if first <= letter <= last:
            return chr(start + ord(letter) - ord(first))
    return {str(digit): chr(0x1D7CE + digit) for digit in range(10)}.get(letter, escape(letter))


def _scripts(tree: t.Scripts) -> str:
    base = tree_mathml(tree.base)
    if tree.superscript is None and tree.subscript is not None:
        return f"<msub>{base}{tree_mathml(tree.subscript)}</msub>"
    if tree.superscript is not None and tree.subscript is None:
        return f"<msup>{base}{tree_mathml(tree.superscript)}</msup>"
    if tree.superscript is not None and tree.subscript is not None:
        return f"<msubsup>{base}{tree_mathml(tree.subscript)}{tree_mathml(tree.superscript)}</msubsup>"
    return base


def _sum(terms: tuple[t.Term, ...]) -> str:
    parts = []
    for place, term in enumerate(terms):
        if place or term.negative:
            form = ' form="prefix"' if place == 0 else ""
            parts.append(f"<mo{form}>{'−' if term.negative else '+'}</mo>")
        parts.append(tree_mathml(term.body))
    return "".join(parts)
