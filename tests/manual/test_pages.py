"""Pages: their links, and that numbers in them are those of the catalogue and of the measurements."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from gradproof.derivations import chapters, names
from gradproof.grading.status import LineStatus
from gradproof.verify.verdict import Verdict

from .blocks import PAGES, ROOT

#: What `make notes` writes; it is linked, and is there only after that.
NOTES = ROOT / "notes"
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


def test_every_word_of_a_verdict_is_explained() -> None:
    page = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|`]+ \| `(\w+)` \| [^|]{20,} \| [^|]* \| [^|]* \|$", page, re.MULTILINE)
    assert rows and set(rows) == {status.name for status in LineStatus}
    assert {verdict.name for verdict in Verdict} <= set(rows)


def test_the_readme_counts_the_catalogue() -> None:
    counted = re.findall(r"(\d+) derivations in (\d+) chapters", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert counted == [(str(len(names())), str(len(chapters())))]


def test_each_use_fits_on_a_screen() -> None:
    """45 lines of the README, in which a picture is one."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("## Three uses\n")[1].split("\n## ")[0]
    uses = text.split("\n### ")[1:]
    assert len(uses) == 3 and all("](docs/tutorial-" in use for use in uses)
    assert max(len(use.splitlines()) for use in uses) <= 45


def test_the_figures_of_the_comparison_are_those_that_were_measured() -> None:
    """Each row of figures in peers.md stands in a page of measurements, or was measured for this page alone."""
    docs = ROOT / "docs"
    own = "against_hypothesis"
    measured = {
        line for page in ("benchmarks.md", "grading.md") for line in (docs / page).read_text("utf-8").splitlines()
    }
    command = re.compile(r"^```\n(?:\w+=\d )?python benchmarks/(\w+)\.py.*\n```$", re.MULTILINE)
    sections = command.split((docs / "peers.md").read_text("utf-8"))
    rows = [
        line
        for script, text in zip(sections[1::2], sections[2::2], strict=True)
        if script != own
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    assert len(rows) >= 20 and own in sections
    assert [row for row in rows if row not in measured] == []
