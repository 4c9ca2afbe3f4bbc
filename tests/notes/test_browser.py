"""In a browser: the page never scrolls sideways, neither on a desktop nor on a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.notes import build, html
from gradproof.notes.tree import Document

pytestmark = pytest.mark.browser

_FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
#: Measures each frame when all are there: how wide the content is, and what sticks out of the page.
_MEASURE = """
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(frame => {
    const root = frame.contentDocument.documentElement, width = root.clientWidth;
    const inside = ".scroll, pre, .skip, .hidden, details:not([open])";
    const out = [...root.querySelectorAll("body *")].filter(e => !e.closest(inside)
      && e.getBoundingClientRect().right > width + 1).map(e => e.tagName + "." + e.className);
    return {width, content: root.scrollWidth, out: out.slice(0, 5),
      font: frame.contentDocument.fonts.check('16px "Notes Math"')};
  });
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(found);
});
"""


def measured(page: str, widths: tuple[int, ...], folder: Path) -> list[dict[str, object]]:
    """What a browser makes of the page in frames of these widths."""
    frames = "".join(
        f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{escape(page, quote=True)}"></iframe>'
        for width in widths
    )
    wrapper = folder / "frames.html"
    wrapper.write_text(
        f"<!doctype html><meta charset=utf-8><script>{_MEASURE}</script><body>{frames}</body>", encoding="utf-8"
    )
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    command = [
        browser,
        *_FLAGS.split(),
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=20000",
        "--dump-dom",
    ]
    done = subprocess.run([*command, wrapper.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    (found,) = re.findall(r'<pre id="found">(.*?)</pre>', done.stdout, flags=re.DOTALL)
    return list(json.loads(unescape(found)))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("notes", ["whole", "taught"])
def test_no_sideways_scroll(language: str, notes: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    documents: dict[str, Document] = request.getfixturevalue(notes)
    page = html(documents[language]).replace("<details>", "<details open>")
    for frame in measured(page, (1200, 360), tmp_path):
        assert frame["content"] == frame["width"] and frame["out"] == []
        assert frame["font"] is True


def test_what_sticks_out_is_seen(tmp_path: Path) -> None:
    page = html(build([catalogue.find("tanh_derivative")], {}, "en"))
    wide = page.replace("</main>", '<p class="wide" style="width:700px">x</p></main>')
    desktop, phone = measured(wide, (1200, 360), tmp_path)
    assert desktop["out"] == [] and phone["out"] == ["P.wide"]
    assert phone["content"] != phone["width"]
