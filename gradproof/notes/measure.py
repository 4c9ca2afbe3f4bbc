"""How wide a formula is, roughly, in letters: a page without scripts has to know where it puts the reason."""

from __future__ import annotations

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation.tree import Tree

_SCRIPT = 0.7


def width(tree: Tree) -> float:
    """The width of a display tree in letters: z_i is about 1.7, a sum sign with its limits about 3."""
    match tree:
        case t.Identifier(text=text) | t.Number(text=text) | t.Words(text=text):
            return float(len(text))
        case t.Accent(base=base) | t.Primes(base=base):
            return width(base) + 0.3
        case t.Scripts(base=base, subscript=subscript, superscript=superscript):
            return width(base) + _SCRIPT * max(width(s) if s is not None else 0.0 for s in (subscript, superscript))
        case t.Sequence(items=items, separator=separator):
            return sum(map(width, items)) + len(separator) * (len(items) - 1)
        case t.Power(base=base, exponent=exponent):
            return width(base) + _SCRIPT * width(exponent)
        case t.Transpose(base=base):
            return width(base) + _SCRIPT
        case t.Root(body=body) | t.Norm(body=body) | t.Brackets(body=body):
            return width(body) + 1.4
        case t.Indicator(condition=condition):
            return width(condition) + 2.5
        case t.Fraction(numerator=above, denominator=below):
            return max(width(above), width(below)) + 0.5
        case t.PartialDerivative(by=by, value=value, operand=operand):
            fraction = 1.0 + max(width(by), width(value) if value is not None else 0.0)
            return fraction + (width(operand) + 0.5 if operand is not None else 0.5)
        case t.Call(function=function, argument=argument):
            return width(function) + width(argument) + 0.3
        case t.BigSum(bounds=bounds, body=body):
            return 3.0 * len(bounds) + width(body)
        case t.MaximumOf(rank=rank, body=body):
            return (3.5 if rank == 1 else 5.5) + width(body)
        case t.Product(factors=factors, dots=dots):
            return sum(map(width, factors)) + 0.3 * len(factors) + len(dots)
        case t.Infix(operands=operands):
            return sum(map(width, operands)) + 2.0 * (len(operands) - 1)
        case t.SignedSum(terms=terms):
            return sum(width(term.body) for term in terms) + 2.0 * (len(terms) - 1) + float(terms[0].negative)
        case t.Relation(left=left, right=right):
            return width(left) + width(right) + 2.0
        case t.Marked(body=body):
            return width(body) + 0.3
        case t.LimitOf(body=body):
            return 4.0 + width(body)
