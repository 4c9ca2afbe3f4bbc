"""The directive in real builds of Sphinx: what a page shows, and what ends the build."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

import gradproof.regression.sphinx as extension
from gradproof.verify.verdict import Evidence, Report, Verdict

NAME = "sigmoid_derivative"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GRADPROOF_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    yield folder


def build(folder: Path, *, language: str = "en", builder: str = "html", **pages: str) -> tuple[dict[str, str], str]:
    """The pages that Sphinx makes of these, by name, and its warnings."""
    for name, text in pages.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    settings = {
        "extensions": ["gradproof.regression.sphinx", "myst_parser", "sphinx.ext.mathjax"],
        "language": language,
        "html_theme": "basic",
    }
    warnings = io.StringIO()
    out = folder / "out"
    with docutils_namespace():  # what a build registers with docutils is gone after it
        app = Sphinx(folder, None, out, folder / "trees", builder, settings, status=None, warning=warnings)
        app.build()
    return {path.stem: path.read_text(encoding="utf-8") for path in out.glob(f"*.{builder}")}, warnings.getvalue()


def test_in_restructuredtext_and_in_myst(project: Path) -> None:
    rst = f"Title\n=====\n\n.. toctree::\n\n   page\n\n.. gradproof:: {NAME}\n"
    pages, warnings = build(project, index_rst=rst, page_md=f"# Page\n\n```{{gradproof}} {NAME}\n:lang: zh\n```\n")
    assert warnings == ""
    for page in pages["index"], pages["page"]:
        box = page.split('<div class="gradproof docutils container">')[1]
        assert r"\begin{aligned}" in box and r"\sigma \cdot (1 - \sigma)" in box
        assert "gradproof-badge gradproof-proved" in box
    assert "The derivative of the sigmoid" in pages["index"] and "chain rule" in pages["index"]
    assert "The derivative of the sigmoid" not in pages["page"]


def test_the_language_of_the_project(project: Path) -> None:
    pages, _ = build(project, language="zh_CN", index_rst=f"T\n=\n\n.. gradproof:: {NAME}\n")
    assert "The derivative of the sigmoid" not in pages["index"]


def test_an_unknown_name_ends_the_build(project: Path) -> None:
    with pytest.raises(extension.NotProved, match=r"index\.rst:4: .*sigmoid_derivative"):
        build(project, index_rst="T\n=\n\n.. gradproof:: sigmoid_derivativ\n")


def reported(verdict: Verdict) -> object:
    """The checks of the directive, with another verdict on the last line."""
    original = extension.checked

    def checked(derivation: object) -> tuple[Report, ...]:
        *others, last = original(derivation)
        return (*others, replace(last, evidence=(Evidence("a method", verdict),)))

    return checked


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PROVED])
def test_what_is_not_proved_ends_the_build(project: Path, monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    monkeypatch.setattr(extension, "checked", reported(verdict))
    with pytest.raises(extension.NotProved, match=rf"index\.md:3: {NAME}.*: {verdict.value}"):
        build(project, index_md=f"# T\n\n```{{gradproof}} {NAME}\n```\n")


def test_what_agrees_may_be_shown_as_that(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extension, "checked", reported(Verdict.AGREES))
    pages, _ = build(project, index_rst=f"T\n=\n\n.. gradproof:: {NAME}\n   :agrees:\n")
    assert "gradproof-badge gradproof-agrees" in pages["index"]
    monkeypatch.setattr(extension, "checked", reported(Verdict.UNDECIDED))
    with pytest.raises(extension.NotProved):
        build(project, index_rst=f"T\n=\n\n.. gradproof:: {NAME}\n   :agrees:\n\n")


def test_new_sources_make_pages_outdated(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = extension.checked
    monkeypatch.setattr(extension, "checked", lambda derivation: (asked.append(1), original(derivation))[1])
    page = f"T\n=\n\n.. gradproof:: {NAME}\n"
    build(project, index_rst=page)
    build(project)
    assert len(asked) == 1
    monkeypatch.setattr(extension.sources, "digest", lambda _: "others")
    build(project)
    assert len(asked) == 2


def test_in_latex(project: Path) -> None:
    (project / "index.rst").write_text("T\n=\n\n.. gradproof:: softmax_jacobian\n", encoding="utf-8")
    build(project, builder="latex")
    (page,) = (project / "out").glob("*.tex")
    text = page.read_text(encoding="utf-8")
    assert "p_i (\\delta_{ij} - p_j)" in text and "i \\ne j" in text.replace("\\neq", "\\ne")
