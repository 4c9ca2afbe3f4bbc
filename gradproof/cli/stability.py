"""`gradproof show NAME --stability`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation.wrapping import columns, wrapped
from gradproof.notes.latex.stability import stability_latex
from gradproof.notes.stability import measured, stability_table
from gradproof.notes.tree import Stability
from gradproof.notes.wording import words
from gradproof.verify.stability import NoStableFormError

from .exits import OK, OPEN, CommandError
from .selection import select
from .terminal import paint, width


def show_stability(name: str, form: str, *, language: str) -> int:
    """Measure the two forms of an entry and print the table as text, LaTeX or Markdown.

    The exit code is OPEN if a dtype could not be measured here. Raises CommandError for an entry without a naive and a
    stable form, and for a form in which there is no table.
    """
    (derivation,) = select([name])
    if form not in ("text", "latex", "markdown"):
        raise CommandError(f"a table of errors is written as text, latex or markdown, not as {form}")
    try:
        measurement = measured(derivation)
    except NoStableFormError as error:
        raise CommandError(str(error)) from error
    table = stability_table(measurement, language)
    match form:
        case "latex":
            lines = stability_latex(table, language)
        case "markdown":
            lines = _markdown(table, language)
        case _:
            lines = _text(derivation, table, language)
    print("\n".join(lines).replace("\u00a0", " "))  # which kept lines from being broken there
    return OPEN if any(row.unavailable for row in measurement.rows) else OK


def _text(derivation: Derivation, table: Stability, language: str) -> Iterator[str]:
    yield paint(derivation.title.in_language(language), "title")
    separator = words("separator", language)
    rows = [table.heads, *((row.dtype, row.naive, row.stable, separator.join(row.fails)) for row in table.rows)]
    widths = [max(columns(row[place]) for row in rows) for place in range(3)]
    for row in rows:
        yield from _row(row, widths)
    yield ""
    yield from wrapped(table.note, width(), "", "")


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The first cell at the left, numbers at the right of their columns, and the last cell beside them on its lines."""
    padding = [" " * (room - columns(cell)) for cell, room in zip(cells, widths, strict=False)]
    head = f"{cells[0]}{padding[0]}  {padding[1]}{cells[1]}  {padding[2]}{cells[2]}  "
    if not cells[3]:
        yield head.rstrip()
        return
    yield from wrapped(cells[3], width(), head, " " * columns(head))


def _markdown(table: Stability, language: str) -> Iterator[str]:
    yield f"| {' | '.join(table.heads)} |"
    yield "|:---|---:|---:|:---|"
    for row in table.rows:
        fails = words("separator", language).join(row.fails).replace("|", r"\|")
        yield f"| {row.dtype} | {row.naive} | {row.stable} | {fails} |"
    yield ""
    yield table.note
