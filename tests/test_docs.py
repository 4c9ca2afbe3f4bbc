"""The manual runs: every Python block of the README and of docs/, and every command that is named in a block."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What `make notes` writes; it is linked, and is there only after that.
NOTES = ROOT / "notes"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: Commands that take a GPU, a network or minutes, and where they are run instead.
ELSEWHERE = {
    "gradproof verify": "tests/derivations/catalogue and tests/test_cli_verify.py",
    "gradproof verify --torch --device cuda": "needs a GPU: pytest -m cuda",
    "gradproof notes --lang both": "make notes, in .ci/run",
    "gradproof notes --chapters softmax --format html,beamer": "tests/test_cli_notes.py",
    "gradproof notes --chapters softmax --format latex": "tests/test_cli_notes.py",
}


def blocks(page: Path) -> list[tuple[str, str, int]]:
    """Language, code and first line of each fenced block."""
    text = page.read_text(encoding="utf-8")
    return [(match[1], match[2], text[: match.start()].count("\n") + 2) for match in BLOCK.finditer(text)]


def python_blocks(page: Path) -> list[tuple[str, int]]:
    return [(code, line) for language, code, line in blocks(page) if language == "python"]


def commands() -> list[str]:
    """The lines of blocks that call the command with everything filled in, without their comments."""
    found = []
    for page in PAGES:
        for language, code, _ in blocks(page):
            if language != "python":
                lines = (line.split("#")[0].strip() for line in code.splitlines())
                found += [line for line in lines if line.startswith("gradproof ") and not re.search(r"[A-Z…\[]", line)]
    return sorted(set(found))


WITH_PYTHON = [page for page in PAGES if python_blocks(page)]


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_python_blocks_run_in_order(page: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    for code, line in python_blocks(page):
        lines += [""] * (line - 1 - len(lines)) + code.splitlines()  # so that a traceback names the line of the page
    script = tmp_path / f"{page.stem.replace('-', '_')}.py"
    script.write_text("\n".join(lines), encoding="utf-8")
    runpy.run_path(str(script))


def test_there_are_blocks_to_run() -> None:
    counts = {page.name: len(python_blocks(page)) for page in WITH_PYTHON}
    assert counts["README.md"] >= 3
    assert counts["adding-a-derivation.md"] == 4
    assert counts["proofs.md"] == 2
    assert counts["ci.md"] == 2
    assert counts["editors.md"] == 2
    assert counts["pytest.md"] == 1


LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


def linked(page: Path) -> tuple[list[Path], list[Path]]:
    """The files that a page links: those of the checkout, and those that `make notes` writes into its folder."""
    targets = [(page.parent / target).resolve() for target in LINK.findall(page.read_text(encoding="utf-8"))]
    made = [target for target in targets if target.is_relative_to(NOTES.resolve())]
    return [target for target in targets if target not in made], made


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    kept, _ = linked(page)
    assert [target for target in kept if not target.exists()] == []


def test_the_manual_links_what_make_notes_writes(tmp_path: Path) -> None:
    """The command of the Makefile writes them: here for one entry, and without TeX, which makes a .pdf of each .tex."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = re.search(r"^notes:.*\n\t\$\(BIN\)/gradproof (notes .*)$", makefile, re.MULTILINE)
    folder = re.search(r"^OUT \?= (\S+)$", makefile, re.MULTILINE)
    assert command and folder and ROOT / folder[1] == NOTES
    assert f"/{folder[1]}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    options = shlex.split(command[1].replace("$(OUT)", folder[1]))[1:]
    alone = {"PATH": "", "PYTHONPATH": str(ROOT), "GRADPROOF_CACHE_DIR": str(tmp_path / "kept")}
    subprocess.run(
        [sys.executable, "-m", "gradproof", "notes", "softmax_shift", *options],
        capture_output=True, check=True, cwd=tmp_path, env=alone,
    )  # fmt: skip
    written = {path.name for path in (tmp_path / folder[1]).iterdir()}
    written |= {name.replace(".tex", ".pdf") for name in written}
    for page in (ROOT / "README.md", ROOT / "docs" / "README.md", ROOT / "docs" / "notes.md"):
        names = [target.name for target in linked(page)[1]]
        assert "notes.html" in names and set(names) <= written, page


def test_the_manual_links_all_its_pages() -> None:
    kept, _ = linked(ROOT / "docs" / "README.md")
    assert {page for page in (ROOT / "docs").glob("*.md") if page.name != "README.md"} <= set(kept)


@pytest.mark.parametrize("command", [c for c in commands() if c not in ELSEWHERE])
def test_commands_run(command: str, tmp_path: Path) -> None:
    """In an empty folder that has the examples: what a command writes touches nothing of the checkout."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run(
        [sys.executable, "-m", "gradproof", *shlex.split(command)[1:]],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_commands_that_run_elsewhere_are_still_in_the_manual() -> None:
    assert set(ELSEWHERE) <= set(commands())
