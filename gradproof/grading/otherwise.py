"""Whether the names of an exercise mean in a submission what they mean in the exercise.

A person who writes σ(x), or z = Wx, where the exercise has a number σ and free data z, is not wrong but speaks of
something else. From there on nothing is held against that text, and nothing in such a line counts as right.
"""

from __future__ import annotations

from gradproof.derivations.meaning import Context, Glossary, declared
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.references import is_name
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .exercise import Exercise
from .said import head_of, key_of, names_in

#: What is said of such lines.
OTHERWISE = "a name of the exercise is given otherwise here: is it another one?"


def called(node: Node, exercise: Exercise, glossary: Glossary) -> bool:
    """Whether a name of the exercise that is a quantity is written as a function, as σ(x) is: it would be a product.

    Brackets that mention the name, as in σ(1 − σ), are a factor.
    """
    if not isinstance(node, s.Attached) or not isinstance(node.head, (s.Name, s.Scripts)) or not is_name(node.head):
        return False
    key = key_of(Context(glossary), node.head)
    first, _ = declared(exercise.declarations)
    if key not in _names(first) or (key in first.functions and not first.functions[key].of):
        return False
    if any(key_of(Context(glossary), name) == key for name in names_in(node.group.body)):
        return False
    body = node.group.body
    items = body.items if isinstance(body, s.Listing) else (body,)
    known = glossary.functions.get(key)
    if known is not None and {*names_in(body)} <= {*known.of}:  # σ(x), σ(−x) where σ depends on x
        return False
    number = key in first.definitions and not first.definitions[key].indices
    return number or all(is_name(item) for item in items)


def names_of_exercise(member: Node, exercise: Exercise, glossary: Glossary) -> bool:
    """Whether a member is a name of the exercise, so that an equation says what it means."""
    head = head_of(member)
    if head is None:
        return False
    key = key_of(Context(glossary), head)
    return key in _names(declared(exercise.declarations)[0]) and not Context(glossary).refer(head).primes


def as_declared(exercise: Exercise, own: Glossary) -> bool:
    """Whether a text has left the names of the exercise as they are."""
    first, _ = declared(exercise.declarations)
    if own.different or own.elementwise or own.suppressed:
        return False
    maps = ((first.heads, own.heads), (first.definitions, own.definitions), (first.functions, own.functions))
    return all(mine.get(key) == theirs.get(key) for key in _names(first) for theirs, mine in maps)


def _names(glossary: Glossary) -> set[Key]:
    return {*glossary.heads, *glossary.definitions, *glossary.functions}
