"""What the words around a formula say of the case in which it holds: i = j, i ≠ j, nothing, or nobody knows.

Only what is certain counts. A case is that of a formula if it is all that the words right before it say; a formula is
said in general if no word near it could mean a case. Everything in between is left to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.documents import Document, Passage

from .vocabulary import OF_CASES, OF_CASES_ZH, PLAIN, PLAIN_ZH, RESTRICTING, RESTRICTING_ZH, TURNING, TURNING_ZH

_CONDITION = re.compile(
    r"(?<![A-Za-z\\_^{}])(?:\$`?|\\\()?\s*(?P<first>[a-z])\s*(?P<sign>=|\\neq?(?![a-z])|\\not\s*=|≠)\s*(?P<second>[a-z])\s*"
    r"(?:`?\$|\\\))?(?![A-Za-z_^{}(0-9])"
)
_INLINE = re.compile(r"\$`?(?P<dollar>[^$]+?)`?\$|\\\((?P<bracket>.+?)\\\)", re.DOTALL)
#: A formula within a sentence that restricts: t = 1, k = c, x > 0, i \in S.
_RESTRICTS = re.compile(r"[<>≤≥≠∈]|\\(?:neq?|leq?|geq?|in|not|forall|exists)(?![a-z])|=\s*(?:-?\d+|[a-z])\s*\Z")
_COMMENT = re.compile(r"<!--.*?-->|(?<!\\)%[^\n]*", re.DOTALL)
_COMMAND = re.compile(r"\\(?:begin|end|label|ref|eqref|cite)\*?\s*\{[^{}]*\}|\\[A-Za-z]+\*?|[{}\[\]]")
#: That formulas are the same, not that indices are.
_SAME_AS = re.compile(r"\bthe\s+same\s+as\b", re.IGNORECASE)
_SUMS = re.compile(
    r"hot|distribut|probab|normal|simplex|shares|label|unit mass"
    r"|\\sum[^=$]{0,80}=\s*1(?!\d)|(?<!\d)1\s*=\s*\\sum|\bsums?\s+(?:up\s+)?to\b|\bsum\s+(?:is|of)\b|\btotals?\b"
    r"|独热|分布|概率|归一|标签|之和|总和|求和为|和为",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t]*\n")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[A-Za-z]+")
_OPENING_ZH = re.compile("若|当|如果|对|情|第|则|因|所|故|于是|又|综|由|令|设|首|然后|最后|接着")


@dataclass(frozen=True, slots=True)
class Around:
    """What the words around a formula say.

    certain  whether they certainly say no other case than `case`
    case     the condition on two indices under which the formula is said; None if it is said in general
    """

    certain: bool = False
    case: Node | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text between two displays, or a paragraph of it.

    cases    the conditions on indices in it
    plain    whether no other word in it can restrict anything
    formal   whether nothing but words beside conditions stands with these
    far      whether a word in it may restrict what stands far from it
    turns    whether a word in it may turn to another quantity
    """

    text: str
    cases: tuple[tuple[str, str, str], ...]
    plain: bool
    formal: bool
    far: bool
    turns: bool

    @property
    def opens(self) -> bool:
        """Whether it begins like a sentence, so that it speaks of what follows and not of what stands before it."""
        bare = self.text.lstrip(" \t\n.,;:，。；：*#>-&\\")
        return not bare or bare[0].isupper() or bare[0].isdigit() or _OPENING_ZH.match(bare) is not None

    @property
    def silent(self) -> bool:
        return self.plain and not self.cases


def words_around(document: Document) -> dict[int, Around]:
    """What is said of each display of a document, by its place among the parts."""
    shown = [
        (place, part) for place, part in enumerate(document.parts) if isinstance(part, Passage) and part.display
    ]
    gaps = [_gap(one, two) for (_, one), (_, two) in pairwise(shown)]
    if not shown:
        return {}
    first, last = shown[0][1], shown[-1][1]
    gaps = [_body(first.source.text[: first.start]), *gaps, last.source.text[last.start + len(last.text) :]]
    pieces = [piece(gap) for gap in gaps]
    found: dict[int, Around] = {}
    for number, (place, part) in enumerate(shown):
        found[place] = _said(part, pieces, number)
    return found


def speaks_of_sums(text: str) -> bool:
    """Whether a text may say that entries sum to 1: that they are one-hot, shares, or a distribution."""
    return _SUMS.search(text) is not None


def _said(part: Passage, pieces: list[_Piece], number: int) -> Around:
    before, behind = pieces[number], pieces[number + 1]
    paragraph = piece(_BLANK.split(before.text.rstrip())[-1])
    trail = piece(_BLANK.split(behind.text, maxsplit=1)[0])
    apart = len(_BLANK.split(before.text.rstrip())) > 1 or number == 0
    follows = trail.silent or (trail.opens and trail.formal and number + 2 < len(pieces))
    if not _words_in(part.text) or not follows:
        return Around()
    cases = set(paragraph.cases)
    if len(cases) == 1 and paragraph.formal and (apart or paragraph.opens):
        first, sign, second = cases.pop()
        return Around(True, read_formula(rf"{first} {'=' if sign == '=' else chr(92) + 'ne'} {second}"))
    return Around(before.silent and not any(piece.cases or piece.far for piece in pieces))


def _gap(one: Passage, two: Passage) -> str:
    """The text between two displays; of two texts, such as cells of a notebook, what ends one and begins the other."""
    start = one.start + len(one.text)
    if one.source == two.source:
        return one.source.text[start : two.start]
    return f"{one.source.text[start:]}\n\n{two.source.text[: two.start]}"


def _body(text: str) -> str:
    """A text without front matter and preamble."""
    text = re.sub(r"\A---[ \t]*\n.*?^---[ \t]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    return text.rpartition(r"\begin{document}")[2]


def piece(text: str) -> _Piece:
    """What a piece of text says of cases."""
    text = _SAME_AS.sub(" ", _COMMENT.sub(" ", text).replace("$$", " "))
    cases: list[tuple[str, str, str]] = []

    def take(match: re.Match[str]) -> str:
        cases.append((match["first"], "=" if match["sign"] == "=" else "≠", match["second"]))
        return " "

    left = _CONDITION.sub(take, text)
    formulas = [match["dollar"] or match["bracket"] for match in _INLINE.finditer(left)]
    restricted = any(_RESTRICTS.search(formula) for formula in formulas)
    words = _COMMAND.sub(" ", _INLINE.sub(" ", left))
    english = {word.lower() for word in _WORD.findall(words)}
    plain = english <= PLAIN and not _left_over(words, PLAIN_ZH) and not restricted
    formal = english <= OF_CASES and not _left_over(words, OF_CASES_ZH) and not restricted
    far = bool(english & RESTRICTING) or any(word in words for word in RESTRICTING_ZH) or restricted
    turns = bool(english & TURNING) or any(word in words for word in TURNING_ZH)
    return _Piece(text, tuple(cases), plain, formal, far and not (cases and formal), turns)


def _left_over(text: str, known: tuple[str, ...]) -> bool:
    """Whether Chinese words are left that are not known."""
    for run in _CHINESE.findall(text):
        rest = run
        for word in known:
            rest = rest.replace(word, " ")
        if rest.strip():
            return True
    return False


def _words_in(formula: str) -> bool:
    r"""Whether the words within a display, as in \text{…}, are known to restrict nothing, or are read with it."""
    bare = re.sub(r"\\begin\{cases\}.*?\\end\{cases\}", " ", formula, flags=re.DOTALL)
    said = re.findall(r"\\(?:text|mbox|textrm|textit|textbf|intertext)\s*\{([^{}]*)\}", bare)
    return all(piece(words).silent for words in said)
