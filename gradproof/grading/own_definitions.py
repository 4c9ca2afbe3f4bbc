"""What a submission defines by itself, and what it differentiates: by this its letters are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr

from gradproof.derivations.calculus import Entry, Partial, Tensor
from gradproof.derivations.meaning import BadDeclaration, Context, Glossary, Problem, declared
from gradproof.derivations.meaning.references import Unindexable
from gradproof.derivations.notation.reading import Statement, read
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Chain, Node
from gradproof.documents import Declared, Document, Handling, Passage

from .defining import defines
from .exercise import Exercise, related
from .judge import Judge
from .said import head_of, key_of, translated
from .status import LineStatus

#: What is raised for a formula that cannot be compared.
NOT_UNDERSTOOD = (Problem, Unindexable, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a submission defines, in its order, and the derivatives of what it defines."""

    glossary: Glossary
    equations: tuple[tuple[Node, Node], ...]
    derivatives: tuple[Partial, ...]

    @classmethod
    def of(cls, document: Document) -> Definitions:
        glossary, macros = declared("", macros=document.macros)
        equations: list[tuple[Node, Node]] = []
        formulas: list[Node] = []
        for part in document.parts:
            if isinstance(part, Declared):
                try:
                    glossary, macros = declared("\n".join(part.lines), glossary, macros)
                except BadDeclaration:
                    continue
            elif isinstance(part, Passage) and part.handling is not Handling.SKIP:
                for said in read(part.text, macros=macros):
                    if not isinstance(said, Statement):
                        continue
                    formulas.append(said.formula)
                    match said.formula:
                        case Chain(members=(Node() as left, Node() as right, *_), signs=(sign, *_)):
                            if defines(left, right, sign, glossary) == "a definition":
                                equations.append((left, right))
        found = (partial for formula in formulas for partial in _derivatives(formula, glossary))
        return cls(glossary, tuple(equations), tuple(dict.fromkeys(found)))

    def beside(self, asked: Exercise) -> tuple[Glossary, list[tuple[Node, Node]]]:
        """What is known once the exercise has declared its names, and the equations that speak of these."""
        glossary, _ = declared(asked.declarations)
        known = [each for each in self.equations if _knows(glossary, each[0])]
        for left, right in self.equations:
            if (left, right) not in known:
                defines(left, right, "=", glossary)
        return glossary, known

    def agrees(self, asked: Exercise) -> bool:
        """Whether the submission defines what the exercise defines as it does, and something of it."""
        glossary, known = self.beside(asked)
        return all(proved_in(left, right, glossary) for left, right in known) and bool(known)

    def ends(self) -> list[tuple[Tensor, Tensor]]:
        """What may be asked for, of what and by what: what is differentiated, and then what could be."""
        found = [ends for ends in map(ends_of, self.derivatives) if ends is not None]
        named = [name for name in (self.name(left) for left, _ in self.equations) if name is not None]
        return [*dict.fromkeys([*found, *((name, datum) for name in named for datum in data_of(name, name))])]

    def name(self, left: Node) -> Tensor | None:
        """What the left side of a definition names."""
        (found, _), *_ = translated(left, left, self.glossary.copy()).pairs
        return found.tensor if isinstance(found, Entry) else None


def _knows(glossary: Glossary, left: Node) -> bool:
    head = head_of(left)
    key = key_of(Context(glossary), head) if head is not None else None
    return key is not None and glossary.knows(*key)


def proved_in(left: Node, right: Node, glossary: Glossary) -> bool:
    try:
        return related(left, right, glossary, Judge(explain=False, shown=False)).status is LineStatus.PROVED
    except NOT_UNDERSTOOD:
        return False


def _derivatives(formula: Node, glossary: Glossary) -> Iterator[Partial]:
    """The derivatives of defined names by names that stand in a formula."""
    for node in s.walk(formula):
        if isinstance(node, (s.Derivative, s.Nabla)) and isinstance(node.operand, (s.Name, s.Scripts)):
            try:
                pairs = translated(node, node, glossary.copy()).pairs
            except NOT_UNDERSTOOD:
                continue
            for found, _ in pairs:
                if isinstance(found, Partial) and ends_of(found) is not None:
                    yield found


def ends_of(partial: Expr) -> tuple[Tensor, Tensor] | None:
    """Of ∂L/∂z for a defined L these two."""
    match partial:
        case Partial(expression=Entry(tensor=of), by=Entry(tensor=by)) if of.definition is not None:
            return of, by
    return None


def letters_of(left: Node, glossary: Glossary) -> tuple[str, ...]:
    head = head_of(left)
    assert head is not None, "what is defined has a name"
    return Context(glossary).refer(head).indices


def data_of(of: Tensor, by: Tensor) -> list[Tensor]:
    """What a quantity is computed from beside the variable."""
    waiting, seen, found = [of], {of, by}, set()
    while waiting:
        tensor = waiting.pop()
        if tensor.definition is None:
            found.add(tensor)
        else:
            inner = {entry.tensor for entry in tensor.definition[1].atoms(Entry)} - seen
            waiting += inner
            seen |= inner
    return sorted(found, key=lambda tensor: str(tensor.name))
