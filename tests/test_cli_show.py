"""`gradproof list` and `gradproof show`: the whole catalogue, in every form and language."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable

import pytest

import gradproof
from gradproof.cli import main
from gradproof.derivations import catalogue, notation

NAMES = catalogue.names()

Shown = Callable[..., str]


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What a command prints; it must succeed, and say nothing on stderr."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> str:
        assert main(arguments) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out

    return run


def test_the_list_names_everything_once_within_80_columns(shown: Shown) -> None:
    for language in ("en", "zh"):
        lines = shown("list", "--lang", language).splitlines()
        entries = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
        assert entries == list(NAMES)
        headings = [line for line in lines if line and not line.startswith(" ")]
        assert headings == [chapter.title.in_language(language) for chapter in catalogue.chapters()]
        assert max(map(len, lines)) <= 80


def test_the_list_as_json(shown: Shown) -> None:
    document = json.loads(shown("list", "--json"))
    assert (document["schema"], document["version"]) == ("gradproof/list/1", gradproof.__version__)
    assert [entry["name"] for entry in document["derivations"]] == list(NAMES)
    (jacobian,) = [entry for entry in document["derivations"] if entry["name"] == "softmax_jacobian"]
    assert jacobian["chapter"] == "softmax"
    assert jacobian["title"]["zh"] == "softmax 的雅可比矩阵"
    assert jacobian["statement"] == "∂p_i/∂z_j"
    assert jacobian["result"] == "p_i (δ_ij − p_j)"
    assert jacobian["steps"] == len(catalogue.find("softmax_jacobian").steps)
    assert len(jacobian["cases"]) == 2
    assert all(catalogue.find(case) for entry in document["derivations"] for case in entry["cases"])


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_is_shown_in_each_form(name: str, shown: Shown) -> None:
    derivation = catalogue.find(name)
    text = shown("show", name)
    assert text.startswith(derivation.title.en)
    assert max(map(len, text.splitlines())) <= 80
    for step in derivation.steps:
        assert re.search(rf"^ *{step.id} ", text, re.MULTILINE)
    chinese = shown("show", name, "--lang", "zh")
    assert chinese.startswith(derivation.title.zh)
    assert chinese != text
    latex = shown("show", name, "--format", "latex")
    assert latex.count("{") == latex.count("}") > 0
    assert shown("show", name, "--format", "markdown").startswith(f"## {derivation.title.en}\n")
    for library in ("numpy", "torch"):
        tree = ast.parse(shown("show", name, "--format", library))
        assert library in ast.unparse(tree.body[0])
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_a_case_is_shown_by_its_own_name(shown: Shown) -> None:
    case = catalogue.find("softmax_jacobian").branches[0]
    assert shown("show", case.name).startswith(case.title.en)


def test_what_has_no_source_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(derivation: object) -> str:
        raise notation.NoSourceError("it is not carried out")

    monkeypatch.setattr(notation, "numpy_source", refuse)
    assert main(["show", "softmax_jacobian", "--format", "numpy"]) == 3
    captured = capsys.readouterr()
    assert captured.err == "gradproof: softmax_jacobian has no numpy source: it is not carried out\n"
    assert captured.out == ""
