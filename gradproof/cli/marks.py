"""How the marks of submissions are told on a terminal: each with its lines, and at the end the class in two tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .terminal import hanging, harmless, paint, width

if TYPE_CHECKING:
    from gradproof.grading.marking import Graded, Line

_STYLES = {"RIGHT": "good", "WRONG": "bad", "OPEN": "open", "NONE": "faint"}
#: How many slips the table at the end has.
_MOST = 10


def told(graded: Graded, language: str) -> Iterator[str]:
    """The lines on a submission: its marks, the first wrong line, and every line that is not plainly right."""
    from gradproof.grading.chinese import spoken
    from gradproof.grading.feedback import letters_words, score_words, word

    yield paint(harmless(graded.file), "name")
    if graded.problem:
        yield "  " + hanging(harmless(spoken(graded.problem, language)), 2, 4)
        return
    if letters := letters_words(graded, language):
        yield "  " + hanging(harmless(letters), 2, 4)
    for line in graded.lines:
        yield from _line(line, graded.file, language)
    yield from _items(graded, language)
    wrong = graded.first_wrong
    first = word("first", language, line=wrong.finding.place.line) if wrong else word("no_wrong", language)
    ends = "。" if language == "zh" else "; "
    yield "  " + hanging(ends.join((score_words(graded, language), first, word(graded.reached.name, language))), 2, 4)


def _line(line: Line, file: str, language: str) -> Iterator[str]:
    from gradproof.grading.chinese import spoken
    from gradproof.grading.feedback import remarks, word

    if line.mark.name == "NONE":
        return
    finding = line.finding
    mark = paint(word(line.mark.name.lower(), language), _STYLES[line.mark.name])
    formula = harmless(" ".join(filter(None, (finding.sign, finding.right))) or finding.statement)
    place = finding.place
    at = f"{place.line}:{place.column}" if place.file == file else harmless(str(place))
    yield f"  {at} {mark}"
    if formula:
        yield "    " + hanging(formula, 4, 8)
    yield from ("    " + hanging(harmless(said), 4, 8) for said in remarks(line, language))
    if line.point:
        point = spoken(str(line.point), language)
        yield "    " + hanging(f"{word('at', language)} {harmless(point)}", 4, 8)


def _items(graded: Graded, language: str) -> Iterator[str]:
    """What became of each item of the rubric, and what errors cost."""
    from gradproof.grading.feedback import item_words, points_words, word
    from gradproof.grading.numbers import shown

    if graded.awarded is None:
        return
    colon = word("colon", language)
    for each in graded.awarded.items:
        text = f"{points_words(each)} {each.item.text.in_language(language)}{colon}{item_words(each, language)}"
        yield "  " + hanging(harmless(text), 2, 6)
    for deduction in graded.awarded.deductions:
        cost = word("deduction", language, line=deduction.line.finding.place.line)
        yield f"  −{shown(deduction.points)} {cost}"


def class_told(results: Sequence[Graded], language: str) -> Iterator[str]:
    """How many reached what, and the slips that most of the class make, as two tables."""
    from gradproof.grading.classroom import frequent_slips
    from gradproof.grading.feedback import word
    from gradproof.grading.marks import Reached, slip_text

    counts = Counter("" if graded.problem else graded.reached.name for graded in results)
    names = (*(each.name for each in Reached), "")
    reached = [(word(name, language), counts[name]) for name in names if counts[name]]
    yield from _table(word("graded", language), word("students", language), reached)
    slips = [(slip_text(slip.name).in_language(language), slip.students) for slip in frequent_slips(results)[:_MOST]]
    if slips:
        yield ""
        yield from _table(word("slips", language), word("students", language), slips)


def _table(title: str, number: str, lines: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Texts and numbers in two columns, as wide as they have to be; Chinese letters take two places each."""
    from rich.cells import cell_len, chop_cells

    last = max(cell_len(number), *(len(str(count)) for _, count in lines))
    most = width() - last - 4
    first = min(most, max(cell_len(text) for text, _ in (*lines, (title, 0))))
    yield paint(f"  {title}{' ' * (first - cell_len(title))}  {' ' * (last - cell_len(number))}{number}", "title")
    for text, count in lines:
        *whole, end = chop_cells(text, first) if cell_len(text) > first else [text]
        yield from (f"  {part}" for part in whole)
        yield f"  {end}{' ' * (first - cell_len(end))}  {count:>{last}}"
