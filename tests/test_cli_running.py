"""`gradproof verify` as people run it: children, Ctrl-C, verdicts that are kept, and what is missing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from gradproof.cli import main

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "gradproof", "verify"]
FEW = ["softmax_shift", "tanh_of_sigmoid", "relu_derivative"]


def verify(*arguments: str, code: int = 0, folder: Path = ROOT, **environment: str) -> str:
    command, surroundings = [*COMMAND, *arguments], os.environ | environment
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout


@pytest.mark.slow
def test_the_json_does_not_depend_on_the_number_of_children_nor_on_what_is_kept() -> None:
    first = verify(*FEW, "--torch", "--json", "--jobs", "1", "--seed", "3")
    document = json.loads(first)
    assert [each["name"] for each in document["derivations"]] == FEW
    assert document["complete"] and document["ok"]
    for each in document["derivations"]:
        assert {"E1", "E3", "E4"} <= set(each["tiers"])
        assert all(standing["tried"] >= standing["decided"] for standing in each["tiers"].values())
    kept = verify(*FEW, "--torch", "--json", "--seed", "3")
    fresh = verify(*FEW, "--torch", "--json", "--seed", "3", "--jobs", "2", "--no-cache")
    assert first == kept == fresh


def test_a_second_run_derives_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from gradproof.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "heavy = sorted({'sympy', 'numpy', 'torch', 'flint'} & set(sys.modules))\n"
        "print(code, heavy, file=sys.stderr)\n"
    )

    def run(*arguments: str) -> tuple[str, str]:
        command = [sys.executable, "-c", script, "verify", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        return done.stdout, done.stderr

    first, heavy = run(*FEW)
    assert "sympy" in heavy
    assert run(*FEW) == (first, "0 []\n")
    assert run(FEW[1])[1] == "0 []\n"  # one of them
    for other in (["--no-cache"], ["--seed", "1"]):
        assert "sympy" in run(*FEW, *other)[1]
    document = json.loads(run(*FEW, "--json")[0])
    assert len(document["derivations"]) == len(FEW)


def test_no_cache_neither_reads_nor_writes(tmp_path: Path) -> None:
    verify(FEW[0], "--no-cache", GRADPROOF_CACHE_DIR=str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_is_said_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("GRADPROOF_CACHE_DIR", str(tmp_path / "file"))
    assert main(["verify", FEW[0]]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("proved")
    assert captured.err.startswith("gradproof: verdicts are not kept: ") and captured.err.count("\n") == 1


def test_an_edited_entry_is_checked_again(tmp_path: Path) -> None:
    """In a copy of the package: one file of the catalogue changes, and what it says becomes wrong."""
    shutil.copytree(ROOT / "gradproof", tmp_path / "gradproof", ignore=shutil.ignore_patterns("__pycache__"))
    entry = tmp_path / "gradproof" / "derivations" / "catalogue" / "activations" / "sigmoid.py"
    names = ["sigmoid_derivative", "softmax_shift"]
    assert "proved" in verify(*names, folder=tmp_path, PYTHONPATH=str(tmp_path))
    text = entry.read_text(encoding="utf-8")
    assert text.count("(1 - s[()])") == 1
    entry.write_text(text.replace("(1 - s[()])", "(1 + s[()])"), encoding="utf-8")
    found = json.loads(verify(*names, "--json", code=1, folder=tmp_path, PYTHONPATH=str(tmp_path)))
    verdicts = {each["name"]: each["verdict"] for each in found["derivations"]}
    assert verdicts == {"sigmoid_derivative": "REFUTED", "softmax_shift": "PROVED"}


@pytest.mark.slow
def test_a_gpu_that_was_asked_for_and_is_absent() -> None:
    text = verify(*FEW[:2], "--device", "cuda", "--json", "--jobs", "2", code=3, CUDA_VISIBLE_DEVICES="")
    document = json.loads(text)
    assert not document["ok"]
    for each in document["derivations"]:
        assert each["verdict"] == "UNAVAILABLE"
        assert each["tiers"]["E4"] == {"verdict": "UNAVAILABLE", "decided": 0, "tried": 1}
        assert {"PROVED", "UNAVAILABLE"} == {report["verdict"] for report in each["reports"]}


class Running:
    """The check of the whole catalogue in a session of its own, as a terminal starts it."""

    def __init__(self, *arguments: str, command: Sequence[str] = COMMAND) -> None:
        self.process = subprocess.Popen(
            [*command, "--no-cache", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )

    def first_line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def end(self) -> tuple[int, str, str]:
        """Exit code, stdout and stderr; nothing of it may be left."""
        out, err = self.process.communicate(timeout=60)
        for _ in range(100):
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return self.process.returncode, out, err
            time.sleep(0.05)
        raise AssertionError("a child is left behind")


posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@posix
@pytest.mark.parametrize("group", [True, False], ids=["a terminal", "one process"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_ends_cleanly_and_shows_what_it_found(
    number: signal.Signals, code: int, group: bool
) -> None:
    """A terminal sends Ctrl-C to the command and its children, `kill` to the command alone."""
    running = Running("--jobs", "2")
    assert running.first_line().startswith("proved")
    (os.killpg if group else os.kill)(running.process.pid, number)
    ended, out, err = running.end()
    assert ended == code
    assert err == ("gradproof: interrupted\n" if number == signal.SIGINT else "")
    *_, last = out.splitlines()
    done, total = map(int, last.split(" derivations, ")[0].split(" of "))
    assert 1 <= done < total
    assert "proved" in last and "ERROR" not in out


@posix
def test_interrupted_json_is_whole_and_says_that_it_is_a_part() -> None:
    """Python says itself that it was interrupted, after two results."""
    script = (
        "import os, signal, sys\n"
        "from gradproof.cli import main, verifying\n"
        "planned, results = verifying.planned, []\n"
        "class Interrupting:\n"
        "    def __init__(self, *asked):\n"
        "        self.plan = planned(*asked)\n"
        "        self.names = self.plan.names\n"
        "    def results(self):\n"
        "        for number, result in enumerate(self.plan.results()):\n"
        "            if number == 2:\n"
        "                os.kill(os.getpid(), signal.SIGINT)\n"
        "            yield result\n"
        "verifying.planned = Interrupting\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", script, "verify", *FEW, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (130, "gradproof: interrupted\n")
    document: dict[str, Any] = json.loads(done.stdout)
    assert (document["complete"], document["ok"]) == (False, False)
    assert [each["name"] for each in document["derivations"]] == FEW[:2]


@posix
@pytest.mark.parametrize("moment", [0.05, 0.25, 0.5])
def test_interrupted_while_it_loads(moment: float) -> None:
    script = "import sys; from gradproof.cli import main; print('here', flush=True); sys.exit(main(sys.argv[1:]))"
    running = Running(command=[sys.executable, "-c", script, "verify"])
    assert running.first_line() == "here\n"
    time.sleep(moment)
    os.killpg(running.process.pid, signal.SIGINT)
    code, _, err = running.end()
    assert code == 130
    assert "Traceback" not in err


@posix
def test_children_do_not_outlive_a_command_that_is_killed() -> None:
    running = Running("--jobs", "2")
    running.first_line()
    running.process.kill()
    code, _, _ = running.end()
    assert code == -signal.SIGKILL
