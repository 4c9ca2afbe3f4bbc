"""Results for Gradescope: the `results.json` that its autograder platform reads for one submission.

The fields are those of its autograder specification (gradescope-autograders.readthedocs.io/en/latest/specs): points, an
output for the whole, and a test for each item of the rubric or, without one, for each line. What a person decides has
its points but no score, and no status.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..chinese import spoken
from ..marks import SCHEMA, Graded, Line, Mark
from ..numbers import number, shown
from ..rubric import Awarded, Points
from .remarks import letters_words, remarks, score_words
from .words import word

#: All output is plain text, so that nothing in it is obeyed.
_PLAIN = "text"


def results(graded: Graded, language: str, visibility: str = "visible") -> dict[str, Any]:
    """The document for one submission, which `json.dump(…, allow_nan=False)` takes."""
    tests = _lines(graded, language, visibility)
    if graded.awarded is not None:
        tests = _items(graded.awarded, language, visibility)
    return {
        "score": graded.points,
        "output": "\n".join(_output(graded, language)),
        "output_format": _PLAIN,
        "visibility": visibility,
        "extra_data": {"schema": SCHEMA, "of": graded.of, "open": graded.open, "result": graded.reached.name},
        "tests": list(tests),
    }


def _output(graded: Graded, language: str) -> Iterator[str]:
    """What is said of the whole: points, the first wrong line, and every line that is not plainly right."""
    if graded.problem:
        yield spoken(graded.problem, language)
        return
    wrong = graded.first_wrong
    yield score_words(graded, language)
    yield word("first", language, line=wrong.finding.place.line) if wrong else word("no_wrong", language)
    yield word(graded.reached.name, language)
    if letters := letters_words(graded, language):
        yield letters
    for deduction in graded.awarded.deductions if graded.awarded else ():
        cost = word("deduction", language, line=deduction.line.finding.place.line)
        yield f"{cost}{word('colon', language)}−{shown(deduction.points)}"
    for line in graded.lines:
        said = list(_said(line, language))
        if line.mark is not Mark.NONE and (said or line.mark is not Mark.RIGHT):
            yield f"{_name(line, language)}{word('colon', language)}{word(line.mark.name.lower(), language)}"
            yield from (f"  {sentence}" for sentence in said)


def _said(line: Line, language: str) -> Iterator[str]:
    yield from remarks(line, language)
    if line.point is not None:
        yield f"{word('at', language)} {spoken(str(line.point), language)}"


def _name(line: Line, language: str) -> str:
    formula = " ".join(filter(None, (line.finding.sign, line.finding.right)))
    return f"{word('line', language, line=line.finding.place.line)}{word('colon', language)}{formula}"


def _lines(graded: Graded, language: str, visibility: str) -> Iterator[dict[str, Any]]:
    for line in graded.lines:
        if line.mark is not Mark.NONE:
            said = "\n".join(_said(line, language))
            decided = None if line.mark is Mark.OPEN else Fraction(line.mark is Mark.RIGHT)
            yield _test(_name(line, language), decided, Fraction(1), said, line.mark is Mark.RIGHT, visibility)


def _items(points: Points, language: str, visibility: str) -> Iterator[dict[str, Any]]:
    for each in points.items:
        decided = None if each.open else each.points
        name = each.item.text.in_language(language)
        yield _test(name, decided, each.item.points, _because(each, language), bool(each.points), visibility)


def _because(each: Awarded, language: str) -> str:
    said = word("OPEN_ITEM" if each.open else each.award.name, language)
    return said if each.line is None else f"{said} ({_name(each.line, language)})"


def _test(
    name: str, score: Fraction | None, of: Fraction, output: str, passed: bool, visibility: str
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "name_format": _PLAIN,
        "max_score": number(of),
        "output": output,
        "output_format": _PLAIN,
        "visibility": visibility,
    }
    if score is not None:
        found |= {"score": number(score), "status": "passed" if passed else "failed"}
    return found
