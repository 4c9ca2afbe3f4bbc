"""Which relations bear out lines that were added: those in which a defined name gives something that it need not.

That ∂E/∂z = ∂E/∂y ∂y/∂z holds says nothing of what E and y are; that ∂y/∂z = y(1 − y) does says that y is a logistic.
So a relation bears a definition out if it holds and only one of its sides has derivatives of what is defined, or, where
none has, if only one side names it.
"""

from __future__ import annotations

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Macros, Statement, read
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.verify.verdict import Verdict

from .seen import key_of_name
from .status import LineReport


def bears_out(report: LineReport, chain: s.Chain, lines: tuple[str, ...], glossary: Glossary, macros: Macros) -> bool:
    """Whether a relation holds, or an entry of it, that would not hold if the lines defined something else."""
    if not (report.status.ok or any(each.verdict in (Verdict.PROVED, Verdict.AGREES) for each in report.reports)):
        return False
    left, right = chain.members[report.step], chain.members[report.step + 1]
    context = Context(glossary)
    defined = _defined(lines, context, macros)
    if left is None or right is None or not defined:
        return False
    derived = [_derives(side, defined, context) for side in (left, right)]
    if any(derived):
        return not all(derived)
    return _names(left, defined, context) != _names(right, defined, context)


def _defined(lines: tuple[str, ...], context: Context, macros: Macros) -> set[Key]:
    """The names that lines define."""
    found: set[Key] = set()
    for line in lines:
        for part in read(line, macros=macros) if " = " in line else ():
            chain = part.formula if isinstance(part, Statement) else None
            left = chain.members[0] if isinstance(chain, s.Chain) else None
            key = key_of_name(context, left.head if isinstance(left, s.Attached) else left) if left else None
            found |= {key} if key else set()
    return found


def _derives(side: Node, defined: set[Key], context: Context) -> bool:
    """Whether a side has a derivative of something that is defined."""
    for node in s.walk(side):
        derived = node.operand if isinstance(node, (s.Derivative, s.Nabla)) else None
        if derived is not None and _names(derived, defined, context):
            return True
        if isinstance(node, s.Scripts) and node.primes and _names(node.base, defined, context):
            return True
    return False


def _names(side: Node, defined: set[Key], context: Context) -> bool:
    return any(key_of_name(context, node) in defined for node in s.walk(side))
