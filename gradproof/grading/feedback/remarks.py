"""What is said of one line, sentence by sentence, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from gradproof.derivations.notation import tree_text
from gradproof.derivations.notation.names import written

from ..chinese import spoken
from ..marks import Graded, Line, Mark
from ..numbers import shown
from ..rubric import Awarded
from ..standing import Standing
from .words import word


def remarks(line: Line, language: str) -> Iterator[str]:
    """The sentences on a line: the slip or the hint, why it has its mark, and how credit goes on."""
    slip = line.text()
    if line.hint is not None:
        yield word("hint", language) + word("colon", language) + line.hint.in_language(language)
    elif slip is not None:
        yield slip.in_language(language)
    elif line.mark is Mark.WRONG and not line.point and not line.reason:
        yield word("differs", language)
    if line.again:
        yield word("again", language)
    elif line.stands is Standing.WRONG and line.mark is Mark.RIGHT:
        yield word("carried", language)
    if line.reason and not line.again:
        yield spoken(line.reason, language)


def item_words(each: Awarded, language: str) -> str:
    """What became of an item of a rubric, and in which line."""
    said = word("OPEN_ITEM" if each.open else each.award.name, language)
    if each.line is None:
        return said
    return f"{said} ({word('line', language, line=each.line.finding.place.line)})"


def points_words(each: Awarded) -> str:
    """The points of an item and those that it has: 2 / 2, or 0–2 / 2 where a person decides."""
    points = f"{shown(each.points)}–{shown(each.open)}" if each.open else shown(each.points)
    return f"{points} / {shown(each.item.points)}"


def letters_words(graded: Graded, language: str) -> str:
    """Which letters of the submission were taken for those of the exercise; empty if it is in these."""
    pairs = [
        word("letter", language, ours=tree_text(written(ours)), theirs=tree_text(written(theirs)))
        for ours, theirs in sorted(graded.letters.items())
    ]
    return word("letters", language, pairs=word("comma", language).join(pairs)) if pairs else ""


def score_words(graded: Graded, language: str) -> str:
    """The points of a submission in words, with what is left to a person."""
    points = graded.awarded
    if points is None:
        return word("points", language, points=graded.points, of=graded.of, open=graded.count_open)
    key = "score_open" if points.most > points.certain else "score"
    values = {"points": points.certain, "of": points.of, "most": points.most}
    return word(key, language, **{name: shown(value) for name, value in values.items()})
