"""In a browser: the page fits on every device, the keyboard alone is enough, and languages can be switched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.notes import build, html, lecture_notes
from gradproof.notes.tree import Document

from .browsing import asked, asked_in_frames

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


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("notes", ["whole", "taught"])
def test_no_sideways_scroll(language: str, notes: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    documents: dict[str, Document] = request.getfixturevalue(notes)
    page = html(documents[language]).replace("<details>", "<details open>")
    widths = (1200, 768, 390, 360) if notes == "taught" else (1200, 360)  # desktop, tablet, phones
    for frame in asked_in_frames(page, _MEASURE, widths, tmp_path):
        assert frame["content"] == frame["width"] and frame["out"] == []
        assert frame["font"] is True


#: Marks after a formula that stand on another line than it, of how many; and those if a line might break before them.
_MARKS = """
  const inside = document.createRange();
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const marks = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const before = text.previousSibling || text.parentElement.previousSibling;
    const formula = before instanceof Element && before.matches("math, .scroll, .kept");
    const mark = /^[,.;:，。；：、）]/.test(text.data) && !text.parentElement.closest("math");
    if (formula && mark) marks.push([text, before]);
  }
  const alone = () => marks.filter(([text, before]) => {
    inside.setStart(text, 0);
    inside.setEnd(text, 1);
    return inside.getBoundingClientRect().left < before.getBoundingClientRect().right - 1;
  }).map(([text]) => text.parentElement.outerHTML.slice(-80));
  const found = {seen: marks.length, wrong: alone()};
  document.querySelectorAll(".kept").forEach(kept => { kept.style.whiteSpace = "normal"; });
  return {...found, loose: alone().length};
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_begins_with_a_mark(language: str, taught: dict[str, Document], tmp_path: Path) -> None:
    page = narrowed(html(taught[language]).replace("<details>", "<details open>"), 390)
    found = asked(page, _MARKS, tmp_path)
    assert found["seen"] > 100 and found["wrong"] == [] and found["loose"] > 0


def narrowed(page: str, width: int) -> str:
    return page.replace("</head>", f"<style>body {{ width: {width}px }}</style></head>", 1)


def test_what_sticks_out_is_seen(tmp_path: Path) -> None:
    page = html(build([catalogue.find("tanh_derivative")], {}, "en"))
    wide = page.replace("</main>", '<p class="wide" style="width:700px">x</p></main>')
    desktop, phone = asked_in_frames(wide, _MEASURE, (1200, 360), tmp_path)
    assert desktop["out"] == [] and phone["out"] == ["P.wide"]
    assert phone["content"] != phone["width"]


#: What the keyboard stops at, in which order, and whether one sees where it is.
_KEYBOARD = """
  const stops = [...document.querySelectorAll("a[href], summary, input, [tabindex]")].filter(e => e.checkVisibility());
  const unseen = stops.filter(stop => {
    stop.focus({focusVisible: true});
    const style = getComputedStyle(stop), place = stop.getBoundingClientRect();
    return document.activeElement !== stop || style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2
      || place.right <= 0;
  });
  const boxes = [...document.querySelectorAll(".scroll, pre")].filter(e => e.checkVisibility());
  const wrong = boxes.filter(box => (box.scrollWidth > box.clientWidth) !== (box.tabIndex === 0));
  const solution = document.querySelector("details");
  const before = solution.open;
  solution.querySelector("summary").click();
  stops[0].click();
  return {first: stops[0].className, to: location.hash, reordered: stops.filter(e => e.tabIndex > 0).length,
    unseen: unseen.map(e => e.outerHTML.slice(0, 90)), wrong: wrong.map(e => e.outerHTML.slice(0, 90)),
    scrolling: boxes.filter(box => box.tabIndex === 0).length, opened: !before && solution.open};
"""


@pytest.mark.parametrize(("width", "scrolling"), [(1200, range(40)), (390, range(60, 600))])
def test_everything_is_reached_with_the_keyboard(
    width: int, scrolling: range, taught: dict[str, Document], tmp_path: Path
) -> None:
    found = asked(narrowed(html(taught["en"]), width), _KEYBOARD, tmp_path)
    assert found["first"] == "skip" and found["to"] == "#main" and found["reordered"] == 0
    assert found["unseen"] == [] and found["wrong"] == [] and found["opened"]
    assert found["scrolling"] in scrolling


def test_what_the_keyboard_misses_is_seen(taught: dict[str, Document], tmp_path: Path) -> None:
    page = html(taught["en"])
    for before, after in ((".15rem solid var(--blue)", "0"), ("box.tabIndex = 0", ""), ('class="skip"', "")):
        assert before in page
        page = page.replace(before, after)
    found = asked(narrowed(page, 390), _KEYBOARD, tmp_path)
    assert found["unseen"] and found["wrong"] and found["first"] != "skip"


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
    """Without the scripts of the page, the buttons alone show and hide."""
    page, count = re.subn(r"<script>.*?</script>", "", html(taught["en"], taught["zh"]), flags=re.DOTALL)
    script = """
      const seen = () => [...document.querySelectorAll(".language")].filter(e => e.offsetHeight > 0).map(e => e.lang);
      const before = seen();
      document.getElementById("language-zh").click();
      return [before, seen()];
    """
    assert count == 2 and asked(page, script, tmp_path) == [["en"], ["zh-Hans"]]


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


def test_paper_shows_what_is_closed_or_scrolls_on_the_screen(taught: dict[str, Document], tmp_path: Path) -> None:
    """The style of print, on the screen: solutions are open, code is wrapped, what is for the screen is gone."""
    script = """
      const high = () => [...document.querySelectorAll("details > p")].filter(e => e.checkVisibility()).length;
      const wrapped = () => getComputedStyle(document.querySelector("pre")).whiteSpace;
      const seen = name => [...document.querySelectorAll(name)].filter(e => e.checkVisibility()).length;
      const found = () => [high() > 15, wrapped(), seen(".languages") + seen(".skip")];
      const screen = found();
      const style = document.querySelector("style");
      style.textContent = style.textContent.replace("@media print", "@media all");
      return [screen, found()];
    """
    page = html(taught["en"], taught["zh"])
    assert asked(page, script, tmp_path) == [[False, "pre", 2], [True, "pre-wrap", 0]]


def test_the_drawings_of_markdown_are_pictures(tmp_path: Path) -> None:
    """Sites show them by <img>, which takes a file of its own only."""
    lecture_notes(["softmax_jacobian"]).write(tmp_path, formats=("markdown",))
    (drawing,) = (tmp_path / "markdown").rglob("*.svg")
    for file, shown in ((drawing, True), (tmp_path / "nothing.svg", False)):
        page = f'<!doctype html><html><head></head><body><img src="{file.as_uri()}"></body></html>'
        width = asked(page, "return document.querySelector('img').naturalWidth", tmp_path)
        assert bool(width) is shown
