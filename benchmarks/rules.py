r"""Rules of the lexicon, told apart by the lines that they propose: `p = \softmax(z)` and `y = \softmax(o)` are one.

The rule of a line is the line with its names replaced in order, A = \softmax(B), and without labels. Nothing of this
is noted by hand, so that no rule of the lexicon escapes being judged.
"""

from __future__ import annotations

import re

_NAME = re.compile(
    r"\\(?:mathbf|boldsymbol|vec|mathcal|mathrm|hat|bar|tilde)\s*\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\\(?P<command>[A-Za-z]+)|(?P<letter>[A-Za-zΑ-ω])"
)
_LABEL = re.compile(r"_(?:\{(?![ijk,]+\})[^{}]*\}|(?![ijk{])\w)|\^\{?\([^()]*\)\}?")
_KEPT = {"x": "x", "R": "R"}
#: Spellings of one thing.
_SPELLINGS = (
    (r"\\(?:mathrm|text|operatorname)\s*\{(softmax|tanh|exp|log)\}", r"\\\1"),
    (r"\\(?:left|right|,|;|!)|&|\\displaystyle", ""),
    (r"\\ln\b", r"\\log"),
    (r"\s+", " "),
)
#: Commands that are no names.
_SIGNS = frozenset({
    "softmax", "tanh", "log", "exp", "frac", "sum", "partial", "sqrt", "cdot", "top", "onehot", "ne", "pi", "lVert",
    "rVert", "lvert", "rvert", "mathbb", "newcommand", "|",
})  # fmt: skip


def rule(line: str) -> str:
    """The rule by which a line is proposed."""
    if line.startswith(r"\newcommand"):
        return re.sub(r"\\newcommand\{[^{}]*\}|(?<=\{\\)\w+(?=\}\}$)|(?<=\{)\w(?=\}\}$)", "", line)
    _, colon, right = line.partition(" : ")
    if colon and "=" not in line:  # however many names have this shape, and whatever its sizes are called
        return "A : " + " ".join(_KEPT.get(word, "n") if len(word) == 1 else word for word in right.split())
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        text, command = match.group(), match["command"]
        if command in _SIGNS or (command == "sigma" and line[match.end() : match.end() + 1] == "("):
            return text
        if match["letter"] and (line[: match.start()].endswith("_") or _in_script(line, match.start())):
            return text
        return names.setdefault(text, chr(ord("A") + len(names)))

    for spelling, plain in _SPELLINGS:
        line = re.sub(spelling, plain, line)
    line = _LABEL.sub("", line)
    return _NAME.sub(named, line)


def _in_script(line: str, place: int) -> bool:
    """Whether a place lies within the braces of a subscript."""
    opening = line.rfind("{", 0, place)
    return opening > 0 and line[opening - 1] == "_" and line.find("}", opening) > place
