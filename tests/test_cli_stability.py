"""`gradproof show NAME --stability`."""

from __future__ import annotations

import importlib.util

import pytest

from gradproof.cli import main
from gradproof.derivations.notation.wrapping import columns
from gradproof.notes.stability import measured


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("language", ("en", "zh"))
@pytest.mark.parametrize("name", ("softplus_stable", "binary_cross_entropy_stable", "variance_stable"))
def test_the_table_fits_80_columns(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", name, "--stability", "--lang", language]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert captured.err == "" and max(map(columns, lines)) <= 80
    assert "\u00a0" not in captured.out
    rows = [line.split() for line in lines if line.startswith(("float", "bfloat"))]
    assert [row[0] for row in rows] == ["float64", "float32", "float16", "bfloat16"]
    assert all(float(row[2]) < 4 for row in rows), "the column of the stable form"
    ends = {line.rindex("  " + line.split()[2]) + 2 + len(line.split()[2]) for line in lines if line[:3] == "flo"}
    assert len(ends) == 1, "numbers end in one column"


def test_naive_softplus_overflows_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "softplus_stable", "--stability"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Softplus without overflow\n")
    assert "overflow: x > 709.8; no digit is right: x < −36.74" in out
    assert "Measured, not proved" in out


def test_an_entry_without_a_stable_form_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "softmax_jacobian", "--stability"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "gradproof: softmax_jacobian does not lead from a naive form to a stable one\n"


@pytest.mark.parametrize("form", ("numpy", "torch"))
def test_there_is_no_table_as_code(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "softplus_stable", "--stability", "--format", form]) == 2
    expected = f"gradproof: a table of errors is written as text, latex or markdown, not as {form}\n"
    assert capsys.readouterr().err == expected


def test_markdown_and_latex(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "tanh_stable", "--stability", "--format", "markdown"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "|:---|---:|---:|:---|"
    for line in lines[:6]:
        assert line.replace(r"\|", "").count("|") == 5, "every row has four cells"
    assert r"\|x\| > 709.8" in lines[2]
    assert main(["show", "tanh_stable", "--stability", "--format", "latex"]) == 0
    latex = capsys.readouterr().out
    assert latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") == 1
    assert latex.count(r"\\") == 5


def test_without_torch_the_exit_code_says_that_something_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else found(name))
    measured.cache_clear()
    try:
        assert main(["show", "log_near_one_stable", "--stability"]) == 3
    finally:
        measured.cache_clear()
    assert "bfloat16" in (out := capsys.readouterr().out) and "not available here: Torch is not installed" in out
