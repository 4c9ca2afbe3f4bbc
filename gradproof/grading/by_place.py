"""What a passage itself says of a name by its place: in ∂y/∂z = ∂σ(z)/∂z the name y stands where σ(z) does.

Neighbouring members of a chain are laid over one another. Where they differ only in that an undeclared name stands in
the one where an expression stands in the other, "name = expression" is a line that might be missing. No knowledge of
usual definitions goes into this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.references import Unindexable, is_name
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .seen import key_of_name

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line that a passage suggests, and the member behind the relation that suggests it."""

    line: str
    member: Span


#: What may differ between two nodes that say the same: the place, brackets, and ∂ or d.
_NOT_COMPARED = frozenset({"span", "bracketed", "before", "kind"})


def by_place(formulas: Iterable[Node], text: str, glossary: Glossary) -> tuple[Placed, ...]:
    """The lines that the chains of a text suggest, for each name the first; in the order in which they are met."""
    formulas = tuple(formulas)
    context = Context(glossary.copy())
    for formula in formulas:
        context.observe(formula)
    found: dict[object, tuple[Placed, ...]] = {}
    for formula in formulas:
        if isinstance(formula, s.Chain):
            for left, right in _neighbours(formula, context):
                laid = _Laid(text, context)
                if left != right and laid.over(left, right) and laid.called <= set(laid.found):
                    placed = {
                        name: tuple(Placed(line, right.span) for line in lines) for name, lines in laid.found.items()
                    }
                    found = {**placed, **found}  # what was met first counts
    unique = {placed.line: placed for group in reversed(found.values()) for placed in reversed(group)}
    return tuple(reversed(unique.values()))


def _neighbours(chain: s.Chain, context: Context) -> Iterator[tuple[Node, Node]]:
    """Neighbouring members, but for those that are names: what such a member is equal to is what the chain claims."""
    for step, sign in enumerate(chain.signs):
        left, right = chain.members[step], chain.members[step + 1]
        if left is None or right is None or sign != "=":
            continue
        if not (_is_named(left, context) or _is_named(right, context)):
            yield left, right


def _is_named(member: Node, context: Context) -> bool:
    """Whether a member is a name, or a function with its arguments."""
    if isinstance(member, s.Attached):
        return _may_define(member) and not _is_primed(member.head)
    return is_name(member) and not _is_power(member, context)


def _is_power(name: Node, context: Context) -> bool:
    """Whether a name with scripts is a power, such as x^2 or e^{-x}."""
    assert isinstance(name, (s.Name, s.Scripts))
    try:
        return context.refer(name).power is not None
    except Unindexable:
        return False


@dataclass(slots=True)
class _Laid:
    """Two members that are laid over one another.

    found    the lines that are suggested for each name
    called   functions that are also called with what cannot stand in a definition, as f(x + h)
    """

    text: str
    context: Context
    found: dict[object, Lines] = field(default_factory=dict)
    called: set[object] = field(default_factory=set)

    def over(self, one: Node, other: Node) -> bool:
        """Whether two nodes differ only in names that the other explains."""
        one, other = _bare(one), _bare(other)
        if one == other:
            return True
        for way in (self._explains, self._alike, self._derives, self._logs, self._multiplies, self._calls):
            before = dict(self.found)
            if way(one, other) or way(other, one):
                return True
            self.found = before
        return False

    def _alike(self, one: Node, other: Node) -> bool:
        """Whether two nodes are of one kind, and their parts lie over one another."""
        if isinstance(one, s.Derivative) and isinstance(other, s.Derivative) and one.operand and other.operand:
            return one.by == other.by and self.over(one.operand, other.operand)
        if type(one) is not type(other) or isinstance(one, (s.Name, s.Number, s.Scripts)):
            return False
        names = [each.name for each in fields(one) if each.name not in _NOT_COMPARED]
        return all(self._same(getattr(one, name), getattr(other, name)) for name in names)

    def _same(self, one: object, other: object) -> bool:
        if isinstance(one, Node) and isinstance(other, Node):
            return self.over(one, other)
        if isinstance(one, tuple) and isinstance(other, tuple):
            return len(one) == len(other) and all(map(self._same, one, other))
        return one == other

    def _explains(self, name: Node, value: Node) -> bool:
        """Whether a node is an undeclared name, and the other one says what it is."""
        if self._open(name) is None or isinstance(value, s.Number) or _mentions(value, name):
            return False
        if is_name(value) and not _is_power(value, self.context):
            return False
        return self._noted(name, self._cut(value))

    def _multiplies(self, attached: Node, product: Node) -> bool:
        """Whether y(1 − y) is a product of y and 1 − y that lies over another one."""
        if not (isinstance(attached, s.Attached) and isinstance(product, s.Product)):
            return False
        return self._same((attached.head, attached.group), product.factors)

    def _calls(self, node: Node, _over: Node) -> bool:
        """Whether a node is a call of an undeclared function that another one may explain."""
        if not isinstance(node, s.Attached) or _may_define(node):
            return False
        key = self._key(node.head)
        self.called.add(key)
        return key is not None

    def _logs(self, logarithm: Node, value: Node) -> bool:
        """log p(x), or − log p(x), over a value that is none: then p(x) is the exponential of the value."""
        sign = ""
        if type(logarithm) is type(value):
            return False
        if isinstance(logarithm, s.Sum) and logarithm.signs == ("-",):
            logarithm, sign = logarithm.terms[0], "-"
        function = logarithm.function if isinstance(logarithm, s.Apply) else None
        if not isinstance(function, s.Name) or function.text not in ("log", "ln"):
            return False
        assert isinstance(logarithm, s.Apply)
        name, value = _bare(logarithm.argument), _bare(value)
        if self._open(name) is None or _mentions(value, name):
            return False
        return self._noted(name, rf"\exp({sign}{self._cut(value)})")

    def _derives(self, derivative: Node, value: Node) -> bool:
        """∂y/∂z over f′(z), or over a sum of derivatives by z: then y is f(z), or the sum without the derivatives."""
        if not isinstance(derivative, s.Derivative) or derivative.operand is None or len(derivative.by) != 1:
            return False
        name, by = derivative.operand, derivative.by[0]
        if self._open(name) is None or _mentions(value, name):
            return False
        if isinstance(value, s.Attached) and value.group.body == by and _is_primed(value.head):
            assert isinstance(value.head, s.Scripts)
            function = self._cut(value.head.base)
            return self._noted(name, f"{function}({self._cut(by)})", f"{function} : R -> R")
        plain = self._without(value, by)
        return bool(plain) and self._noted(name, plain)

    def _without(self, node: Node, by: Node) -> str:
        """A sum of derivatives by a variable, without the derivatives; empty if it is none."""
        match node:
            case s.Derivative(operand=operand, by=(variable,)) if operand is not None and variable == by:
                return f"({self._cut(operand)})"
            case s.Sum(terms=terms, signs=signs):
                parts = [self._without(term, by) for term in terms]
                joined = "".join(f" {sign} {part}" for sign, part in zip(signs, parts, strict=True))
                return joined.strip().removeprefix("+ ") if all(parts) else ""
            case s.BigOperator(kind="Σ", body=body):
                inner = self._without(body, by)
                return self.text[node.span.start : body.span.start] + inner if inner else ""
            case s.Product(factors=(s.Number(), factor)):
                inner = self._without(factor, by)
                return f"{self._cut(node.factors[0])} {inner}" if inner else ""
            case s.Group(body=body):
                inner = self._without(body, by)
                return f"({inner})" if inner else ""
        return ""

    def _noted(self, name: Node, value: str, *more: str) -> bool:
        """Notes what a name stands for; False where the same name was said to be something else."""
        lines = (*more, f"{self._cut(name)} = {value}")
        known = self.found.setdefault(self._open(name), lines)
        return known == lines or not known[-1].startswith(f"{self._cut(name)} =")

    def _open(self, node: Node) -> object:
        """What a node names if nothing is known of it: a name, or what it is called with bars; else None."""
        if not isinstance(node, s.Attached):
            return self._key(node)
        if not _may_define(node):
            return None
        key = self._key(node.head)
        return node if key is not None and not isinstance(node.group.body, s.Name) else key

    def _key(self, node: Node) -> object:
        """The key of an undeclared name without a power, a prime or a transpose; else None."""
        key = key_of_name(self.context, node)
        if key is None or key not in self.context.undeclared:
            return None
        assert isinstance(node, (s.Name, s.Scripts))
        reference = self.context.refer(node)
        plain = reference.power is None and not (reference.primes or reference.transposed or reference.inverse)
        return key if plain else None

    def _cut(self, node: Node) -> str:
        return " ".join(self.text[node.span.start : node.span.end].split())


def _bare(node: Node) -> Node:
    """A node without the brackets and decorations around it."""
    while isinstance(node, (s.Group, s.Decorated)):
        node = node.body
    return node


def _may_define(call: s.Attached) -> bool:
    """Whether a call such as f(x) or P(t = 1 | z) may stand at the left of a definition."""
    body = call.group.body
    items = body.items if isinstance(body, s.Listing) else (body,)
    if isinstance(body, s.Listing) and "|" in body.separators:
        return True
    return all(is_name(item) for item in items)


def _is_primed(node: Node) -> bool:
    return isinstance(node, s.Scripts) and node.primes == 1 and node.lower is None and node.upper is None


def _mentions(formula: Node, name: Node) -> bool:
    return any(node == name for node in s.walk(formula))
