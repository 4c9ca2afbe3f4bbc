"""What the README and the manual say runs: their Python, their commands, and their links."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from gradproof.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    """The fenced blocks of a language ("" for none) on all pages, each with PAGE:LINE."""
    return [
        (f"{page.relative_to(ROOT).as_posix()}:{text[: match.start()].count(chr(10)) + 1}", match[2])
        for page in PAGES
        for text in [page.read_text(encoding="utf-8")]
        for match in BLOCK.finditer(text)
        if match[1] == language
    ]


def commands() -> list[tuple[str, list[str]]]:
    """The lines `gradproof …` in blocks, without those that stand for a syntax (with brackets or an ellipsis)."""
    return [
        (place, shlex.split(line, comments=True)[1:])
        for place, block in blocks("")
        for line in block.splitlines()
        if line.startswith("gradproof ") and not set(line) & set("[…|")
    ]


def test_there_is_something_to_check() -> None:
    assert len(blocks("python")) >= 2
    assert len(commands()) >= 8


@pytest.mark.parametrize(("place", "code"), blocks("python"), ids=[place for place, _ in blocks("python")])
def test_the_python_runs(place: str, code: str, tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{place}\n{done.stderr}"


@pytest.mark.parametrize(("place", "arguments"), commands(), ids=[" ".join(each) for _, each in commands()])
def test_the_commands_exist(place: str, arguments: list[str]) -> None:
    """Each is parsed by the command itself, which raises on an option or a choice that it does not have."""
    if arguments == ["--version"]:
        return
    get_command(app).commands[arguments[0]].make_context(arguments[0], arguments[1:])


def test_the_links_lead_somewhere() -> None:
    links = [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert links
    assert [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()] == []
