"""The magic in a real shell of IPython: what is shown, what raises, and what holds from one cell to the next."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from gradproof.documents import read_document
from gradproof.documents.notebook import MAGIC
from gradproof.grading.findings import Checked
from gradproof.grading.status import LineStatus
from gradproof.regression.jupyter import CheckedCell

from .reports import finding

RIGHT = "$$\\sigma'(x) = \\sigma(x) (1 - \\sigma(x))$$\n"
WRONG = "$$\\sigma'(x) = \\sigma(x) (1 + \\sigma(x))$$\n"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "gradproof")
    yield shell
    InteractiveShell.clear_instance()


def run(shell: InteractiveShell, cell: str, line: str = "--declare 'x : R'") -> tuple[str, str, BaseException | None]:
    """What a cell shows as text and as Markdown, and what it raises."""
    with capture_output() as captured:
        result = shell.run_cell(f"%%gradproof {line}\n{cell}")
    data = [output.data for output in captured.outputs]
    text, markdown = ("".join(each.get(kind, "") for each in data) for kind in ("text/plain", "text/markdown"))
    return text, markdown, result.error_in_exec


def test_what_holds_is_shown_and_set(shell: InteractiveShell) -> None:
    text, markdown, raised = run(shell, RIGHT)
    assert raised is None and text.startswith("✓ 1:")
    assert markdown.startswith(RIGHT) and "```text\n✓" in markdown


def test_what_is_wrong_raises_one_line(shell: InteractiveShell) -> None:
    text, _, raised = run(shell, "Words.\n\n" + WRONG)
    assert text.startswith("✗ 3:16  \\sigma'(x) = \\sigma(x) (1 + \\sigma(x)): refuted by a counterexample; at x = ")
    assert type(raised).__name__ == "WrongFormulas" and str(raised) == "1 wrong"
    assert raised._render_traceback_() == ["WrongFormulas: 1 wrong"]
    _, _, raised = run(shell, WRONG, "--show --declare 'x : R'")
    assert raised is None


def test_what_is_open_raises_in_strict_mode_only(shell: InteractiveShell) -> None:
    cell = "$$\\frac{\\partial E}{\\partial z} = y - t$$\n"
    text, _, raised = run(shell, cell, "--new")
    assert text.startswith("? 1:") and raised is None
    _, _, raised = run(shell, cell, "--new --strict")
    assert str(raised) == "0 wrong, 1 not decided"


def test_definitions_hold_from_one_cell_to_the_next(shell: InteractiveShell) -> None:
    run(shell, "$$f = x^2$$\n\\newcommand{\\half}{\\frac{1}{2}}\n", "--new --declare 'x : R'")
    text, _, raised = run(shell, "$$\\half \\frac{d f}{d x} = x$$\n", "")
    assert text.startswith("✓") and raised is None
    text, _, _ = run(shell, "$$\\half \\frac{d f}{d x} = x$$\n", "--new")
    assert not text.startswith("✓")


def test_a_wrong_declaration_is_said_and_forgotten(shell: InteractiveShell) -> None:
    _, _, raised = run(shell, RIGHT, "--declare 'x ? R'")
    assert type(raised).__name__ == "UsageError" and "line 1 of the declarations" in str(raised)


def test_no_text_ends_the_block_of_findings() -> None:
    hostile = finding(LineStatus.REFUTED, "`````` \x1b[31m\n```\n# heading")
    markdown = CheckedCell("", Checked("cell", (hostile,)))._repr_markdown_()
    *_, fence = markdown.strip().splitlines()
    assert set(fence) == {"`"} and len(fence) > 6
    assert markdown.count(fence) == 2 and "\x1b" not in markdown and "\n# heading" not in markdown


def test_the_command_reads_such_cells(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": [f"{MAGIC} --declare 'x : R'\n", "\n", WRONG]}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    (passage,) = read_document(path).passages
    assert (passage.place().line, passage.place().cell) == (3, 1)


def test_gradproof_needs_no_ipython() -> None:
    code = "import gradproof, gradproof.cli, gradproof.regression, sys; print({'IPython', 'sphinx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "set()\n"
