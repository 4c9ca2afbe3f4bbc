"""In a browser: the page never scrolls sideways, on a desktop or on a phone, and its languages can be switched."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.notes import build, html
from gradproof.notes.tree import Document

from .browsing import answered, asked

pytestmark = pytest.mark.browser

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
    return list(answered(wrapper))


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


_SWITCH = """
  const seen = () => [...document.querySelectorAll(".language")].filter(e => e.offsetHeight > 0).map(e => e.lang);
  const state = [seen()];
  document.getElementById("softmax_jacobian").scrollIntoView();
  await new Promise(done => setTimeout(done, 500));
  document.getElementById("language-zh").click();
  await new Promise(done => setTimeout(done, 500));
  const top = document.getElementById("zh-softmax_jacobian").getBoundingClientRect().top;
  state.push(seen(), Math.abs(top) < innerHeight / 2, document.documentElement.lang);
  location.hash = "#sigmoid_derivative";
  await new Promise(done => setTimeout(done, 500));
  state.push(seen(), document.getElementById("language-en").checked);
  return state;
"""


def test_the_switch_shows_one_language_and_keeps_the_place(taught: dict[str, Document], tmp_path: Path) -> None:
    page = html(taught["en"], taught["zh"])
    assert asked(page, _SWITCH, tmp_path) == [["en"], ["zh-Hans"], True, "zh-Hans", ["en"], True]


def test_the_switch_needs_no_script(taught: dict[str, Document], tmp_path: Path) -> None:
    """Without the script of the page, the buttons alone show and hide."""
    page, count = re.subn(r"<script>.*?</script>", "", html(taught["en"], taught["zh"]), flags=re.DOTALL)
    script = """
      const seen = () => [...document.querySelectorAll(".language")].filter(e => e.offsetHeight > 0).map(e => e.lang);
      const before = seen();
      document.getElementById("language-zh").click();
      return [before, seen()];
    """
    assert count == 1 and asked(page, script, tmp_path) == [["en"], ["zh-Hans"]]


def test_both_languages_lay_out_their_formulas_without_a_complaint(taught: dict[str, Document], tmp_path: Path) -> None:
    page = html(taught["en"], taught["zh"])
    script = """
      const shown = e => e.getClientRects().length && e.closest("details") === null;
      const flat = () => [...document.querySelectorAll("math")].filter(shown)
        .filter(e => e.getBoundingClientRect().height < 4).length;
      const english = flat();
      document.getElementById("language-zh").click();
      return [english, flat(), performance.getEntriesByType("resource").filter(e => !e.name.startsWith("data:")).length,
        window.complaints];
    """
    assert asked(page, script, tmp_path) == [0, 0, 0, []]
