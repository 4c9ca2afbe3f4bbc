"""What a passage names without saying what it is: the words of which a lexicon may know a usual meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.references import Unindexable, base_of, is_name
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.alphabet import LETTERS

_COMMANDS = {letter: rf"\{command}" for command, letter in LETTERS.items() if len(letter) == 1}
_FONTS = {"bold": r"\mathbf", "arrow": r"\vec", "calligraphic": r"\mathcal", "roman": r"\mathrm"}


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A name: how it is written, its letter with its accents, its axes as far as seen, and what it is called with.

    called  whether a bracket stands right behind it anywhere
    steps   whether it stands with the index k and with k − 1
    """

    latex: str
    base: str
    axes: int
    bold: bool = False
    calls: tuple[tuple[str, ...], ...] = ()
    called: bool = False
    steps: bool = False


@dataclass(slots=True)
class Seen:
    """The undeclared words of a passage.

    derivatives  pairs of words of which the first is differentiated by the second
    letters      the letters that stand as free indices
    events       texts such as P(t=1|z), with the value and what it is given
    laws         texts such as p(y|x), with the text of what stands before the bar
    normalisers  words that an exponential is divided by, with the exponential, its index being k
    size         the size over which a sum runs, if it is named
    """

    words: dict[Key, Word] = field(default_factory=dict)
    derivatives: list[tuple[Word, Word]] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    events: tuple[tuple[str, str, str], ...] = ()
    laws: tuple[tuple[str, str], ...] = ()
    normalisers: tuple[tuple[Word, str], ...] = ()
    size: str = ""

    def named(self, base: str) -> list[Word]:
        return [word for word in self.words.values() if word.base == base]

    def is_numerator(self, word: Word) -> bool:
        return any(top is word for top, _ in self.derivatives)

    def is_numerator_of(self, word: Word, variable: Word) -> bool:
        return any(top is word and by is variable for top, by in self.derivatives)

    def variables_of(self, word: Word) -> list[Word]:
        return [by for top, by in self.derivatives if top is word]


def look(formulas: Iterable[s.Node], text: str, glossary: Glossary) -> Seen:
    """What the formulas of a text name."""
    formulas = list(formulas)
    context = Context(glossary.copy())
    for formula in formulas:
        context.observe(formula)
    seen = Seen()
    nodes = [node for formula in formulas for node in s.walk(formula)]
    calls: dict[Key, dict[tuple[str, ...], None]] = {}
    events: dict[str, tuple[str, str, str]] = {}
    laws: dict[str, str] = {}
    attached: set[Key] = set()
    for node in nodes:
        if isinstance(node, s.Attached) and (key := key_of_name(context, node.head)):
            body = node.group.body
            items = body.items if isinstance(body, s.Listing) else (body,)
            names = tuple(_latex_of(context, item) for item in items)
            attached.add(key)
            if all(names):  # y(1 − y) may be a product
                calls.setdefault(key, {})[names] = None
            _event(node, text, events, laws)
    step = s.Sum((s.Name("k"), s.Number("1")), ("+", "-"))
    stepped = {node.base for node in nodes if isinstance(node, s.Scripts) and node.lower == step}
    for node in nodes:
        key = key_of_name(context, node)
        if key is None or key not in context.undeclared | calls.keys() | attached or key in seen.words:
            continue
        assert isinstance(node, (s.Name, s.Scripts))
        name = _name(node)
        axes = context.undeclared.get(key, 0)
        if not axes and len(name.text) == 1 and name.text.isupper() and name.font == "" and key in context.undeclared:
            axes = 2 if name.text in "ZYTHXW" else 0
        seen.words[key] = Word(
            _written(key, name),
            base_of(name),
            axes,
            key[1] != "",
            tuple(calls.get(key, ())),
            key in attached,
            name in stepped,
        )
    for node in nodes:
        if isinstance(node, s.Derivative) and node.operand is not None and len(node.by) == 1:
            top, by = _word(seen, context, node.operand), _word(seen, context, node.by[0])
            if top and by:
                seen.derivatives.append((top, by))
        if isinstance(node, s.Scripts) and node.lower is not None:
            seen.letters |= {
                part.text for part in s.walk(node.lower) if isinstance(part, s.Name) and context.is_index(part.text)
            }
    bound = {
        part.text
        for node in nodes
        if isinstance(node, s.BigOperator) and node.lower is not None
        for part in s.walk(node.lower)
        if isinstance(part, s.Name)
    }
    seen.letters -= bound
    seen.events, seen.laws = tuple(events.values()), tuple(laws.items())
    seen.normalisers = tuple(dict.fromkeys(_normalisers(seen, context, nodes)))
    uppers = (node.upper for node in nodes if isinstance(node, s.BigOperator) and node.kind == "Σ")
    seen.size = next((upper.text for upper in uppers if isinstance(upper, s.Name)), "")
    return seen


def _normalisers(seen: Seen, context: Context, nodes: list[s.Node]) -> Iterator[tuple[Word, str]]:
    """What stands below e^{z_i} or exp(z_i), as a sum would be."""
    for node in nodes:
        below = _word(seen, context, node.denominator) if isinstance(node, s.Fraction) else None
        if below is None or below.axes:
            continue
        match node.numerator:  # type: ignore[attr-defined]
            case s.Scripts(base=s.Name(text="e"), upper=s.Scripts() as inner):
                pass
            case s.Apply(function=s.Name(text="exp"), argument=s.Scripts() as inner):
                pass
            case _:
                continue
        word = _word(seen, context, inner)
        if word is not None and word.axes == 1:
            yield below, rf"e^{{{word.latex}_k}}"


def _event(node: s.Attached, text: str, events: dict[str, tuple[str, str, str]], laws: dict[str, str]) -> None:
    """P(t=1|z): an event, its value and its condition; or p(y|x), a law."""
    body = node.group.body
    if not isinstance(body, s.Listing) or body.separators[0] != "|":
        return
    first, given = body.items[:2]
    said = text[node.span.start : node.span.end]
    if isinstance(first, s.Chain) and first.signs == ("=",) and isinstance(first.members[1], s.Number):
        events[said] = (said, first.members[1].text, text[given.span.start : given.span.end])
    elif isinstance(first, (s.Name, s.Scripts)):
        laws[said] = text[first.span.start : first.span.end]


def _word(seen: Seen, context: Context, node: s.Node) -> Word | None:
    head = node.head if isinstance(node, s.Attached) else node
    key = key_of_name(context, head)
    return seen.words.get(key) if key else None


def key_of_name(context: Context, node: s.Node) -> Key | None:
    if not isinstance(node, (s.Name, s.Scripts)) or not is_name(node):
        return None
    try:
        reference = context.refer(node)
    except Unindexable:
        return None
    if not reference.indices and not reference.font and context.is_index(reference.head):
        return None
    return context.glossary.key(reference.head, reference.font)


def _name(node: s.Name | s.Scripts) -> s.Name:
    inner: s.Node = node
    while isinstance(inner, s.Scripts):
        inner = inner.base
    assert isinstance(inner, s.Name)
    return inner


def _written(key: Key, name: s.Name) -> str:
    """The name in LaTeX, with its label but without its indices."""
    letter = _COMMANDS.get(name.text, name.text)
    latex = letter if len(name.text) == 1 else rf"\mathrm{{{name.text}}}"
    if name.font in _FONTS:
        font = r"\boldsymbol" if name.font == "bold" and letter != name.text else _FONTS[name.font]
        latex = f"{font}{{{letter}}}"
    for accent in name.accents:
        latex = rf"\{accent}{{{latex}}}"
    rest = key[0].removeprefix(base_of(name))
    if rest.startswith("_"):
        label = rest[1:]
        return f"{latex}_{label}" if len(label) == 1 else f"{latex}_{{{label}}}"
    return f"{latex}^{{{rest[1:]}}}" if rest.startswith("^") else latex


def _latex_of(context: Context, node: s.Node) -> str:
    key = key_of_name(context, node)
    if key and isinstance(node, (s.Name, s.Scripts)):
        return _written(key, _name(node))
    return node.text if isinstance(node, s.Name) else ""
