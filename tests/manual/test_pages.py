"""Pages: their links, and that numbers in them are those of the catalogue and of the measurements."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gradproof.derivations import chapters, names

from .blocks import PAGES, ROOT

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_manual_links_all_its_pages() -> None:
    linked = set(LINK.findall((ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= linked


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
