"""What pytest is asked for: which documents, which of their formulas, how strictly, and with which points."""

from __future__ import annotations

import glob
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from ..plugin import MODES

#: The files that are read; `gradproof.documents` loads more than a run without documents should.
ENDINGS = frozenset({".tex", ".md", ".markdown", ".ipynb", ".py"})
#: Under which name the main process of pytest-xdist tells its workers the seed.
SEED = "gradproof_seed"


@dataclass(frozen=True, slots=True)
class Request:
    """The options and settings of a run.

    patterns  of the setting gradproof_files
    files     what they match; without patterns every file that pytest comes across is a document if it can be one
    named     whether --gradproof was given, so that files on the command line count whether a pattern fits or not
    every     whether all formulas are checked, not only the marked ones
    strict    whether what could not be decided or read fails
    declarations  lines that stand before every document
    """

    patterns: tuple[str, ...]
    files: frozenset[Path]
    named: bool
    every: bool
    strict: bool
    seed: int
    declarations: str = ""

    def collects(self, path: Path, given: bool) -> bool:
        """Whether a file is a document of this run; `given`: whether it is an argument of the command line."""
        if path.suffix.lower() not in ENDINGS:
            return False
        return path in self.files or (self.named and (given or not self.patterns))


def asked_by(config: pytest.Config) -> Request:
    """The request of a run. Raises UsageError for a pattern without a file, for a mode or a seed that is none, and for
    declarations that cannot be read.

    Where no files or folders are named on the command line, the documents are collected beside the other tests.
    """
    patterns = tuple(config.getini("gradproof_files"))
    files = frozenset(path for pattern in patterns for path in _matching(config.rootpath, pattern))
    mode = config.getoption("gradproof_mode") or config.getini("gradproof_mode")
    if mode not in MODES:
        raise pytest.UsageError(f"gradproof_mode is {mode!r}; it is one of {', '.join(MODES)}")
    if config.args_source is not config.ArgsSource.ARGS:
        config.args.extend(map(str, sorted(files)))
    return Request(
        patterns,
        files,
        named=config.getoption("gradproof"),
        every=mode == "all",
        strict=config.getoption("gradproof_strict") or config.getini("gradproof_strict"),
        seed=_seed(config),
        declarations=_declarations(config),
    )


def _matching(root: Path, pattern: str) -> list[Path]:
    found = [Path(root, name) for name in glob.glob(pattern, root_dir=root, recursive=True)]
    documents = [path for path in found if path.suffix.lower() in ENDINGS and path.is_file()]
    if not documents:
        kinds = ", ".join(sorted(ENDINGS))
        raise pytest.UsageError(f"gradproof_files: no document fits {pattern} in {root}; documents are {kinds}")
    return documents


def _declarations(config: pytest.Config) -> str:
    """Those of the settings, whose files are named from the root, and then those of the command line."""
    written, asked = config.getini("gradproof_declarations"), config.getoption("gradproof_declare")
    if not written and not asked:
        return ""
    from gradproof.documents.files import FileProblem
    from gradproof.documents.given import given_lines

    where = "gradproof_declarations"
    try:
        lines = given_lines(written, config.rootpath)
        where = "--gradproof-declare"
        return given_lines(filter(None, (lines, *asked)), config.invocation_params.dir)
    except FileProblem as problem:
        raise pytest.UsageError(f"{where}: {problem}") from problem


def _seed(config: pytest.Config) -> int:
    told = getattr(config, "workerinput", {})
    if SEED in told:
        return int(told[SEED])
    asked = config.getoption("gradproof_seed")
    if asked == "nightly":
        return int(f"{date.today():%Y%m%d}")
    if asked == "random":
        return random.SystemRandom().randrange(1, 2**31)
    if asked.isascii() and asked.isdecimal():
        return int(asked)
    raise pytest.UsageError(f"--gradproof-seed is {asked!r}; it is a number, nightly or random")
