"""The options of `gradproof grade`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Marks(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"
    GRADESCOPE = "gradescope"


SubmissionsArgument = Annotated[
    list[str], typer.Argument(metavar="FILES", help="Files, a folder of submissions, or patterns such as 'hw/*.tex'.")
]
AgainstOption = Annotated[
    str,
    typer.Option("--against", metavar="NAME|FILE", help="What was to be found: an entry, or your own .toml or .tex."),
]
RubricOption = Annotated[
    Path | None, typer.Option("--rubric", metavar="FILE", help="A .toml file that says what earns which points.")
]
MarksOption = Annotated[Marks, typer.Option("--format", help="How to write the marks.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE|FOLDER", help="Where to write html or gradescope.")
]
HintsOption = Annotated[
    int, typer.Option("--hints", min=0, max=3, help="A hint at the first wrong line instead of what is wrong there.")
]
NamesOption = Annotated[
    str | None,
    typer.Option("--names", metavar="PATTERN", help="How files are named, as in '{student}_hw3.tex'; * is anything."),
]
SummaryOption = Annotated[
    Path | None, typer.Option("--summary", metavar="FILE", help="Write a row a student into a .csv or .json file.")
]
ExecutorOption = Annotated[
    str | None,
    typer.Option("--executor", metavar="dask:ADDRESS", help="Grade on a Dask cluster. Default: on this machine."),
]
