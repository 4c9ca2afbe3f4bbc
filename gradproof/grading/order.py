"""In which order the statements of a passage are judged: "where Z = …" comes before what it explains."""

from __future__ import annotations

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Part, Statement
from gradproof.derivations.notation.reading import syntax as s

from .said import head_of, key_of, names_in

#: Words that lead to an explanation of what was just said.
_EXPLAINING = frozenset({"where", "with", "in which", "and where", "here", "其中", "这里", "式中"})
_GOING_ON = frozenset({"", "and", "和", "以及"})


def in_order(parts: tuple[Part, ...], glossary: Glossary) -> list[int]:
    """The places of the statements: a name that is explained is defined before the statement that mentions it."""
    order: list[int] = []
    explains = False
    for place, part in enumerate(parts):
        lead = part.lead.strip(" ,.:").lower() if isinstance(part, Statement) else "?"
        explains = lead in _EXPLAINING or (explains and lead in _GOING_ON)
        at = len(order)
        if explains and isinstance(part, Statement):
            at = _before(part, parts, order, glossary)
        order.insert(at, place)
    return order


def _before(part: Statement, parts: tuple[Part, ...], order: list[int], glossary: Glossary) -> int:
    """Where in the order a statement belongs: at the end, unless it gives a name that nothing else gives."""
    defined = defined_by(part, glossary)
    earlier = [(at, parts[place]) for at, place in enumerate(order)]
    if defined is None or glossary.knows(*defined):
        return len(order)
    if any(defined_by(other, glossary) == defined for _, other in earlier):
        return len(order)
    context = Context(glossary.copy())
    mentions = (
        at
        for at, other in earlier
        if isinstance(other, Statement) and any(key_of(context, name) == defined for name in names_in(other.formula))
    )
    return next(mentions, len(order))


def defined_by(part: Part, glossary: Glossary) -> Key | None:
    """The name that a statement gives if it is new: that on its left side."""
    if not isinstance(part, Statement) or not isinstance(part.formula, s.Chain) or part.formula.signs[0] not in "=≔≡":
        return None
    head = head_of(part.formula.members[0])
    if head is None:
        return None
    context = Context(glossary.copy())
    key = key_of(context, head)
    return key if key is not None and context.refer(head).power is None else None  # u^2 = … defines no u
