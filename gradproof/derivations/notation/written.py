"""What a person wrote, as MathML: the neutral tree of a formula that was read, sign for sign, before it has a meaning.

Nothing is put in another order or form. All text of the person is escaped, so that a page can show what anybody wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape

from .mathml import bold
from .reading import Span
from .reading import syntax as s

_ACCENTS = {
    "hat": "^", "bar": "¯", "tilde": "~", "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘", "acute": "´",
    "grave": "`",
}  # fmt: skip
_ALPHABETS = {"calligraphic": 0x1D49C, "blackboard": 0x1D538, "fraktur": 0x1D504}
#: Letters that unicode had before the alphabets, and that stand elsewhere.
_ELSEWHERE = {
    "calligraphic": dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)),
    "blackboard": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_CLOSING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "|": "|", "‖": "‖"}
_LARGE = {"Σ": "∑", "Π": "∏", "∫": "∫", "∪": "⋃", "∩": "⋂"}
_TIMES, _APPLY = "<mo>\u2062</mo>", "<mo>\u2061</mo>"


def written_mathml(formula: s.Node, marked: Collection[Span] = (), block: bool = True) -> str:
    """A ``<math>`` element of a formula that was read.

    marked  the places of parts that are marked, as ``<mrow class="changed">``
    """
    style = ' display="block"' if block else ""
    return f"<math{style}>{_Writer(frozenset(marked)).visit(formula)}</math>"


@dataclass(frozen=True, slots=True)
class _Writer:
    marked: frozenset[Span]

    def visit(self, node: s.Node) -> str:
        """Exactly one element."""
        found = self.plain(node)
        return f'<mrow class="changed">{found}</mrow>' if node.span in self.marked else found

    def plain(self, node: s.Node) -> str:
        match node:
            case s.Number(text=text):
                return f"<mn>{escape(text)}</mn>"
            case s.Name():
                return _name(node)
            case s.Scripts():
                return self.scripts(node)
            case s.Listing(items=items, separators=signs):
                between = [f'<mo separator="true">{escape(sign)}</mo>' for sign in signs]
                return _row(_joined([self.visit(item) for item in items], between))
            case s.Group(bracket=bracket, body=body):
                return self.bracketed(bracket, self.visit(body))
            case s.Attached(head=head, group=group):
                return _row(self.visit(head) + self.visit(group))
            case s.Apply(function=function, argument=argument, bracketed=in_brackets):
                inner = self.visit(argument)
                return _row(self.visit(function) + _APPLY + (self.bracketed("(", inner) if in_brackets else inner))
            case s.Product(factors=factors, signs=signs):
                between = [f"<mo>{escape(sign)}</mo>" if sign else _TIMES for sign in signs]
                return _row(_joined([self.visit(factor) for factor in factors], between))
            case s.Sum(terms=terms, signs=signs):
                return _row("".join(map(self.term, range(len(terms)), signs, terms)))
            case s.Fraction(numerator=above, denominator=below):
                return f"<mfrac>{self.visit(above)}{self.visit(below)}</mfrac>"
            case s.Root(body=body, degree=None):
                return f"<msqrt>{self.visit(body)}</msqrt>"
            case s.Root(body=body, degree=degree) if degree is not None:
                return f"<mroot>{self.visit(body)}{self.visit(degree)}</mroot>"
            case s.Bars(bar=bar, body=body):
                return self.bracketed(bar, self.visit(body))
            case s.Indicator(condition=condition):
                return _row(f"<mn>𝟏</mn>{self.bracketed('{', self.visit(condition))}")
            case s.Words(text=text):
                return f"<mtext>{escape(text)}</mtext>"
            case s.Dots():
                return "<mi>…</mi>"
            case s.Factorial(body=body):
                return _row(f"{self.visit(body)}<mo>!</mo>")
            case s.Chain(members=members, signs=signs):
                shown = ["" if member is None else self.visit(member) for member in members]
                return _row(_joined(shown, [f"<mo>{escape(sign)}</mo>" for sign in signs]))
        return self.large(node)

    def large(self, node: s.Node) -> str:
        """What needs more than one line, or says what is done with something."""
        match node:
            case s.Derivative():
                return self.derivative(node)
            case s.Nabla(operand=operand, by=by, order=order):
                sign = "<mo>∇</mo>"
                if by is not None:
                    sign = f"<msub>{sign}{self.visit(by)}</msub>"
                if order > 1:
                    sign = f"<msup>{sign}<mn>{order}</mn></msup>"
                return _row(sign + (self.visit(operand) if operand is not None else ""))
            case s.BigOperator():
                return self.operator(node)
            case s.Cases(rows=rows):
                cells = (f"<mtd>{self.visit(row.value)}</mtd><mtd>{self.condition(row)}</mtd>" for row in rows)
                table = "".join(f"<mtr>{row}</mtr>" for row in cells)
                return _row(f'<mo stretchy="true">{{</mo><mtable columnalign="left">{table}</mtable>')
            case s.Case():
                return _row(f"{self.visit(node.value)}{self.condition(node)}")
            case s.Array(rows=rows, bracket=bracket):
                table = "".join(
                    f"<mtr>{''.join(f'<mtd>{self.visit(cell)}</mtd>' for cell in row)}</mtr>" for row in rows
                )
                return self.bracketed(bracket, f"<mtable>{table}</mtable>")
            case s.Decorated(kind=kind, body=body, label=label):
                return self.decorated(kind, self.visit(body), self.visit(label) if label is not None else "")
            case s.Evaluated(body=body, point=point):
                bar = '<mo stretchy="true" form="postfix">|</mo>'
                return f"<msub><mrow>{self.visit(body)}{bar}</mrow>{self.visit(point)}</msub>"
        raise TypeError(f"no MathML for {type(node).__name__}")

    def bracketed(self, bracket: str, inner: str) -> str:
        if not bracket:
            return _row(inner)
        left, right = escape(bracket), escape(_CLOSING.get(bracket, bracket))
        return (
            f'<mrow><mo form="prefix" fence="true" stretchy="true">{left}</mo>{inner}'
            f'<mo form="postfix" fence="true" stretchy="true">{right}</mo></mrow>'
        )

    def term(self, place: int, sign: str, node: s.Node) -> str:
        shown = {"-": "−"}.get(sign, sign)
        if place == 0:
            shown = f'<mo form="prefix">{escape(shown)}</mo>' if sign not in ("", "+") else ""
        else:
            shown = f"<mo>{escape(shown)}</mo>"
        if node.span in self.marked:  # the sign belongs to what is marked
            return f'<mrow class="changed">{shown}{self.plain(node)}</mrow>'
        return shown + self.visit(node)

    def scripts(self, node: s.Scripts) -> str:
        base = self.visit(node.base)
        primes = f"<mo>{'′' * min(node.primes, 4)}</mo>" if node.primes else ""
        upper = primes + (self.visit(node.upper) if node.upper is not None else "")
        above = _row(upper) if primes and node.upper is not None else upper
        if node.lower is None:
            return f"<msup>{base}{above}</msup>" if above else base
        below = self.visit(node.lower)
        return f"<msubsup>{base}{below}{above}</msubsup>" if above else f"<msub>{base}{below}</msub>"

    def derivative(self, node: s.Derivative) -> str:
        sign = f"<mi>{escape(node.kind)}</mi>"
        order = len(node.by)
        above = sign if order < 2 else f"<msup>{sign}<mn>{order}</mn></msup>"
        if node.operand is not None and not node.before:
            above = _row(above + self.visit(node.operand))
        runs: list[tuple[s.Node, int]] = []
        for variable in node.by:
            if runs and runs[-1][0] == variable:
                runs[-1] = (variable, runs[-1][1] + 1)
            else:
                runs.append((variable, 1))
        below = "".join(
            sign + (f"<msup>{self.visit(by)}<mn>{times}</mn></msup>" if times > 1 else self.visit(by))
            for by, times in runs
        )
        fraction = f"<mfrac>{above}{_row(below)}</mfrac>" if node.by else above
        return _row(fraction + self.visit(node.operand)) if node.operand is not None and node.before else fraction

    def operator(self, node: s.BigOperator) -> str:
        sign = f"<mo>{escape(node.kind)}</mo>"
        if node.kind in _LARGE:
            sign = f'<mo largeop="true">{_LARGE[node.kind]}</mo>'
        if node.rank is not None:
            sign = f"<msup>{sign}{self.visit(node.rank)}</msup>"
        lower = self.visit(node.lower) if node.lower is not None else ""
        upper = self.visit(node.upper) if node.upper is not None else ""
        names = ("msub", "msup", "msubsup") if node.kind == "∫" else ("munder", "mover", "munderover")
        name = names[2] if lower and upper else names[0] if lower else names[1]
        head = f"<{name}>{sign}{lower}{upper}</{name}>" if lower or upper else sign
        return _row(head + self.visit(node.body))

    def condition(self, row: s.Case) -> str:
        return self.visit(row.condition) if row.condition is not None else "<mtext>otherwise</mtext>"

    def decorated(self, kind: str, body: str, label: str) -> str:
        match kind:
            case "underbrace":
                braced = f'<munder>{body}<mo stretchy="true">⏟</mo></munder>'
                return f"<munder>{braced}{label}</munder>" if label else braced
            case "overbrace":
                braced = f'<mover>{body}<mo stretchy="true">⏞</mo></mover>'
                return f"<mover>{braced}{label}</mover>" if label else braced
            case "boxed":
                return f'<mrow class="box">{body}</mrow>'
            case "cancel":
                return f'<mrow class="cancelled">{body}</mrow>'
            case "entrywise":
                return f"<msup>{body}<mo>∘</mo></msup>"
            case "underline":
                return f'<munder>{body}<mo stretchy="true">_</mo></munder>'
        mark = _ACCENTS.get(kind)
        return f'<mover accent="true">{body}<mo>{mark}</mo></mover>' if mark else _row(body)


def _row(content: str) -> str:
    return f"<mrow>{content}</mrow>"


def _joined(items: list[str], between: list[str]) -> str:
    """The items with signs behind them; the last item may have none."""
    return "".join(item + sign for item, sign in zip(items, [*between, *[""] * len(items)], strict=False))


def _name(node: s.Name) -> str:
    shown = f"<mi>{escape(node.text)}</mi>"
    if node.font == "bold":
        shown = f"<mi>{''.join(map(bold, node.text))}</mi>"
    elif node.font in _ALPHABETS:
        shown = f"<mi>{''.join(_lettered(letter, node.font) for letter in node.text)}</mi>"
    elif node.font == "roman" and len(node.text) == 1:
        shown = f'<mi mathvariant="normal">{escape(node.text)}</mi>'
    elif node.font == "arrow":
        shown = f'<mover accent="true">{shown}<mo stretchy="false">→</mo></mover>'
    for accent in node.accents:
        if accent == "underline":
            shown = f'<munder>{shown}<mo stretchy="true">_</mo></munder>'
        else:
            shown = f'<mover accent="true">{shown}<mo stretchy="false">{_ACCENTS.get(accent, "")}</mo></mover>'
    return shown


def _lettered(letter: str, font: str) -> str:
    """The letter of another alphabet; only capitals have one here."""
    if letter in _ELSEWHERE[font]:
        return _ELSEWHERE[font][letter]
    return chr(_ALPHABETS[font] + ord(letter) - ord("A")) if "A" <= letter <= "Z" else escape(letter)
