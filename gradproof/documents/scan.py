r"""Finding formulas in a text: signs that open something, and how it ends.

The text is gone through once. What is no mathematics (comments, code) has openers of its own, so that nothing is found
in it. A sign that opens a display and is never closed is a fault with a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from .marks import Marks
from .passage import Declared, Fault, Passage, Source

Part = Passage | Declared | Fault


class Kind(Enum):
    """What stands between an opener and its end. LEFT is left alone."""

    DISPLAY = "display"
    INLINE = "inline"
    COMMENT = "comment"
    LEFT = "left"


@dataclass(slots=True)
class Search:
    """A text in which ends are looked for; remembers which are not there, so that all looking takes linear time."""

    text: str
    _absent: dict[str, int] = field(default_factory=dict)

    def find(self, sign: str, start: int) -> int:
        """Where the sign stands next; −1 if nowhere."""
        if start >= self._absent.get(sign, len(self.text) + 1):
            return -1
        found = self.text.find(sign, start)
        if found < 0:
            self._absent[sign] = start
        return found


#: Where the content ends and where to go on; None if it does not end.
End = Callable[[re.Match[str], Search], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Opener:
    """A sign that opens something. `needed`: the fault if it has no end; empty if it then is no opener at all."""

    name: str
    pattern: str
    kind: Kind
    end: End
    needed: str = ""


def at(sign: str | Callable[[re.Match[str]], str]) -> End:
    """It ends at the next such sign."""

    def end(match: re.Match[str], search: Search) -> tuple[int, int] | None:
        closing = sign if isinstance(sign, str) else sign(match)
        found = search.find(closing, match.end())
        return None if found < 0 else (found, found + len(closing))

    return end


def by(pattern: str) -> End:
    """It ends as this pattern matches right behind the opener; the first group is the content."""
    compiled = re.compile(pattern, re.DOTALL | re.MULTILINE)

    def end(match: re.Match[str], search: Search) -> tuple[int, int] | None:
        found = compiled.match(search.text, match.end())
        return None if found is None else (found.end(1), found.end())

    return end


def itself(match: re.Match[str], search: Search) -> tuple[int, int]:
    """The opener is all there is."""
    return match.end(), match.end()


_ENVIRONMENTS = "equation|align|alignat|gather|multline|eqnarray|displaymath|flalign|dmath|math|IEEEeqnarray"
_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_INNER_MARK = re.compile(r"(?<!\\)%(?=\s*gradproof:)([^\n]*)")

#: What encloses mathematics in LaTeX, except single dollars, which not everybody reads alike.
MATHEMATICS = (
    Opener(
        "environment",
        rf"\\begin\{{(?P<environment_name>(?:{_ENVIRONMENTS})\*?)\}}",
        Kind.DISPLAY,
        at(lambda match: rf"\end{{{match['environment_name']}}}"),
        "this environment has no end",
    ),
    Opener("brackets", r"\\\[", Kind.DISPLAY, at(r"\]"), r"\[ opens a formula that no \] ends"),
    Opener("parentheses", r"\\\(", Kind.INLINE, at(r"\)"), r"\( opens a formula that no \) ends"),
    Opener("dollars", r"\$\$", Kind.DISPLAY, at("$$"), "$$ opens a formula that no $$ ends"),
)

#: A dollar in Markdown, as Pandoc and GitHub have it: no space behind the first one nor before the last, no letter or
#: digit before the first, no digit behind the last, and no code between.
DOLLAR = Opener(
    "dollar",
    r"(?<![A-Za-z0-9$])\$(?![\s$])",
    Kind.INLINE,
    by(r"((?:[^$\\\n`]|\\.|\n(?![ \t]*\n))*+)(?<!\s)\$(?!\d)"),
)


def parts_of(source: Source, openers: Sequence[Opener], marks: Marks, start: int = 0) -> Iterator[Part]:
    """The formulas, declarations and faults of a text, in their order."""
    pattern = re.compile("|".join(f"(?P<{opener.name}>{opener.pattern})" for opener in openers), re.MULTILINE)
    named = {opener.name: opener for opener in openers}
    search = Search(source.text)
    place = start
    while match := pattern.search(source.text, place):
        opener = named[next(name for name in named if match[name] is not None)]
        end = opener.end(match, search)
        place = max(match.end(), place + 1) if end is None else max(end[1], match.end())
        if end is None:
            if opener.needed:
                yield Fault(opener.needed, source.place(match.start()))
        elif opener.kind is Kind.COMMENT:
            yield from marks.hear(source, match.end(), end[0])
        elif opener.kind is not Kind.LEFT:
            display = opener.kind is Kind.DISPLAY and not _amid_words(source.text, match.start())
            label = match.groupdict().get("label_option") or ""
            yield from passage_of(source, match.end(), source.text[match.end() : end[0]], marks, display, label)


def passage_of(
    source: Source, start: int, text: str, marks: Marks, display: bool = True, label: str = ""
) -> Iterator[Part]:
    """The formula that stands at a place of a text, after what the comments within it declare."""
    if not text.strip():
        return
    for inner in _INNER_MARK.finditer(text):
        yield from marks.hear(source, start + inner.start(1), start + inner.end(1))
    handling, called, marked = marks.taken(text, display)
    named = _LABEL.search(text)
    yield Passage(text, source, start, display, called or label or (named[1] if named else ""), handling, marked)


def _amid_words(text: str, start: int) -> bool:
    """Whether $$ stands behind words on its line, as kramdown writes inline formulas."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return text.startswith("$$", start) and any(map(str.isalnum, line)) and not re.fullmatch(r"\s*\d+[.)]\s*", line)
