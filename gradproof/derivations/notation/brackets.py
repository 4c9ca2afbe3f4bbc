"""Where a part of the display tree needs brackets."""

from __future__ import annotations

from .tree import (
    Accent,
    BigSum,
    Brackets,
    Call,
    Fraction,
    Identifier,
    Indicator,
    Infix,
    LimitOf,
    Marked,
    MaximumOf,
    Norm,
    Number,
    PartialDerivative,
    Power,
    Product,
    Relation,
    Root,
    Scripts,
    SignedSum,
    Term,
    Transpose,
    Tree,
)

#: A scalar with such a letter needs a dot before a bracket: σ·(x − 1) is no value of the sigmoid.
_FUNCTION_LETTERS = frozenset("σφϕψfgh")


def unmarked(tree: Tree) -> Tree:
    """The tree without the mark on its outside."""
    while isinstance(tree, Marked):
        tree = tree.body
    return tree


def is_open(tree: Tree) -> bool:
    """Whether the tree would swallow a factor written after it: Σ_k a_k, ∂/∂z f, log p."""
    tree = unmarked(tree)
    match tree:
        case BigSum() | LimitOf() | MaximumOf():
            return True
        case PartialDerivative():
            return tree.operand is not None
        case Call():
            return not isinstance(unmarked(tree.argument), Brackets)
        case Product():
            return is_open(tree.factors[-1])
        case Infix():
            return is_open(tree.operands[-1])
        case _:
            return False


def as_factor(tree: Tree, last: bool) -> Tree:
    """The tree as a factor of a product, in brackets where it needs them."""
    inside = unmarked(tree)
    if isinstance(inside, Call) and is_open(inside) and not last:
        closed = Call(inside.function, Brackets(inside.argument))
        return Marked(closed) if isinstance(tree, Marked) else closed
    if isinstance(inside, SignedSum | Infix | Relation) or (is_open(inside) and not last):
        return Brackets(tree)
    return tree


def as_base(tree: Tree) -> Tree:
    """The tree as the base of a power or of a transpose."""
    inside = unmarked(tree)
    if isinstance(inside, Scripts) and inside.superscript is not None:
        return Brackets(tree)
    if isinstance(inside, Call) and not is_open(inside):
        return tree
    plain = isinstance(inside, Identifier | Number | Accent | Scripts | Brackets | Norm | Root | Indicator)
    return tree if plain else Brackets(tree)


def as_term(tree: Tree) -> Tree:
    """The tree as a term of a sum, or as the body of a Σ, or what an operator stands before."""
    return Brackets(tree) if isinstance(unmarked(tree), SignedSum | Relation) else tree


def negate(tree: Tree) -> Tree:
    """Minus the tree."""
    return SignedSum((Term(as_term(tree), negative=True),))


def is_tall(tree: Tree) -> bool:
    """Whether a tree is higher than a line with scripts."""
    match unmarked(tree):
        case Fraction() | BigSum() | Root() | PartialDerivative():
            return True
        case Product(factors=factors):
            return any(map(is_tall, factors))
        case SignedSum(terms=terms):
            return any(is_tall(term.body) for term in terms)
        case Relation(left=left, right=right):
            return is_tall(left) or is_tall(right)
        case Infix(operands=operands):
            return any(map(is_tall, operands))
        case Brackets(body=body) | Norm(body=body) | Call(argument=body) | Power(base=body) | Transpose(base=body):
            return is_tall(body)
        case _:
            return False


def dots(parts: list[Tree]) -> frozenset[int]:
    """Where two neighbours would be read as one thing: 2·3, σ·(x − 1)."""
    places = set()
    for place in range(1, len(parts)):
        before, after = unmarked(parts[place - 1]), unmarked(parts[place])
        digits = isinstance(after, Number) or (isinstance(after, Power) and isinstance(after.base, Number))
        letter = isinstance(before, Identifier) and before.text in _FUNCTION_LETTERS
        if digits or (letter and isinstance(after, Brackets)):
            places.add(place)
    return frozenset(places)
