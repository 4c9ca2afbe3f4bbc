"""Transcripts show what their commands print, and the talks that pages show are set by TeX."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .blocks import Block
from .transcripts import Exchange, exchanges, session
from .treating import name_of, of_kind


@pytest.mark.manual
@pytest.mark.parametrize("page", dict.fromkeys(b.page for b in of_kind("transcript")), ids=lambda page: page.name)
def test_transcripts_show_what_commands_print(page: Path, tmp_path: Path, verdicts: Path) -> None:
    """To mend a page: python -m tests.manual.transcripts docs/PAGE.md"""
    wrong = [
        f"{page.name}:{exchange.line}: exit code {code}\n{exchange.command}\n{output}"
        for exchange, code, output in session(page, tmp_path, verdicts)
        if code != exchange.code or not exchange.fits(output) or not exchange.says_something
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("shown", "output", "fits"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("", "a\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("in …s\n", "in 0.5s\n", True),
        ("in …s\n", "in 0.5\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_what_fits_a_transcript(shown: str, output: str, fits: bool) -> None:
    assert Exchange("command", shown, 1).fits(output) is fits


def test_a_transcript_is_read_with_its_exit_codes() -> None:
    block = Block(Path("page.md"), "console", "", "$ one  # exit code 3\nsaid\n\nmore\n$ two\n", 7)
    assert exchanges(block) == [Exchange("one  # exit code 3", "said\n\nmore\n", 7), Exchange("two", "", 11)]
    assert [each.code for each in exchanges(block)] == [3, 0]
    assert not Exchange("one", "…\n", 1).says_something and Exchange("one", "", 1).says_something


TALKS = [block for block in of_kind("file") if block.text.startswith(r"\documentclass{beamer}")]


@pytest.mark.tex
@pytest.mark.parametrize("block", TALKS, ids=name_of)
def test_talks_are_set(block: Block, tmp_path: Path, verdicts: Path) -> None:
    """The slides that the page shows, with the fragments that its commands write."""
    for _ in session(block.page, tmp_path, verdicts):
        pass
    talk = tmp_path / "clone" / block.file
    done = subprocess.run(
        ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", talk.name],
        cwd=talk.parent, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0 and talk.with_suffix(".pdf").exists(), done.stdout[-3000:]
