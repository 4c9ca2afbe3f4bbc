"""axe-core finds nothing to mend on a page, in light and in dark, in one language and in two; and it finds what is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gradproof.notes import html
from gradproof.notes.tree import Document

from .browsing import asked

pytestmark = pytest.mark.browser

_AXE = (Path(__file__).parent / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
_RUN = """
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return {rules: found.passes.map(each => each.id),
    faults: found.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])};
"""


def checked(page: str, folder: Path) -> dict[str, Any]:
    """The rules that pass, and the faults, of a page whose solutions are open."""
    page = page.replace("<details>", "<details open>").replace("</head>", f"<script>{_AXE}</script></head>", 1)
    found: dict[str, Any] = asked(page, _RUN, folder)
    return found


def dark(page: str) -> str:
    """The page as on a device in dark mode."""
    assert page.count("@media (prefers-color-scheme: dark)") == 1
    return page.replace("@media (prefers-color-scheme: dark)", "@media all")


@pytest.mark.parametrize("shown", ["en", "zh", "both"])
def test_nothing_is_wrong_in_light(shown: str, taught: dict[str, Document], tmp_path: Path) -> None:
    documents = taught.values() if shown == "both" else [taught[shown]]
    found = checked(html(*documents), tmp_path)
    assert found["faults"] == [], found["faults"]
    assert {"color-contrast", "heading-order", "html-has-lang", "svg-img-alt"} <= set(found["rules"])


def test_nothing_is_wrong_in_dark(taught: dict[str, Document], tmp_path: Path) -> None:
    found = checked(dark(html(taught["en"])), tmp_path)
    assert found["faults"] == [] and "color-contrast" in found["rules"]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("--mute: #5a6776", "--mute: #b0b8c0", "color-contrast"),
        ('<html lang="en">', "<html>", "html-has-lang"),
        ('role="img" aria-label="', 'role="img" data-label="', "svg-img-alt"),
        ('<h4 class="case"', '<h6 class="case"', "heading-order"),
    ],
)
def test_what_is_wrong_is_found(
    before: str, after: str, rule: str, taught: dict[str, Document], tmp_path: Path
) -> None:
    page = html(taught["en"])
    assert before in page
    assert rule in [name for name, _ in checked(page.replace(before, after), tmp_path)["faults"]]
