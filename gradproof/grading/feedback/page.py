"""Graded submissions as one HTML file: no script, nothing loaded from elsewhere, all text of people escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from gradproof.derivations.calculus import Text
from gradproof.derivations.meaning import declared

from ..chinese import spoken
from ..exercise import Exercise
from ..marks import Graded
from ..numbers import shown as points_shown
from ..rubric import Awarded, Item, Points
from .formulas import shown
from .page_lines import badge, lines
from .remarks import item_words, letters_words, points_words, score_words
from .safe import safe
from .style import style
from .words import word


@dataclass(frozen=True, slots=True)
class Sheet:
    """What pages need to know besides the submissions; without a title they have that of the exercise."""

    exercise: Exercise
    language: str
    title: Text | None = None

    def words(self, key: str, **values: object) -> str:
        """A text, escaped."""
        return escape(word(key, self.language, **values))


def class_page(submissions: Sequence[Graded], sheet: Sheet) -> str:
    """A page with all submissions, and an index before them if there are several."""
    parts: list[str] = []
    if len(submissions) > 1:
        parts += _index(submissions, sheet, [f"#s{number}" for number in range(1, len(submissions) + 1)])
    for number, graded in enumerate(submissions, start=1):
        parts += _article(graded, sheet, f"s{number}", back="#index" if len(submissions) > 1 else "")
    return _page(parts, sheet)


def index_page(submissions: Sequence[Graded], sheet: Sheet, targets: Sequence[str]) -> str:
    """A page that lists the submissions, each with the file that shows it."""
    return _page(_index(submissions, sheet, targets), sheet)


def submission_page(graded: Graded, sheet: Sheet, back: str = "") -> str:
    """The page of one submission; `back` is the file that lists all."""
    return _page(_article(graded, sheet, "s1", back), sheet)


def _page(parts: Iterable[str], sheet: Sheet) -> str:
    title = (sheet.title or sheet.exercise.title).in_language(sheet.language)
    title = safe(word("title", sheet.language, title=title))
    head = [
        "<!doctype html>",
        f'<html lang="{"zh-Hans" if sheet.language == "zh" else "en"}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'font-src data:">',
        f"<title>{title}</title>",
        f"<style>\n{style()}</style>",
        "</head>",
        "<body>",
        f"<header><h1>{title}</h1>",
        f'<p class="legend">{sheet.words("legend")}</p></header>',
        "<main>",
    ]
    made = sheet.words("made")
    return "\n".join([*head, *parts, "</main>", f"<footer>{made}</footer>", "</body>", "</html>", ""])


def _index(submissions: Sequence[Graded], sheet: Sheet, targets: Sequence[str]) -> Iterator[str]:
    yield f'<section id="index"><h2>{sheet.words("class")}</h2>'
    heads = ("submission", "points_head", "open_head", "result_head", "first_head", "slip_head")
    cells = "".join(f'<th scope="col"{_number(key)}>{sheet.words(key)}</th>' for key in heads)
    yield f'<div class="scroll"><table class="class"><thead><tr>{cells}</tr></thead><tbody>'
    for graded, target in zip(submissions, targets, strict=True):
        yield f"<tr>{_row(graded, sheet, target)}</tr>"
    yield "</tbody></table></div></section>"


def _number(key: str) -> str:
    return ' class="number"' if key in ("points_head", "open_head", "first_head") else ""


def _row(graded: Graded, sheet: Sheet, target: str) -> str:
    wrong = graded.first_wrong
    slip = wrong.text() if wrong else None
    result = safe(spoken(graded.problem, sheet.language)) if graded.problem else sheet.words(graded.reached.name)
    cells = (
        f'<td><a href="{safe(target)}">{safe(graded.file)}</a></td>',
        f'<td class="number">{graded.points:g} / {graded.of:g}</td>',
        f'<td class="number">{graded.open or ""}</td>',
        f"<td>{result}</td>",
        f'<td class="number">{wrong.finding.place.line if wrong else ""}</td>',
        f"<td>{safe(slip.in_language(sheet.language)) if slip else ''}</td>",
    )
    return "".join(cells)


def _article(graded: Graded, sheet: Sheet, name: str, back: str) -> Iterator[str]:
    yield f'<article id="{name}" aria-labelledby="{name}-title">'
    yield f'<h2 id="{name}-title"><bdi>{safe(graded.file)}</bdi></h2>'
    if graded.problem:
        said = safe(spoken(graded.problem, sheet.language))
        yield f'<p class="marks">{badge("open", word("unread", sheet.language))} {said}</p>'
    else:
        yield from _marks(graded, sheet)
        yield f"<h3>{sheet.words('lines')}</h3>"
        yield from lines(graded, sheet.exercise, sheet.language)
    if back:
        yield f'<p class="back"><a href="{safe(back)}">{sheet.words("back")}</a></p>'
    yield "</article>"


def _marks(graded: Graded, sheet: Sheet) -> Iterator[str]:
    kind = {"RIGHT": "right", "WRONG": "wrong"}.get(graded.reached.name, "open")
    wrong = graded.first_wrong
    first = sheet.words("first", line=wrong.finding.place.line) if wrong else sheet.words("no_wrong")
    yield f'<p class="marks">{badge(kind, word(graded.reached.name, sheet.language))}'
    yield f'<span class="score">{escape(score_words(graded, sheet.language))}</span><span>{first}</span></p>'
    if letters := letters_words(graded, sheet.language):
        yield f"<p>{escape(letters)}</p>"
    if graded.awarded is not None:
        yield f"<h3>{sheet.words('rubric')}</h3>"
        yield from _rubric(graded.awarded, sheet)


def _rubric(points: Points, sheet: Sheet) -> Iterator[str]:
    heads = "".join(
        f'<th scope="col"{_number(key)}>{sheet.words(key)}</th>' for key in ("what", "points_head", "award")
    )
    yield f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>'
    for each in points.items:
        yield f"<tr><td>{_named(each.item, sheet)}</td>{_item(each, sheet)}</tr>"
    for deduction in points.deductions:
        line = sheet.words("deduction", line=deduction.line.finding.place.line)
        yield f'<tr><td>{line}</td><td class="number">−{points_shown(deduction.points)}</td><td></td></tr>'
    yield "</tbody></table></div>"


def _named(item: Item, sheet: Sheet) -> str:
    text = item.text.in_language(sheet.language)
    formula = shown(text, declared(sheet.exercise.declarations)[1]) if item.formula else ""
    return formula or safe(text)


def _item(each: Awarded, sheet: Sheet) -> str:
    said = escape(item_words(each, sheet.language))
    return f'<td class="number">{points_words(each)}</td><td><span class="{each.award.name}">{said}</span></td>'
