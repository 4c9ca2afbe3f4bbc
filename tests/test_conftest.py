"""The marks: left out and counted unless named, and a failure where what they need is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parent / "conftest.py"
MARKED = """
import pytest

@pytest.mark.tex
def test_document(): pass

@pytest.mark.tex
@pytest.mark.slow
def test_chapter(): pass

@pytest.mark.browser
def test_page(): pass

@pytest.mark.cuda
def test_device(): pass

@pytest.mark.manual
def test_session(): pass

def test_plain(): pass
"""
MARKS = ["tex", "browser", "cuda", "manual", "slow"]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest over the marked tests above with this project's conftest, and an empty PATH."""
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_marked.py").write_text(MARKED, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n" + "".join(f"  {m}\n" for m in MARKS), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment | {"PATH": str(folder), "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_unnamed_marks_are_left_out_and_counted(tmp_path: Path) -> None:
    alone = run(tmp_path)
    assert alone.returncode == 0, alone.stdout
    assert "1 passed, 5 deselected" in alone.stdout
    assert "tests marked tex left out: 2" in alone.stdout
    assert "tests marked browser left out: 1" in alone.stdout
    assert "tests marked cuda left out: 1" in alone.stdout
    assert "tests marked manual left out: 1" in alone.stdout


def test_the_count_survives_parallel_workers(tmp_path: Path) -> None:
    parallel = run(tmp_path, "-n", "1")
    assert parallel.returncode == 0, parallel.stdout
    assert "tests marked tex left out: 2" in parallel.stdout


def test_a_named_mark_without_its_tool_fails(tmp_path: Path) -> None:
    named = run(tmp_path, "-m", "tex or browser")
    assert named.returncode == 1
    assert "3 failed" in named.stdout
    assert "needs latexmk and TeX Live, which is not here" in named.stdout


def test_the_manual_needs_to_be_named_only(tmp_path: Path) -> None:
    named = run(tmp_path, "-m", "manual")
    assert named.returncode == 0, named.stdout
    assert "1 passed" in named.stdout


def test_cuda_named_without_a_device_fails(tmp_path: Path) -> None:
    named = run(tmp_path, "-m", "cuda")
    assert named.returncode == 1
    assert "1 failed" in named.stdout
    assert "skipped" not in named.stdout
