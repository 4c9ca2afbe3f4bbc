"""The options of the commands: what they are called, what they take, and the line of help on each."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


class Form(StrEnum):
    TEXT = "text"
    LATEX = "latex"
    MARKDOWN = "markdown"
    NUMPY = "numpy"
    TORCH = "torch"


class MatrixLayout(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Output(StrEnum):
    TEXT = "text"
    JSON = "json"


class Device(StrEnum):
    CPU = "cpu"
    CUDA = "cuda"


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of the texts.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON of a versioned schema.")]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Child processes that check at once. Default: one a core.")
]
CacheOption = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Use and keep verdicts; GRADPROOF_CACHE_DIR names the folder.")
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Chooses the points and primes.")]
FilesArgument = Annotated[
    list[str], typer.Argument(metavar="FILES", help="Files, folders, patterns such as 'hw/*.tex', or - for stdin.")
]
DeclareOption = Annotated[
    list[str] | None,
    typer.Option("--declare", metavar="TEXT|FILE", help="Declarations: lines, a text file, or TOML with given = …"),
]
OutputOption = Annotated[Output, typer.Option("--format", help="How to write the findings.")]
NamesArgument = Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Derivations; none means all.")]

ReportOption = Annotated[
    ReportFormat, typer.Option("--format", help="How to write the findings; github: annotations of its Actions.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Fail as well on what could not be decided.")]
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Known failures: they are said, and nothing fails.")
]
WriteBaselineOption = Annotated[
    bool, typer.Option("--write-baseline", help="Write what fails now into the file of --baseline.")
]
InlineOption = Annotated[bool, typer.Option("--inline", help="List inline formulas that state nothing.")]

LockedArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAMES", help="Files, folders, patterns, derivations; none: all locked."),
]
LockOption = Annotated[Path, typer.Option("--file", metavar="FILE", help="Where the lock is.")]
CheckOption = Annotated[bool, typer.Option("--check", help="Write nothing; fail as well on what is not locked yet.")]
AcceptOption = Annotated[bool, typer.Option("--accept", help="Take everything as it is now.")]
