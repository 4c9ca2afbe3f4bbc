"""Steps of gradient descent: w ← w − η ∂E/∂w says what w becomes, and claims nothing, unless that is what is asked.

Where the exercise asks for a step, what is assigned to its variable is compared with it. Only the sign of a step is
held against anybody: another rate, or another rule, may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice, product

from sympy import Add, Expr, Mul, S

from gradproof.derivations.calculus import Condition, Entry, Relation
from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.references import is_name, letters_of, spelled
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.derivations.slips import named_slip
from gradproof.derivations.slips.derivatives import replaced_by_step
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Verdict

from .cases import carried_out
from .deciding import LITTLE, tried
from .exercise import Exercise
from .said import key_of

#: The slip that is held against somebody.
UPHILL = named_slip("sign of the update").name
_ASSIGNED = frozenset("=≔←")
#: The most ways in which signs may have been turned.
_MOST = 16


def asked_step(chain: s.Chain, exercise: Exercise, glossary: Glossary) -> list[Node] | None:
    """The members of a chain that says what the variable of a step becomes, with the step that is asked in the place of
    the first, and without labels such as (t + 1). None where the exercise asks for no step, or the chain says no more
    than what the variable is.
    """
    old = replaced_by_step(exercise.statement)
    left, *rest = chain.members
    if old is None or left is None or chain.signs[0] not in _ASSIGNED:
        return None
    of = _Variable(str(old.tensor.name), glossary)
    if not of.named(left) or (chain.signs[0] == "=" and of.bare(left) == left):
        return None
    members = [of.without_labels(each) for each in rest if each is not None]
    letters = [part.text for part in _letters(of.bare(left)) if isinstance(part, s.Name)]
    if len(members) != len(rest) or len(letters) != len(exercise.letters):
        return None
    return [exercise.question(tuple(letters)), *members]


def turned(right: tuple[Expr, ...], wrote: Expr, old: Entry, given: tuple[Condition, ...], seed: int) -> bool:
    """Whether what was written is proved to be a step with signs turned, of which these are right forms."""
    try:
        claims = [
            Claim("slip", carried_out(wrong), Relation.EQUAL, carried_out(wrote), given)
            for form in right
            for wrong in islice(_turned(form, old), _MOST)
        ]
    except (ValueError, TypeError, NotImplementedError, LookupError):
        return False
    return any(tried(claim, seed, LITTLE).verdict is Verdict.PROVED for claim in claims)


def _turned(form: Expr, old: Entry) -> Iterator[Expr]:
    """w + η g for w − η g, (1 + ηλ) w for (1 − ηλ) w: each choice of terms whose minus is lost."""
    for chosen in product(*[list(_signs(term, old)) for term in Add.make_args(form)]):
        wrong = Add(*chosen)
        if wrong != form:
            yield wrong


def _signs(term: Expr, old: Entry) -> Iterator[Expr]:
    yield term
    if term.as_coeff_Mul()[0].is_negative:
        yield -term
    if isinstance(term, Mul) and old in term.args:
        for factor in term.args:
            if isinstance(factor, Add) and S.One in factor.args:
                yield term.xreplace({factor: 2 - factor})


@dataclass(frozen=True, slots=True)
class _Variable:
    """The variable of a step, whose labels are w^{(t)}, w^{new} and w′."""

    name: str
    glossary: Glossary

    def named(self, node: Node) -> bool:
        """Whether a node is the variable, perhaps with a label."""
        if not isinstance(node, (s.Name, s.Scripts)) or not is_name(node):
            return False
        key = key_of(Context(self.glossary), self.bare(node))
        return key is not None and key[0] == self.name

    def bare(self, node: Node) -> s.Name | s.Scripts:
        """w_i for w_i^{(t)}."""
        assert isinstance(node, (s.Name, s.Scripts))
        if not isinstance(node, s.Scripts) or not (node.primes or _is_label(node.upper)):
            return node
        return replace(node, upper=None, primes=0) if node.lower is not None else self.bare(node.base)

    def without_labels(self, node: Node) -> Node:
        """A formula in which the variable stands without labels; a name with a label that is known is another one."""
        if isinstance(node, s.Scripts) and self.named(node):
            key = key_of(Context(self.glossary), node)
            if key is None or not self.glossary.knows(*key):
                return self.bare(node)
        changed = {each.name: self._each(getattr(node, each.name)) for each in fields(node)}
        return replace(node, **changed)  # type: ignore[arg-type]

    def _each(self, value: object) -> object:
        if isinstance(value, Node):
            return self.without_labels(value)
        return tuple(map(self._each, value)) if isinstance(value, tuple) else value


def _is_label(upper: Node | None) -> bool:
    """(t + 1), (k), new: not the square of w_i."""
    if isinstance(upper, (s.Group, s.Words)):
        return True
    return isinstance(upper, (s.Name, s.Product)) and spelled(upper).isalpha() and len(spelled(upper)) > 2


def _letters(node: Node) -> list[Node]:
    return letters_of(node.lower) if isinstance(node, s.Scripts) and node.lower is not None else []
