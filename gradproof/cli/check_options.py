"""The options of `gradproof check` and `gradproof lock`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


ReportOption: TypeAlias = Annotated[
    ReportFormat, typer.Option("--format", help="How to write the findings; github: annotations of its Actions.")
]
StrictOption: TypeAlias = Annotated[bool, typer.Option("--strict", help="Fail as well on what could not be decided.")]
BaselineOption: TypeAlias = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Known failures: they are said, and nothing fails.")
]
WriteBaselineOption: TypeAlias = Annotated[
    bool, typer.Option("--write-baseline", help="Write what fails now into the file of --baseline.")
]
InlineOption: TypeAlias = Annotated[bool, typer.Option("--inline", help="List inline formulas that state nothing.")]
