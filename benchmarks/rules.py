r"""Rules of the lexicon, told apart by the lines that they propose: `p = \softmax(z)`, `\hat y = softmax(o)` are one.

The rule of a definition is its tree with the names replaced in their order. Fonts, accents, labels, bounds of sums,
brackets, the letters of indices and the spelling of exp and log do not count, nor whether a function of numbers is
written for each entry. Nothing of this is noted by hand, so that no rule of the lexicon escapes being judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from gradproof.derivations.notation.reading import Macros, Statement, read
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

_MACRO = re.compile(r"\\(?:newcommand\*?\{?|def)\\(?P<name>[A-Za-z]+)\}?(?:\[\d\])?\s*\{(?P<body>.*)\}$")
_INDICES = frozenset("ijklmnrst")
_FUNCTIONS = frozenset({"σ", "softmax", "tanh", "log", "exp", "relu"})
_KEPT = {"x": "x", "R": "R"}


def rule(line: str, macros: Macros | None = None) -> str:
    """The rule by which a line is proposed, of a text with these macros."""
    macro = _MACRO.match(line.strip())
    if macro:
        bold = re.fullmatch(r"\{?\\(?:mathbf|boldsymbol|bm)\s*\{\\?\w+\}\}?", macro["body"].strip())
        return "macro for a bold letter" if bold else f"macro {''.join(macro['body'].split())}"
    _, colon, right = line.partition(" : ")
    if colon and "=" not in line:  # however many names have this shape, and whatever its sizes are called
        return "A : " + " ".join(_KEPT.get(word, "n") if len(word) == 1 else word for word in right.split())
    if re.fullmatch(r"\w \\neq? \w", line):
        return "i ≠ j"
    return next((definition(one, other) for one, other in equalities(line, macros)), line)


def equalities(latex: str, macros: Macros | None = None) -> Iterator[tuple[Node, Node]]:
    """The first member of each chain of a text, with each of the others that it is said to equal."""
    for part in read(latex, macros=macros):
        chain = part.formula if isinstance(part, Statement) else None
        if isinstance(chain, s.Chain) and chain.members[0] is not None:
            for sign, member in zip(chain.signs, chain.members[1:], strict=True):
                if sign in ("=", "≡", "≔") and member is not None:
                    yield chain.members[0], member


def definition(left: Node, right: Node) -> str:
    """The rule of a definition."""
    head = left.head if isinstance(left, s.Attached) else left
    tree = _Tree()
    body = tree.of(right)
    name = tree.of(head)
    text = f"{name if name in body else '⟨·⟩'} = {body}"
    return re.sub(r"\[[^\]]*\]", "", text) if "Σ" not in text else text


@dataclass(slots=True)
class _Tree:
    """The text of a tree; names and indices are numbered as they are met."""

    names: dict[str, str] = field(default_factory=dict)
    indices: dict[str, str] = field(default_factory=dict)

    def of(self, node: Node) -> str:
        match node:
            case s.Group(body=body) | s.Decorated(body=body):
                return self.of(body)
            case s.Number(text=text):
                return text
            case s.Name(text=text):
                return text if text in _FUNCTIONS or text in ("π", "e") else f"⟨{self._name(node)}⟩"
            case s.Scripts(base=s.Name(text="e"), upper=upper) if upper is not None:
                return f"exp({self.of(upper)})"
            case s.Scripts(base=base, lower=lower, upper=upper, primes=primes):
                below = self._indices(lower) if lower is not None else ""
                above, index = self._above(upper) if upper is not None else ("", "")
                return f"{self.of(base)}{'′' * primes}{f'[{below}{index}]' if below or index else ''}{above}"
            case s.Apply(function=function, argument=argument):
                name = {"ln": "log"}.get(self._plain(function), self._plain(function)) or self.of(function)
                return f"{name}({self.of(argument)})"
            case s.Attached(head=s.Name(text=text), group=group) if text in _FUNCTIONS:
                return f"{text}({self.of(group)})"
            case s.BigOperator(kind=kind, body=body, lower=lower):
                letters = self._indices(lower) if lower is not None else ""
                inner = self.of(body)
                nested = re.match(r"Σ\{(\w*)\}(.*)$", inner) if kind == "Σ" else None
                return f"Σ{{{letters}{nested[1]}}}{nested[2]}" if nested else f"{kind}{{{letters}}}{inner}"
            case s.Sum():
                return "(" + "".join(sign + self.of(term) for sign, term in _terms(node, "+")) + ")"
            case s.Product(factors=factors):
                return "·".join(self.of(factor) for factor in factors)
        parts = [getattr(node, each.name) for each in fields(node) if each.name not in ("span", "bracketed")]
        return f"{type(node).__name__}({', '.join(map(self._part, parts))})"

    def _part(self, part: object) -> str:
        if isinstance(part, Node):
            return self.of(part)
        return ", ".join(map(self._part, part)) if isinstance(part, tuple) else str(part)

    def _name(self, name: s.Name) -> str:
        spelled = "".join((name.text, *name.accents))
        return self.names.setdefault(spelled, chr(ord("A") + len(self.names)))

    @staticmethod
    def _plain(node: Node) -> str:
        return node.text if isinstance(node, s.Name) else ""

    def _indices(self, lower: Node) -> str:
        letters = [part.text for part in s.walk(lower) if isinstance(part, s.Name) and part.text in _INDICES]
        return "".join(self.indices.setdefault(letter, chr(ord("i") + len(self.indices))) for letter in letters)

    def _above(self, upper: Node) -> tuple[str, str]:
        """A power or a transpose, and the index of a sample."""
        inner = upper.body if isinstance(upper, s.Group) else upper
        if isinstance(inner, s.Number) and not isinstance(upper, s.Group):
            return f"^{inner.text}", ""
        if isinstance(inner, s.Name) and inner.text in ("T", "⊤", "⊺"):
            return "^T", ""
        if isinstance(upper, s.Group) and isinstance(inner, s.Name) and inner.text in _INDICES:
            return "", self._indices(inner)
        if isinstance(inner, s.Name) or isinstance(upper, s.Group):
            return "", ""  # a layer, or a step
        return f"^{self.of(inner)}", ""


def _terms(node: Node, sign: str) -> Iterator[tuple[str, Node]]:
    """The terms of a sum with their signs; a sum in brackets within it is one with it."""
    inner = node.body if isinstance(node, s.Group) else node
    if not isinstance(inner, s.Sum):
        yield sign, node
        return
    for own, term in zip(inner.signs, inner.terms, strict=True):
        yield from _terms(term, own if sign == "+" else {"+": "-", "-": "+"}.get(own, own))
