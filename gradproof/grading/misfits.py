"""Lines whose shapes do not fit: whether they can be right under any reading, and which slip explains them.

A person may store a matrix the other way round, take a vector for a row, or give the transposed result: where one of
these readings makes a line right, a person decides. Where none does, no layout is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from gradproof.derivations.meaning import Context, Glossary, Problem, RankClash, ShapeClash
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.references import Unindexable, is_name
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.derivations.notation.reading.unreadable import NOWHERE, Span

from .aftermath import exchanged
from .indexed import axes_of, in_indices
from .repairs import put_right, transposed, turned_as_whole
from .said import index_letters, key_of, translated, variables_of

#: The most readings of a line, and the most places that are put right.
_READINGS, _PLACES = 64, 40


@dataclass(frozen=True, slots=True)
class Misfit:
    """A line whose shapes do not fit.

    reason   what does not fit, and the reading under which the line is right if there is one
    certain  whether it is wrong under every reading
    slip     the one slip that explains it, empty if no single one does
    at       the member behind the relation
    """

    reason: str
    certain: bool
    slip: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Fitting:
    """How lines are tried: `proved` says whether two formulas are proved equal."""

    glossary: Glossary
    proved: Callable[[Node, Node], bool]

    def misfit(self, members: list[Node], step: int, refuted: bool) -> Misfit | None:
        """What is to be said of the shapes of a relation; None if they fit, or if that is not known.

        refuted   whether it fails as it stands, whatever may have been left unsaid
        """
        left, right = members[step], members[step + 1]
        if not refuted:
            return self._of_entries(members[: step + 2])
        try:
            translated(left, right, self.glossary.copy(), variables_of(left, self.glossary))
        except ShapeClash as clash:
            if in_indices(self.glossary, left, right):
                return Misfit(str(clash), True, self._slip(left, right))
            return self._of_arrays(left, right, clash)
        except (Problem, Unindexable):
            return None
        return None

    def _of_arrays(self, left: Node, right: Node, clash: ShapeClash) -> Misfit:
        """A matrix against a vector is never certain: its diagonal may be meant, as in d/dz σ(z) = σ (1 − σ)."""
        readings = list(islice(self._readings(right), _READINGS + 1))
        for words, reading in readings[:_READINGS]:
            if self.proved(left, reading):
                return Misfit(f"{clash}; {words}", False)
        certain = self.glossary.certain and len(readings) <= _READINGS and not isinstance(clash, RankClash)
        return Misfit(str(clash), certain, self._slip(left, right) if certain else "")

    def _of_entries(self, members: list[Node]) -> Misfit | None:
        """x for x_j, where x stands with its index elsewhere in the chain: who leaves it out, leaves it out always."""
        *before, right = members
        bare = {key for key, _ in self._arrays(right, bare=True)}
        if not self.glossary.certain or not bare or not index_letters(self.glossary, before[-1]):
            return None
        entries = {key for each in members for key, _ in self._arrays(each, bare=False)}
        if not bare <= entries or self._slip(before[-1], right) != "index dropped":
            return None
        names = ", ".join(sorted(head for head, _ in bare))
        reason = f"the index of {names} is missing, which stands with its index elsewhere"
        return Misfit(reason, True, "index dropped", right.span)

    def _readings(self, right: Node) -> Iterator[tuple[str, Node]]:
        """The right side with arrays stored the other way round, vectors as rows, and transposed as a whole."""
        turns: dict[str, dict[Node, Node]] = {}
        for (head, _), name in self._arrays(right, bare=True):
            turns.setdefault(head, {})[name] = next(transposed(name, self.glossary))
        for part in s.walk(right):
            if isinstance(part, s.Product):
                groups = [each for each in part.factors if isinstance(each, s.Group)]
                groups = [each for each in groups if any(self._arrays(each, bare=True))]
                turns |= {f"({place})": {each: turned_as_whole(each)} for place, each in enumerate(groups, len(turns))}
        for chosen in product((False, True), repeat=len(turns)):
            heads = [head for head, turn in zip(turns, chosen, strict=True) if turn]
            turned = exchanged(right, {name: other for head in heads for name, other in turns[head].items()})
            said = ", ".join("(…)" if head.startswith("(") else head for head in heads)
            if not heads:
                yield "it holds with rows for columns in the result: is that meant?", turned_as_whole(turned)
                continue
            yield f"it holds with rows for columns in {said}: is that meant?", turned
            yield f"it holds with rows for columns in {said} and in the result: is that meant?", turned_as_whole(turned)

    def _arrays(self, node: Node, bare: bool) -> Iterator[tuple[Key, s.Name | s.Scripts]]:
        """The arrays in a formula, whole ones (bare) or entries; not what stands in a derivative."""
        if is_name(node):
            assert isinstance(node, (s.Name, s.Scripts))
            key = key_of(Context(self.glossary), node)
            if key is not None and axes_of(self.glossary, key):
                if bare is not bool(Context(self.glossary).refer(node).indices):
                    yield key, node
            elif isinstance(node, s.Scripts) and node.upper is not None:
                yield from self._arrays(node.upper, bare)
        elif not isinstance(node, (s.Derivative, s.Nabla)):
            for part in s.children(node):
                yield from self._arrays(part, bare)

    def _slip(self, left: Node, right: Node) -> str:
        """The one slip of shapes that explains the right side; empty if there is none, or not one."""
        repaired = islice(put_right(right, self.glossary, index_letters(self.glossary, left)), _PLACES)
        found = {name for name, other in repaired if self.proved(left, other)}
        return found.pop() if len(found) == 1 else ""
