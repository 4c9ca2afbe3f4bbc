"""Which relations speak of places, which symbolic sizes do not have: Σ_{i=2}^n, a_{k+1}, Σ_k k a_k, a_1 + … + a_n."""

from __future__ import annotations

from dataclasses import replace

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Head, Key
from gradproof.derivations.meaning.references import Unindexable, is_name, letters_of
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number, Scripts


def placed(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether a relation speaks of places, which symbolic sizes do not have."""
    letters = free_letters(left, right, glossary=glossary) | bound_letters(left, right)
    return any(_about_places(node, letters, glossary) for side in (left, right) for node in s.walk(side))


def _about_places(node: Node, running: set[str], glossary: Glossary) -> bool:
    match node:
        case s.BigOperator(kind=("Σ" | "Π"), lower=lower, upper=upper, body=body) if lower is not None:
            parts = letters_of(lower)
            plain = all(isinstance(part, Name) or _begins_at_1(part) for part in parts)
            bounded = upper is not None and not _is_size(upper, running)
            return not plain or bounded or any(_counts(body, letter) for letter in _integers(parts, glossary))
        case s.Sum(terms=parts) | s.Product(factors=parts):
            return any(isinstance(part, s.Dots) for part in parts)
        case Scripts(lower=s.Sum()):
            return array_at(node, glossary) is not None
    return False


def entries(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether a relation names an entry such as a_1 of a declared array."""
    nodes = (node for side in (left, right) for node in s.walk(side) if isinstance(node, Scripts))
    return any(isinstance(node.lower, Number) and array_at(node, glossary) is not None for node in nodes)


def _begins_at_1(part: Node) -> bool:
    """Whether a part of the lower side has a meaning for every size: i = 1, k ∈ K, j ≠ i."""
    match part:
        case s.Chain(members=(Name(), Number(text="1")), signs=("=",)) | s.Chain(signs=("∈",)):
            return True
        case s.Chain(members=(Name(), Name() | Scripts()), signs=("≠",)):
            return True
        case s.Chain(members=members):
            return len(members) == 2 and any(not isinstance(member, (Name, Number, s.Sum)) for member in members)
    return True


def _is_size(upper: Node, running: set[str]) -> bool:
    return isinstance(upper, Scripts) or (isinstance(upper, Name) and upper.text not in running)


def _integers(parts: list[Node], glossary: Glossary) -> set[str]:
    """The letters below a sum that run through numbers."""
    found: set[str] = set()
    for part in parts:
        match part:
            case s.Chain(members=(Name(text=letter), Number()), signs=("=",)):
                found.add(letter)
            case Name(text=letter) | s.Chain(members=(Name(text=letter), *_)) if glossary.is_index(letter):
                found.add(letter)
    return found


def _counts(node: Node, letter: str) -> bool:
    """Whether a letter stands as a number, as in Σ_k k a_k or x^k."""
    match node:
        case Name(text=text, font="", accents=()):
            return text == letter
        case Scripts(base=base, upper=upper):
            above = upper is not None and not isinstance(upper, s.Group) and _counts(upper, letter)
            return above or _counts(base, letter)
        case s.Attached() | s.Indicator():
            return False
        case s.Derivative(operand=operand):  # ∂_j is ∂/∂z_j
            return operand is not None and _counts(operand, letter)
        case s.Cases(rows=rows):
            return any(_counts(row.value, letter) for row in rows)
        case s.BigOperator(body=body):
            return _counts(body, letter)
    return any(_counts(part, letter) for part in s.children(node))


def array_at(node: Scripts, glossary: Glossary) -> tuple[Key, Head] | None:
    """The declared array of which a name with a subscript is an entry; None for a name with a label."""
    if node.lower is None or not is_name(node):
        return None
    try:
        whole = Context(glossary).refer(node)
        if glossary.knows(whole.head, whole.font) and not whole.indices:
            return None  # x_1 is a name of its own
    except Unindexable:
        pass
    key = _without_scripts(node, glossary)
    head = glossary.heads.get(key) if key is not None else None
    return (key, head) if key is not None and head is not None and head.axes == len(letters_of(node.lower)) else None


def defined_at(node: Scripts, glossary: Glossary) -> tuple[Key, tuple[int, ...]] | None:
    """The array that is defined by its entries, and the place in it: p_1 where p_i = …"""
    if node.lower is None or node.primes or not is_name(node):
        return None
    numbers = [int(part.text) for part in letters_of(node.lower) if isinstance(part, Number) and part.text.isdigit()]
    key = _without_scripts(node, glossary)
    definition = glossary.definitions.get(key) if key is not None else None
    if key is None or definition is None or definition.arguments is not None or not numbers:
        return None
    return (key, tuple(numbers)) if len(definition.indices) == len(numbers) else None


def _without_scripts(node: Scripts, glossary: Glossary) -> Key | None:
    """The name of which a name with scripts may be an entry."""
    try:
        reference = Context(glossary).refer(replace(node, lower=None, upper=None))
    except Unindexable:
        return None
    return glossary.key(reference.head, reference.font)


def bound_letters(*sides: Node) -> set[str]:
    return {
        part.text
        for side in sides
        for node in s.walk(side)
        if isinstance(node, s.BigOperator) and node.lower is not None
        for chain in letters_of(node.lower)
        for part in ((chain.members[0],) if isinstance(chain, s.Chain) else (chain,))
        if isinstance(part, Name)
    }


def free_letters(*sides: Node, glossary: Glossary) -> set[str]:
    """The index letters of subscripts that no operator around them binds."""
    return {letter for side in sides for letter in _free(side, glossary)}


def _free(node: Node, glossary: Glossary) -> set[str]:
    match node:
        case Scripts(base=base, lower=lower, upper=upper):
            inner = [part for part in (base, upper) if part is not None]
            found = {letter for part in inner for letter in _free(part, glossary)}
            parts = [] if lower is None else letters_of(lower)
            names = (name for part in parts if isinstance(part, (Name, s.Sum)) for name in s.walk(part))
            return found | {name.text for name in names if isinstance(name, Name) and glossary.is_index(name.text)}
        case s.BigOperator(body=body, lower=lower):
            return _free(body, glossary) - (set() if lower is None else _bound(lower))
    return {letter for part in s.children(node) for letter in _free(part, glossary)}


def _bound(lower: Node) -> set[str]:
    """The letters that a lower side binds: of j ≠ i only j, of i < j both."""
    found: set[str] = set()
    for part in letters_of(lower):
        members = part.members if isinstance(part, s.Chain) else (part,)
        both = isinstance(part, s.Chain) and set(part.signs) <= set("<>≤≥")
        found |= {member.text for member in (members if both else members[:1]) if isinstance(member, Name)}
    return found
