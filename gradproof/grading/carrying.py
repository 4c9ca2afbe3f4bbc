"""What a document says by the way: cases, values and shapes; and names that it defines a second time."""

from __future__ import annotations

import re
from dataclasses import replace

from gradproof.derivations.meaning import BadDeclaration, Context, Glossary, add_definition, declared
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.references import Unindexable, is_name
from gradproof.derivations.notation.reading import Macros, Statement
from gradproof.derivations.notation.reading import syntax as s

from .said import head_of
from .status import LineReport, LineStatus

#: What stands between a name and the set that it is in.
_SET = re.compile(r"\A[\s}]*&?\s*(?:\\in\b|∈)\s*")


def said_by_the_way(part: Statement, text: str, glossary: Glossary, macros: Macros) -> list[LineReport]:
    r"""The report on "i = j", "η = 0.1" or "X \in \mathbb{R}^{n \times d}"; empty for anything else.

    None of them is a claim or a definition that is carried on: "for i = j" does not make i another name of j, and a
    value is that of an example. A set of arrays declares a name that is not known yet.
    """
    chain = part.formula
    if not isinstance(chain, s.Chain) or len(chain.signs) != 1 or None in chain.members:
        return []
    left, right = chain.members
    assert left is not None and right is not None
    if chain.signs == ("∈",):
        return _shaped(left, right, part, text, glossary, macros)
    if chain.signs[0] in "<>≤≥≠" and any(_is_free(side, glossary) for side in (left, right)):
        return [LineReport(LineStatus.CONDITION, 0, right.span, "a condition, not a claim")]
    if chain.signs != ("=",) or not is_name(left):
        return []
    if isinstance(left, s.Name) and isinstance(right, s.Name) and left != right:
        return [LineReport(LineStatus.CONDITION, 0, right.span, "a case, or another name")]
    if isinstance(left, s.Name) and glossary.is_index(left.text) and _of_indices(right, glossary):
        return [LineReport(LineStatus.CONDITION, 0, right.span, "a case of indices")]
    if not any(isinstance(node, (s.Name, s.BigOperator, s.Derivative)) for node in s.walk(right)) and not _zero(right):
        return [LineReport(LineStatus.CONDITION, 0, right.span, "a value, which is not checked")]
    return []


def as_supposed(reports: list[LineReport]) -> list[LineReport]:
    """What the words before it suppose is no claim, and may define."""
    return [
        report
        if report.status.ok or report.status in (LineStatus.DEFINITION, LineStatus.UNREADABLE)
        else replace(report, status=LineStatus.CONDITION, reason="supposed, not claimed", add=(), reports=())
        for report in reports
    ]


def _is_free(side: s.Node, glossary: Glossary) -> bool:
    """A name that no formula defines: what is said of its size is a condition."""
    return is_name(side) and _key(side, glossary) not in glossary.definitions


def _zero(node: s.Node) -> bool:
    return isinstance(node, s.Number) and node.text == "0"


def _of_indices(formula: s.Node, glossary: Glossary) -> bool:
    names = [node for node in s.walk(formula) if isinstance(node, s.Name)]
    plain = all(isinstance(node, (s.Name, s.Number, s.Sum, s.Listing, s.Dots)) for node in s.walk(formula))
    return plain and all(glossary.is_index(name.text) or name.text.isupper() for name in names)


def _shaped(
    left: s.Node, right: s.Node, part: Statement, text: str, glossary: Glossary, macros: Macros
) -> list[LineReport]:
    names = left.items if isinstance(left, s.Listing) else (left,)
    heads = [_key(name, glossary) for name in names]
    if None in heads or any(glossary.knows(*head) for head in heads if head is not None):
        return []
    said = _SET.sub("", text[left.span.end : part.span.end]).rstrip(" .,;\n&\\")
    try:
        more, _ = declared(f"{text[left.span.start : left.span.end]} : {' '.join(said.split())}", glossary, macros)
    except (BadDeclaration, ValueError):
        return []
    glossary.heads.update(more.heads)
    glossary.sizes |= more.sizes
    return [LineReport(LineStatus.DEFINITION, 0, right.span, "it declares a shape")]


def _key(node: s.Node, glossary: Glossary) -> Key | None:
    """The key of what a left side names: a name, or a name with arguments."""
    head = head_of(node)
    if head is None:
        return None
    try:
        reference = Context(glossary).refer(head)
    except Unindexable:
        return None
    if reference.primes or reference.power is not None or reference.transposed or reference.inverse:
        return None
    return glossary.key(reference.head, reference.font)


def settled(
    reports: list[LineReport], part: Statement, glossary: Glossary, defined: frozenset[Key]
) -> list[LineReport]:
    """A name that an earlier passage defined and that this one gives otherwise is asked about, and counts anew.

    In a text of some length E is one thing here and another there. That both agree is said; that they differ is no
    accusation.
    """
    chain = part.formula
    if not isinstance(chain, s.Chain) or chain.signs[0] != "=" or not reports or reports[0].step != 0:
        return reports
    left, right = chain.members[0], chain.members[1]
    key = _key(left, glossary) if left is not None else None
    first = reports[0]
    if left is None or right is None or key not in defined or key not in glossary.definitions:
        return reports
    if first.status not in (LineStatus.REFUTED, LineStatus.EQUAL_IF) and not first.counterexample and not first.clash:
        return reports
    try:
        add_definition(glossary, left, right)
    except ValueError:
        return reports
    reason = f"{key[0]} was defined otherwise before; if it is another one, write :=, and if not, this is wrong"
    point = f": {first.counterexample}" if first.counterexample else ""
    return [replace(first, status=LineStatus.NEEDS, reason=reason + point, add=()), *reports[1:]]
