"""From a letter with scripts to a name with indices: which scripts are labels, indices, powers or a transpose.

The rules, in this order: a name that is known with this label; indices, where every letter of the script is an index;
a known label followed by indices (z_{hi} with z_h known); else a label. What is in brackets above is an index if it is
the letter of a sample, else the label of a layer or a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.syntax import (
    Attached,
    Group,
    Listing,
    Name,
    Node,
    Number,
    Product,
    Scripts,
    Sum,
)
from gradproof.derivations.notation.reading.unreadable import NOWHERE

#: Letters that are indices unless something else is said.
INDEX_LETTERS = frozenset("ijklmnrs")
#: Letters of samples, which are indices within brackets above; other letters there are layers and steps.
SAMPLE_LETTERS = frozenset("ijkmn")
_TRANSPOSES = frozenset({"T", "⊤", "⊺", "𝖳"})
_MARKS = {"∗": "*", "+": "+", "-": "-", "†": "†", "⋆": "*"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A name with what hangs on it.

    head        the name with accents and labels, such as "y_hat" or "W^(1)"; bold and plain letters differ by `font`
    indices     letters, in their order
    power       what it is raised to
    transposed  whether a transpose hangs on it
    inverse     whether ^{-1} hangs on it
    primes      how many primes hang on it
    """

    head: str
    font: str = ""
    indices: tuple[str, ...] = ()
    power: Node | None = None
    transposed: bool = False
    inverse: bool = False
    primes: int = 0
    span: Span = NOWHERE


class Unindexable(Exception):  # noqa: N818 - an answer
    """A script that is neither a label nor made of index letters, such as k − 1; the text is the reason."""


def font_of(name: Name) -> str:
    """ "bold" for everything that marks vectors and matrices, else empty."""
    return "bold" if name.font in ("bold", "arrow") else ""


def base_of(name: Name) -> str:
    """The letter with its accents, such as "y_hat"; calligraphic letters are other letters."""
    text = f"cal{name.text}" if name.font in ("calligraphic", "fraktur", "blackboard") else name.text
    return "_".join((text, *name.accents))


def spelled(node: Node) -> str:
    """A script as a label: letters and numbers without signs. Empty if it is none."""
    match node:
        case Name(text=text):
            return text
        case Number(text=text):
            return text
        case Product(factors=factors, signs=signs) if not any(signs):
            return "".join(map(spelled, factors)) if all(map(spelled, factors)) else ""
        case Listing(items=items, separators=separators) if set(separators) <= {","}:
            return ",".join(map(spelled, items)) if all(map(spelled, items)) else ""
        case Sum(terms=terms, signs=signs) if all(map(spelled, terms)):
            first = signs[0] if signs[0] != "+" else ""
            return (
                first + spelled(terms[0]) + "".join(s + spelled(t) for s, t in zip(signs[1:], terms[1:], strict=True))
            )
        case Scripts(base=base, lower=lower, upper=None, primes=0) if lower is not None:
            return f"{spelled(base)}_{spelled(lower)}" if spelled(base) and spelled(lower) else ""
        case Group(bracket=bracket, body=body) if spelled(body):
            return f"{bracket}{spelled(body)})"
    return ""


def letters_of(node: Node) -> list[Node]:
    """The parts of a subscript: i, j of w_{ij} and of w_{i,j}."""
    match node:
        case Listing(items=items, separators=separators) if set(separators) <= {",", ";"}:
            return [part for item in items for part in letters_of(item)]
        case Product(factors=factors, signs=signs) if not any(signs):
            return [part for factor in factors for part in letters_of(factor)]
    return [node]


def refer(
    node: Name | Scripts,
    known: Callable[[str, str], bool],
    is_index: Callable[[str], bool],
    is_number: Callable[[str], bool] = lambda name: False,
) -> Reference:
    """What a name with scripts refers to. Raises Unindexable.

    known      whether there is such a head in such a font
    is_index   whether a letter is an index here
    is_number  whether a name is known to be a number, so that it is a power and no label above
    """
    base, lowers, uppers, primes = _unfolded(node)
    head, font = base_of(base), font_of(base)
    indices: list[str] = []
    for lower in lowers:
        head, more = _below(head, font, lower, known, is_index)
        indices += more
    power: Node | None = None
    transposed = inverse = False
    front: list[str] = []
    for upper in uppers:
        for part in _parts(upper):
            text = spelled(part)
            if is_transpose(part) and not (known(head + "^T", font)):
                transposed = not transposed
            elif isinstance(part, Group):
                inner = spelled(part.body)
                if not inner:
                    power = part
                elif inner in SAMPLE_LETTERS and is_index(inner) and not known(f"{head}^({inner})", font):
                    front.append(inner)
                else:
                    head = f"{head}^({inner})"
            elif text in _MARKS and isinstance(part, Name):
                head = f"{head}^{_MARKS[text]}"
            elif text == "-1":
                inverse = True
            elif _is_label(part, text, bool(lowers), is_number) or known(f"{head}^{text}", font):
                head = f"{head}^{text}"
            else:
                power = part
    return Reference(head, font, (*front, *indices), power, transposed, inverse, primes, node.span)


def _unfolded(node: Name | Scripts) -> tuple[Name, list[Node], list[Node], int]:
    lowers: list[Node] = []
    uppers: list[Node] = []
    primes = 0
    while isinstance(node, Scripts):
        lowers[:0] = [node.lower] if node.lower is not None else []
        uppers[:0] = [node.upper] if node.upper is not None else []
        primes += node.primes
        if not isinstance(node.base, (Name, Scripts)):
            raise Unindexable("scripts stand at something that is no name; put brackets around it")
        node = node.base
    return node, lowers, uppers, primes


def is_name(node: Node) -> bool:
    """Whether a node is a name with scripts."""
    while isinstance(node, Scripts):
        node = node.base
    return isinstance(node, Name)


def _parts(upper: Node) -> Iterable[Node]:
    """(k)⊤ is a label and a transpose."""
    marks = isinstance(upper, Product) and not any(upper.signs)
    if marks and any(isinstance(factor, Group) or is_transpose(factor) for factor in upper.factors):  # type: ignore[attr-defined]
        return upper.factors  # type: ignore[attr-defined]
    if isinstance(upper, Attached) and is_transpose(upper.head):
        return (upper.head, upper.group)
    return (upper,)


def is_transpose(node: Node | None) -> bool:
    """Whether a superscript is a transpose."""
    return isinstance(node, Name) and node.text in _TRANSPOSES and not node.accents


def _is_label(part: Node, text: str, indexed: bool, is_number: Callable[[str], bool]) -> bool:
    """new, old, ∗; and the capital letter of a layer beside an index."""
    if isinstance(part, Name):
        if len(part.text) > 1 and part.text.isalpha() and not is_number(part.text):
            return True
        return indexed and part.text.isupper() and not is_number(part.text)
    return isinstance(part, Product) and len(text) > 2 and text.isalpha() and text.islower()


def _below(
    head: str, font: str, lower: Node, known: Callable[[str, str], bool], is_index: Callable[[str], bool]
) -> tuple[str, list[str]]:
    """The head with its label, and the indices."""
    text = spelled(lower)
    if text and known(f"{head}_{text}", font):
        return f"{head}_{text}", []
    parts = letters_of(lower)
    names = [part.text if isinstance(part, Name) and not part.accents else "" for part in parts]
    if all(name and is_index(name) for name in names):
        return head, names
    for length in range(len(parts) - 1, 0, -1):
        label = "".join(map(spelled, parts[:length]))
        rest = names[length:]
        if label and known(f"{head}_{label}", font) and all(name and is_index(name) for name in rest):
            return f"{head}_{label}", rest
    if text and not isinstance(lower, (Sum, Scripts)) and "-" not in text:
        first = parts[0]
        rest = names[1:]
        if rest and isinstance(first, Name) and not is_index(first.text) and all(n and is_index(n) for n in rest):
            return f"{head}_{first.text}", rest
        if not any(name and is_index(name) for name in names) or len(parts) == 1 or len(parts) > 2:
            return f"{head}_{text}", []
    if text and isinstance(lower, Sum):
        raise Unindexable(
            f"the subscript {text} is shifted; declare how far it runs, as in k : 1..n, or a recursion for the name"
        )
    raise Unindexable(f"the subscript {text or 'here'} is no label and no index; is it declared, as in t : 1..n?")


def is_multiple(argument: Node, variable: Node) -> bool:
    """Whether an argument is −x or 2x for the variable x, which nobody writes as a factor in brackets."""
    if isinstance(argument, Sum):
        return len(argument.terms) == 1 and (argument.terms[0] == variable or is_multiple(argument.terms[0], variable))
    if not isinstance(argument, Product) or argument.factors.count(variable) != 1:
        return False
    return all(factor == variable or isinstance(factor, Number) for factor in argument.factors)
