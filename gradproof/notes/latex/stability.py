"""The table of a naive and a stable form in LaTeX."""

from __future__ import annotations

from collections.abc import Iterator

from ..tree import Stability
from ..wording import words
from .text import plain, prose


def stability_latex(table: Stability, language: str) -> Iterator[str]:
    """The table and the note below it, with the macros of the preamble and the packages array and booktabs."""
    heads = " & ".join(rf"\textbf{{{plain(head)}}}" for head in table.heads)
    yield r"\par\vspace{.2em}{\centering\small"
    yield r"\begin{tabular}{@{}lrr>{\raggedright\arraybackslash}p{.56\linewidth}@{}}\toprule"
    yield rf"{heads}\\\midrule"
    for row in table.rows:
        fails = words("separator", language).join(map(prose, row.fails))
        yield rf"\texttt{{{plain(row.dtype)}}} & {plain(row.naive)} & {plain(row.stable)} & {fails}\\"
    yield r"\bottomrule\end{tabular}\par}"
    if table.note:
        yield rf"\nobreak\gpsmall{{{plain(table.note)}}}"
