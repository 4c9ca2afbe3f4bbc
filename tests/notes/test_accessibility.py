"""axe-core finds nothing to mend: on a desktop and on a phone, in light and in dark, in each language and in both.

That it finds what is wrong is tested, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gradproof.notes import html
from gradproof.notes.tree import Document

from .browsing import asked_in_frames

pytestmark = pytest.mark.browser

_AXE = (Path(__file__).parent / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (1200, 390)
#: Asks axe in each frame, one after the other.
_RUN = """
addEventListener("load", async () => {
  const all = [];
  for (const frame of document.querySelectorAll("iframe")) {
    const inside = frame.contentWindow;
    const found = await inside.axe.run(inside.document, {resultTypes: ["violations"]});
    all.push({rules: found.passes.map(each => each.id),
      faults: found.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])});
  }
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(all);
});
"""


def checked(page: str, folder: Path, widths: tuple[int, ...] = WIDTHS) -> list[dict[str, Any]]:
    """For each width the rules that pass, and the faults, of a page whose solutions are open."""
    page = page.replace("<details>", "<details open>").replace("</head>", f"<script>{_AXE}</script></head>", 1)
    return asked_in_frames(page, _RUN, widths, folder)


def dark(page: str) -> str:
    """The page as on a device in dark mode."""
    assert page.count("@media screen and (prefers-color-scheme: dark)") == 1
    return page.replace("@media screen and (prefers-color-scheme: dark)", "@media screen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shown", ["en", "zh", "both"])
def test_nothing_is_wrong(shown: str, scheme: str, taught: dict[str, Document], tmp_path: Path) -> None:
    page = html(*(taught.values() if shown == "both" else [taught[shown]]))
    results = checked(dark(page) if scheme == "dark" else page, tmp_path)
    assert len(results) == len(WIDTHS)
    for found in results:
        assert found["faults"] == [], found["faults"]
        assert {"color-contrast", "heading-order", "html-has-lang", "svg-img-alt"} <= set(found["rules"])


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("--mute: #5a6776", "--mute: #b0b8c0", "color-contrast"),
        ('<html lang="en">', "<html>", "html-has-lang"),
        ('role="img" aria-label="', 'role="img" data-label="', "svg-img-alt"),
        ('<h4 class="case"', '<h6 class="case"', "heading-order"),
        ("box.tabIndex = 0", "", "scrollable-region-focusable"),
    ],
)
def test_what_is_wrong_is_found(
    before: str, after: str, rule: str, taught: dict[str, Document], tmp_path: Path
) -> None:
    page = html(taught["en"])
    assert before in page
    (found,) = checked(page.replace(before, after), tmp_path, WIDTHS[1:])
    assert rule in [name for name, _ in found["faults"]]
