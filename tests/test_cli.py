"""The command line: what it answers, what it refuses, and its exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import gradproof
from gradproof.cli import main

COMMAND = [sys.executable, "-m", "gradproof"]


def one_line(text: str) -> str:
    """The text, which must be one line that names the program."""
    assert text.startswith("gradproof: ")
    assert text.count("\n") == 1
    assert text.endswith("\n")
    return text.removeprefix("gradproof: ").rstrip("\n")


def test_help_names_the_commands_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert "Exit codes: 0 all is well" in out
    for command in ("list", "show", "verify", "notes", "check", "read"):
        assert f"\n  {command} " in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"gradproof {gradproof.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["verify", "--help"], ["check", "--help"], ["frobnicate"]]
)
def test_answering_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from gradproof.cli import main; main(sys.argv[1:])\n"
        "print(sorted({'sympy', 'numpy', 'torch', 'rich', 'hypothesis'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]", done


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which command? gradproof --help lists them"),
        (["frobnicate"], "No such command 'frobnicate'."),
        (["show"], "Missing argument 'NAME'."),
        (["list", "--jsn"], "No such option: --jsn"),
        (["verify", "--device", "tpu"], "'tpu' is not one of 'cpu', 'cuda'"),
        (["verify", "--seed", "-1"], "Invalid value for '--seed'"),
        (["verify", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["verify", "softmax_jacobain"], "'softmax_jacobain'; the nearest are softmax_jacobian"),
        (["show", ""], "named '' (gradproof list shows all)"),
        (["show", "softmax_jacobian.corner"], "there is no derivation named 'softmax_jacobian.corner'"),
        (["notes", "--format", "html,docx"], "there is no format 'docx'; the formats are latex, html, pdf"),
        (["notes", "--format", ""], "there is no format ''"),
    ],
)
def test_bad_input_gets_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert message in one_line(captured.err)
    assert captured.out == ""


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`gradproof list | head -n 0`: stdout is closed before anything is written."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COMMAND, "list"], stdout=write, stderr=subprocess.PIPE, text=True, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_nothing_behind(number: signal.Signals, code: int, tmp_path: Path) -> None:
    """The process signals itself while the notes are being written."""
    script = (
        "import os, sys, gradproof.cli.noting as noting\n"
        "def write_notes(derivations, reports, folder, *options):\n"
        "    (folder / 'half.tex').write_text('half')\n"
        f"    os.kill(os.getpid(), {number.value})\n"
        "    (folder / 'whole.tex').write_text('whole')\n"
        "noting.write_notes = write_notes\n"
        "noting.checked = lambda derivations, options: (each for each in ())\n"
        "from gradproof.cli import main\n"
        "sys.exit(main(['notes', 'sigmoid_derivative', '--out', sys.argv[1], '--format', 'latex']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "notes")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
