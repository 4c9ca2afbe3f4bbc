"""The sample repository: the command, the hook and the script of the action find what its page says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gradproof.cli import main
from gradproof.documents import KINDS

ROOT = Path(__file__).parents[1]
COURSE = ROOT / "examples" / "course"
ROW = re.compile(r"^\| `(?P<place>[^`]+)` \| (?P<what>[^|]+) \| (?P<status>[A-Z]+) \|$", re.MULTILINE)
#: What the page of the examples says: file, cell, line and status of each claim.
TABLE = [(match["place"], match["status"]) for match in ROW.finditer((COURSE.parent / "README.md").read_text("utf-8"))]


def place(file: str, line: int, cell: int) -> str:
    return f"{file}:cell {cell}:{line}" if cell else f"{file}:{line}"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    monkeypatch.chdir(tmp_path / "course")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return tmp_path / "course"


def test_the_page_has_a_table() -> None:
    assert len(TABLE) == 7 and [status for _, status in TABLE].count("REFUTED") == 2


def test_the_command_finds_what_the_page_says(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--format", "json", "--jobs", "1"]) == 1
    found = [
        (place(finding["file"], finding["line"], finding["cell"]), finding["status"])
        for file in json.loads(capsys.readouterr().out)["files"]
        for finding in file["findings"]
        if finding["status"] != "DEFINITION"
    ]
    assert sorted(found) == sorted(TABLE)


def test_the_plugin_finds_what_the_page_says(course: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    files = ["notes", "layers.py", "activations.ipynb"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--gradproof", "--gradproof-mode", "all"]
    done = subprocess.run([*command, *files], env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1 and "7 claims in 3 files" in done.stdout, done.stdout + done.stderr
    failed = re.findall(r"^REFUTED \S+ - (.+):\d+: refuted", done.stdout, re.MULTILINE)
    assert sorted(failed) == sorted(where for where, status in TABLE if status == "REFUTED")


def test_the_tests_of_the_sample_find_the_wrong_backward_pass(course: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1 and "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    page = (COURSE.parent / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(dense_backward.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert [line for line in shown.splitlines() if f"{line.strip()}\n" not in done.stdout] == []


# The action


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for PATH with the command in it."""
    folder = tmp_path / "programs"
    script(folder / "gradproof", f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m gradproof "$@"')
    return folder


def script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def act(programs: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the action, with inputs as action.yml hands them on."""
    names = {f"GRADPROOF_{name.upper()}": value for name, value in inputs.items()}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", str(ROOT / "action" / "check.sh")]
    environment = os.environ | {"PATH": path, "GRADPROOF_INSTALL": "false"} | names
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def test_the_action_annotates_what_the_page_says(course: Path, programs: Path) -> None:
    workflow = yaml.safe_load((course / ".github/workflows/mathematics.yml").read_text(encoding="utf-8"))
    given = workflow["jobs"]["formulas"]["steps"][-1]["with"]
    done = act(programs, **given)
    assert done.returncode == 1, done.stderr
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert len(errors) == [status for _, status in TABLE].count("REFUTED")
    assert errors[0].startswith("::error file=notes/softmax.md,line=21,")
    assert errors[1].startswith("::error file=activations.ipynb,title=") and "cell 3, line 4" in errors[1]
    assert done.stdout.splitlines()[-1] == "3 files: proved 5, REFUTED 2, definition 2"


def test_the_inputs_of_the_action(programs: Path, tmp_path: Path) -> None:
    script(programs / "gradproof", 'printf "%s\\n" "$@"')
    inputs = {"strict": "true", "baseline": "a b.json", "declare": "x : R\ny : R", "format": "sarif"}
    done = act(programs, paths="  notes/*.md \n\n--help\n$(touch x)", output=str(tmp_path / "out"), **inputs)
    assert (done.returncode, done.stdout) == (0, "")
    said = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    options = ["check", "--format", "sarif", "--strict", "--baseline", "a b.json", "--declare", "x : R", "y : R"]
    assert said == [*options, "--", "notes/*.md", "--help", "$(touch x)"]
    assert not (Path.cwd() / "x").exists()


@pytest.mark.parametrize("inputs", [{"strict": "yes"}, {"paths": " \n "}])
def test_wrong_inputs_are_said(programs: Path, inputs: dict[str, str]) -> None:
    done = act(programs, **inputs)
    assert done.returncode == 2 and done.stderr.startswith("gradproof: the input ")


def test_the_action_installs_this_checkout_without_torch(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a Python that makes environments of scripts that say what they are asked."""
    said = f'echo "$0 $*" >> {tmp_path}/said'
    made = 'mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "$0" "$3/bin/gradproof"'
    script(programs / "python3", f'{said}; if [ "$2" = venv ]; then {made}; fi')
    monkeypatch.setenv("RUNNER_TEMP", str(tmp_path))
    done = act(programs, install="true", paths="notes")
    assert done.returncode == 0, done.stderr
    venv, install, check = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    assert venv.endswith(f" -m venv {tmp_path}/gradproof-environment")
    assert install.endswith(f"-c {ROOT}/constraints.txt {ROOT}[flint]") and "torch" not in install
    assert check.endswith("/bin/gradproof check --format github -- notes")


def test_the_action_hands_on_all_its_inputs_as_variables() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = action["runs"]["steps"]
    assert step["env"] == {f"GRADPROOF_{name.upper()}": f"${{{{ inputs.{name} }}}}" for name in action["inputs"]}
    assert "${{" not in step["run"]
    used = set(re.findall(r"GRADPROOF_\w+", (ROOT / "action/check.sh").read_text(encoding="utf-8"))) - {"GRADPROOF_"}
    assert used == set(step["env"])


# The hook


def test_the_hook_runs_the_command_on_what_it_reads(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    files = re.compile(hook["files"])
    assert all(files.search(f"notes/page{kind}") for kind in KINDS)
    assert not files.search("notes/page.pdf") and not files.search("notes/markdown")
    program, *arguments = hook["entry"].split()
    assert program == "gradproof"
    changed = [name for name in ("notes/softmax.md", "activations.ipynb", "README.rst") if files.search(name)]
    assert main([*arguments, *changed]) == 1
    assert capsys.readouterr().out.endswith("2 files: proved 4, REFUTED 2, definition 2\n")


def test_the_sample_configuration_names_the_hook() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (repository,) = yaml.safe_load((COURSE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [each["id"] for each in repository["hooks"]] == [hook["id"]]


def test_the_manual_shows_what_the_sample_has() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    files = (".github/workflows/mathematics.yml", ".pre-commit-config.yaml")
    assert len(blocks) == 2
    assert all(block in (COURSE / file).read_text("utf-8") for block, file in zip(blocks, files, strict=True))


def test_the_manual_names_the_inputs_of_the_action() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|[^|]*\|$", page, re.MULTILINE)
    assert rows == list(inputs)
