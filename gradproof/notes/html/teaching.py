"""Mistakes, worked example, exercises, code and pictures on the page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gradproof.derivations.notation import tree_text

from .. import tree as n
from ..parts import CodeLine, Exercise, Mistake, Numbers, Picture
from ..wording import verdict_label, words
from .pieces import glyph, math, prose, scroll, text, verdict_class


def pictures_html(pictures: tuple[Picture, ...], section: n.Section, language: str) -> Iterator[str]:
    for place, picture in enumerate(pictures, start=1):
        number = words("figure", language).format(number=_numbered(section, place, pictures))
        label = escape(picture.alternative, quote=True)
        drawing = picture.svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
        yield f'<figure class="picture">{scroll(drawing)}'
        yield f"<figcaption><strong>{escape(number)}</strong> {text(picture.caption)}</figcaption></figure>"


def _numbered(section: n.Section, place: int, pictures: tuple[Picture, ...]) -> str:
    return section.number if len(pictures) == 1 else f"{section.number}-{place}"


def numbers_html(numbers: Numbers, language: str) -> Iterator[str]:
    yield f"<h4>{escape(words('example', language))}</h4>"
    yield f"<p>{prose(numbers.given)}{prose(numbers.value)}</p>"
    heads = "".join(f'<th scope="col" class="number">{_head(head)}</th>' for head in numbers.heads)
    yield f'<div class="scroll" tabindex="0"><table class="numbers"><thead><tr>{heads}</tr></thead><tbody>'
    for row in numbers.rows:
        cells = (f'<td class="number">{escape(cell)}</td>' for cell in row)
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
    if numbers.note:
        yield f'<p class="note">{text(numbers.note)}</p>'


def _head(head: n.Prose) -> str:
    """The head of a column; one that is a formula alone is read aloud as text."""
    letters = [tree_text(part.tree) for part in head if isinstance(part, n.Formula)]
    if len(letters) < len(head):
        return prose(head)
    return f'<span aria-hidden="true">{prose(head)}</span><span class="hidden">{escape(" ".join(letters))}</span>'


def code_html(lines: tuple[CodeLine, ...], language: str) -> Iterator[str]:
    yield f"<figure><figcaption>{escape(words('code_beside', language))}"
    yield f"<span>{escape(words('result_code', language))}</span></figcaption>"
    yield '<div class="scroll" tabindex="0"><table class="code"><tbody>'
    for line in lines:
        formula = math(line.formula) if line.formula is not None else ""
        yield f"<tr><td><code>{escape(line.source)}</code></td><td>{formula}</td></tr>"
    yield "</tbody></table></div></figure>"


def mistakes_html(mistakes: tuple[Mistake, ...], language: str) -> Iterator[str]:
    yield f'<section class="mistakes"><h4>{escape(words("mistakes", language))}</h4><ol>'
    for mistake in mistakes:
        kind, label = verdict_class(mistake.verdict), escape(verdict_label(mistake.verdict, language))
        mark = f'<b class="{kind}">{glyph(mistake.verdict)} {label}</b>'
        yield f"<li><p>{text(mistake.text)} {mark}</p>"
        yield f"{scroll(math(mistake.formula))}<p>{prose(mistake.exposed)}</p></li>"
    yield "</ol></section>"


def exercises_html(exercises: tuple[Exercise, ...], language: str) -> Iterator[str]:
    yield f"<h4>{escape(words('exercises', language))}</h4>"
    for exercise in exercises:
        number = escape(words("exercise", language).format(number=exercise.number))
        yield f'<section class="exercise" id="{exercise.anchor}">'
        yield f"<h5>{number} <span>{text(exercise.title)}</span></h5>"
        yield f"<p>{prose(exercise.task)}</p>"
        yield from _lines(exercise)
        yield f"<details><summary>{escape(words('solution', language))}</summary>"
        yield f"<p>{prose(exercise.solution.text)}</p>"
        if exercise.solution.formula is not None:
            yield scroll(math(exercise.solution.formula))
        yield "</details></section>"


def _lines(exercise: Exercise) -> Iterator[str]:
    if not exercise.lines:
        yield scroll(math(exercise.statement))
        return
    yield '<ol class="lines">'
    for place, line in enumerate(exercise.lines):
        left = math(exercise.statement) if place == 0 else ""
        relation = f"<math><mo>{escape(line.relation)}</mo></math>&nbsp;"
        name = f'<span class="id">{line.id}</span>'
        yield f'<li>{name}<div class="left">{left}</div>'
        yield f'<div class="formula scroll">{relation}{math(line.formula)}</div></li>'
    yield "</ol>"
