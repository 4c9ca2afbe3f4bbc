"""The plugin in runs of pytest: what is collected, what each status comes to, and what a person sees of it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from gradproof import check_document
from gradproof.regression import plugin
from gradproof.regression.documents import request
from gradproof.regression.documents import walking as walking  # loaded here, so that not every run loads it again
from gradproof.verify.running import ChildPool

pytest_plugins = ("pytester",)

ROOT = Path(__file__).parents[3]
PLUGIN = ("-p", "gradproof.regression.plugin")

MARKDOWN = r"""---
gradproof: |
  z : n
  t : onehot n
---
With $p = \softmax(z)$ and $E = -\sum_k t_k \log p_k$ we have

<!-- gradproof: label jacobian -->
$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)$$

<!-- gradproof: check -->
$$\frac{\partial E}{\partial z_j} = t_j - p_j$$

A mistake of which no mark speaks:
$$\frac{\partial p_i}{\partial z_j} = p_i$$

<!-- gradproof: expect-wrong -->
$$\frac{\partial E}{\partial z_j} = p_j$$

<!-- gradproof: check -->
$$\frac{\partial Q}{\partial z_j} = p_j$$

<!-- gradproof: check -->
$$\frac{z}{ = 1$$

<!-- gradproof: skip -->
$$z_i = 1$$

<!-- gradproof: check -->
$$r_i = 2 p_i$$
"""
LATEX = "% gradproof: x : R\n% gradproof: check\n\\[ \\sigma'(x) = \\sigma(x) (1 - \\sigma(x)) \\label{eq:s} \\]\n"
NOTEBOOK = (
    '{"cells": [{"cell_type": "markdown", "source": ["<!-- gradproof: x : R -->\\n", "\\n",'
    ' "<!-- gradproof: label square -->\\n", "$$(x + 1)^2 = x^2 + 1$$"]}]}'
)
PYTHON = '"""Code.\n\n# gradproof: x : R\n"""\n# gradproof: x : R\n# gradproof: label double\n# $x + x = 2 x$\n'
GRADIENT = r"\frac{\partial E}{\partial z_j} = t_j - p_j"
STATUSES = {
    "a.md": {
        "declared: z : n; t : onehot n": "DEFINITION",
        "jacobian": "PROVED",
        GRADIENT: "REFUTED",
        r"\frac{\partial E}{\partial z_j} = p_j": "EXPECTED",
        r"\frac{\partial Q}{\partial z_j} = p_j": "NEEDS",
        r"\frac{z}{ = 1": "UNREADABLE",
        "z_i = 1": "SKIPPED",
        "r_i = 2 p_i": "NOTHING_CLAIMED",
    },
    "b.tex": {"declared: x : R": "DEFINITION", "eq:s": "PROVED"},
    "c.ipynb": {"declared: x : R": "DEFINITION", "square": "REFUTED"},
    "d.py": {"declared: x : R": "DEFINITION", "double": "PROVED"},
}
OPEN = ("NEEDS", "UNREADABLE", "NOTHING_CLAIMED")


@pytest.fixture(autouse=True)
def _only_this_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def documents(pytester: pytest.Pytester) -> pytest.Pytester:
    for name, text in (("a.md", MARKDOWN), ("b.tex", LATEX), ("c.ipynb", NOTEBOOK), ("d.py", PYTHON)):
        (pytester.path / name).write_text(text, encoding="utf-8")
    return pytester


def properties(case: ElementTree.Element) -> dict[str, str]:
    return {each.get("name", ""): each.get("value", "") for each in case.iter("property")}


def test_a_run_and_the_runs_after_it(documents: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run that decides, and others that find what it kept: nothing is sent to a child again."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(documents.path))
    first = documents.runpytest(*PLUGIN, "--gradproof", "-v", "--junitxml=found.xml")
    cases = {
        f"{case.get('classname')}::{case.get('name')}": case
        for case in ElementTree.parse(documents.path / "found.xml").iter("testcase")
    }
    told = {name: properties(case) for name, case in cases.items()}
    seen = {name: told[name]["gradproof_status"] for name in told}
    assert seen == {
        f"{file.removesuffix('.py')}::{name}": word for file in STATUSES for name, word in STATUSES[file].items()
    }
    assert first.ret == pytest.ExitCode.TESTS_FAILED
    first.assert_outcomes(failed=2, passed=4, skipped=4)
    out = first.stdout.str()
    _everything_is_said(out)
    wrong = told[f"a.md::{GRADIENT}"]
    assert (wrong["file"], wrong["line"], wrong["column"]) == ("a.md", "12", "37")
    assert told["c.ipynb::square"]["cell"] == "1"
    failure = cases[f"a.md::{GRADIENT}"].find("failure")
    assert failure is not None and "at n = 2, j = 1" in failure.get("message", "")

    def never(*anything: Any) -> Any:
        raise AssertionError("a child was asked again")

    monkeypatch.setattr(ChildPool, "submit", never)
    monkeypatch.setattr(ChildPool, "submit_pickled", never)
    strict = documents.runpytest(*PLUGIN, "--gradproof", "--gradproof-strict", "-k", "not r_i")
    strict.assert_outcomes(failed=4, passed=4, skipped=1, deselected=1)
    last = documents.runpytest(*PLUGIN, "--gradproof", "-v", "--lf", "--lfnf=none", "-k", "square or jacobian")
    last.assert_outcomes(failed=1, deselected=3)
    stopped = documents.runpytest(*PLUGIN, "--gradproof", "-x", "-o", "gradproof_strict=true", "a.md")
    stopped.assert_outcomes(failed=1, passed=1)
    again = documents.runpytest(*PLUGIN, "--gradproof", f"a.md::{GRADIENT}", "a.md::jacobian")
    again.assert_outcomes(failed=1, passed=1)
    (documents.path / "a.md").write_text(MARKDOWN.replace("we have", "we\nhave, in\nmore words,"), encoding="utf-8")
    moved = documents.runpytest(*PLUGIN, "--gradproof", "-q", "a.md")
    moved.stdout.fnmatch_lines(["*a.md:14:37: refuted by a counterexample"])


def _everything_is_said(out: str) -> None:
    lines = out.splitlines()
    failure = lines.index("a.md:12:37: refuted by a counterexample")
    assert lines[failure + 1] == r"12 | $$\frac{\partial E}{\partial z_j} = t_j - p_j$$"
    assert lines[failure + 2].index("^") == lines[failure + 1].index("t_j - p_j")
    assert any(line.startswith("    at n = 2, j = 1, ") and "left" in line and "right" in line for line in lines)
    assert any("c.ipynb:cell 1:4:15: refuted" in line for line in lines)
    assert any(line.startswith("::error file=a.md,line=12,col=37,title=gradproof%3A REFUTED::") for line in lines)
    assert any(line.startswith("::error file=c.ipynb,title=gradproof%3A REFUTED::") for line in lines)
    assert sum(line.startswith("::warning file=a.md,line=") for line in lines) == len(OPEN)
    assert "a.md::jacobian PROVED" in out and "a.md::declared: z : n; t : onehot n DEFINITION" in out
    section = out[out.index("gradproof: not decided") :]
    assert r"a.md::\frac{z}{ = 1 (line 24, column 11)" in section and "does not depend on z" in " ".join(
        section.split()
    )
    assert "a mark speaks of it, but nothing in it is claimed" in " ".join(section.split())
    counts = "2 refuted, 3 proved, 1 refuted as expected, 3 not decided (needs 1, nothing claimed 1, unreadable 1)"
    assert f"{counts}, 1 skipped, 4 definitions and conditions" in out
    assert "10 claims in 4 files" in out


def test_all_formulas(pytester: pytest.Pytester) -> None:
    (pytester.path / "a.md").write_text("Let $z = 2$, and $x + x = 2x$ for $x$.\n<!-- gradproof: x : R -->\n")
    pytester.makeini("[pytest]\ngradproof_mode = all\n")
    found = pytester.runpytest(*PLUGIN, "--gradproof", "-v")
    found.assert_outcomes(passed=1)
    found.stdout.fnmatch_lines(["a.md::z = 2 CONDITION*", "a.md::x + x = 2x PROVED*"])
    found.stdout.fnmatch_lines(["1 proved, 2 definitions and conditions; 1 claim in 1 file"])
    found.stdout.no_fnmatch_line("::*")  # annotations are for GitHub
    none = pytester.runpytest(*PLUGIN, "--gradproof", "--gradproof-mode", "marked")
    none.stdout.fnmatch_lines(["no marked claim in 1 file; write <!-- gradproof: check --> before one, or set *"])


def test_a_formula_of_a_file_that_is_taken_in_stands_in_that_file(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("paper")
    (folder / "main.tex").write_text("% gradproof: x : R\n\\input{part}\n", encoding="utf-8")
    (folder / "part.tex").write_text("% gradproof: check\n$x + 1 = x$\n", encoding="utf-8")
    found = pytester.runpytest(*PLUGIN, "--gradproof", "--gradproof-strict", "-v", "paper/main.tex")
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(
        ["paper/main.tex::x + 1 = x REFUTED *", "paper/part.tex:2:10: refuted by a counterexample"]
    )


def test_the_setting_names_documents_beside_the_tests(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ngradproof_files = docs/*.md 'docs/b*.tex'\ntestpaths = tests\n")
    for folder in ("docs", "tests"):
        pytester.mkdir(folder)
    (pytester.path / "docs" / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (pytester.path / "docs" / "other.txt").write_text(MARKDOWN, encoding="utf-8")
    (pytester.path / "docs" / "b.tex").write_text(LATEX, encoding="utf-8")
    (pytester.path / "other.md").write_text(MARKDOWN, encoding="utf-8")
    (pytester.path / "tests" / "test_it.py").write_text("# gradproof: x : R\ndef test_it(): pass\n", encoding="utf-8")
    cases: dict[tuple[str, ...], tuple[int, bool, bool]] = {
        (): (1, True, False),
        ("tests",): (1, False, False),
        ("docs",): (0, True, False),
        (".",): (1, True, False),
        ("--gradproof", "other.md"): (0, False, True),
        ("--gradproof", "."): (1, True, False),
    }
    for arguments, (tests, named, other) in cases.items():
        out = pytester.runpytest(*PLUGIN, "--co", "-q", *arguments).stdout.str()
        assert out.count("tests/test_it.py::test_it") == tests
        assert (r"docs/a.md::jacobian" in out, "docs/b.tex::eq:s" in out) == (named, named)
        assert ("\nother.md::jacobian" in f"\n{out}") is other


@pytest.mark.parametrize(
    ("settings", "arguments", "said"),
    [
        ("gradproof_files = docs/*.rst", (), "gradproof_files: no document fits docs/*.rst in"),
        ("gradproof_files = *.ini", (), "gradproof_files: no document fits *.ini in"),
        ("gradproof_mode = some", ("--gradproof",), "gradproof_mode is 'some'; it is one of marked, all"),
        ("", ("--gradproof", "--gradproof-seed", "-1"), "--gradproof-seed is '-1'; it is a number, nightly or random"),
        ("", ("--gradproof", "--gradproof-seed", "x"), "--gradproof-seed is 'x'"),
        ("gradproof_declarations = none.toml", ("--gradproof",), "gradproof_declarations: none.toml: there is no file"),
        ("", ("--gradproof", "--gradproof-declare", "x ? y"), "--gradproof-declare: line 1 of the declarations"),
    ],
)
def test_what_cannot_be_asked_for(
    settings: str, arguments: tuple[str, ...], said: str, pytester: pytest.Pytester
) -> None:
    pytester.makeini(f"[pytest]\n{settings}\n")
    found = pytester.runpytest(*PLUGIN, *arguments)
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    assert said in found.stderr.str()



@pytest.mark.parametrize("written", ["t : onehot n", "names.toml\n  s : R"])
def test_declarations_stand_before_all_documents(written: str, pytester: pytest.Pytester) -> None:
    """Those of the settings first, whose files are named from the root, then those of the command line."""
    pytester.makeini(f"[pytest]\ngradproof_declarations =\n  {written}\n")
    (pytester.path / "names.toml").write_text('given = "t : onehot n"\n')
    folder = pytester.mkdir("docs")
    (folder / "a.md").write_text("<!-- gradproof: check -->\n$$\\sum_k t_k^2 = 1$$\n")
    (folder / "b.md").write_text("<!-- gradproof: check -->\n$$|x| = x$$\n")
    declared = pytester.runpytest(*PLUGIN, "--gradproof", "--gradproof-declare", "x : >0", "docs")
    declared.stdout.fnmatch_lines(["2 proved; 2 claims in 2 files"])
    alone = pytester.runpytest(*PLUGIN, "--gradproof", "docs").stdout.str()
    assert "1 proved" in alone and "2 proved" not in alone  # x may be negative


def test_a_file_that_cannot_be_read_fails(pytester: pytest.Pytester) -> None:
    (pytester.path / "a.md").write_bytes(b"gradproof: \xff")
    found = pytester.runpytest(*PLUGIN, "--gradproof")
    assert found.ret == pytest.ExitCode.INTERRUPTED
    found.stdout.fnmatch_lines(["*save it as UTF-8*"])


def _seed_of(pytester: pytest.Pytester, seed: str) -> int:
    out = pytester.runpytest(*PLUGIN, "--gradproof", "--co", "--gradproof-seed", seed).stdout.str()
    (line,) = [line for line in out.splitlines() if line.startswith("gradproof: ")]
    return int(line.rsplit(" ", 1)[1])


def test_seeds(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    class Day(request.date):
        @classmethod
        def today(cls) -> Day:
            return cls(2031, 2, 3)

    monkeypatch.setattr(request, "date", Day)
    assert (_seed_of(pytester, "0"), _seed_of(pytester, "17")) == (0, 17)
    assert _seed_of(pytester, "nightly") == 20310203
    assert _seed_of(pytester, "random") != _seed_of(pytester, "random")


def test_the_seed_chooses_the_points(pytester: pytest.Pytester) -> None:
    path = pytester.path / "a.md"
    path.write_text("<!-- gradproof: x : R\ncheck -->\n$$\\sigma(x) + x^3 = x^2 + 7$$\n")
    found = pytester.runpytest(*PLUGIN, "--gradproof", "--gradproof-seed", "4", "-q").stdout.str().splitlines()
    assert f"    at {check_document(path, seed=4).findings[0].counterexample}" in found
    assert "--gradproof-seed 4 draws the same points again" in found


@pytest.mark.slow
def test_workers_of_xdist_say_the_same(documents: pytest.Pytester) -> None:
    (documents.path / "pytest.ini").write_text("[pytest]\ngradproof_files = *.md *.tex\n")
    command = (*PLUGIN, "-p", "xdist.plugin", "-n2", "--gradproof-seed", "random", "-v")
    found = documents.runpytest_subprocess(*command, timeout=300)
    found.assert_outcomes(failed=1, passed=3, skipped=4)
    out = found.stdout.str()
    assert "1 refuted, 2 proved, 1 refuted as expected, 3 not decided" in out and "8 claims in 2 files" in out
    (seed,) = [line.rsplit(" ", 1)[1] for line in out.splitlines() if line.startswith("gradproof: marked")]
    assert f"--gradproof-seed {seed} draws the same points again" in out


PROBE = """
def pytest_unconfigure(config):
    import sys

    print("loaded", sorted({"sympy", "numpy", "torch"} & set(sys.modules)))
"""


def test_nothing_heavy_is_loaded_unless_it_is_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(PROBE)
    (pytester.path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    pytester.makepyfile(test_it="def test_it(): pass")
    cases = {(): "[]", ("--gradproof", "test_it.py"): "[]", ("--gradproof",): "['sympy']"}
    for arguments, loaded in cases.items():
        found = pytester.runpytest_subprocess(*PLUGIN, "--co", "-q", *arguments)
        found.stdout.fnmatch_lines([f"loaded {loaded}".replace("[", "[[]")])


def test_the_entry_point_is_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"gradproof": plugin.__name__}


def test_importing_the_plugin_loads_nothing_else_of_ours() -> None:
    code = f"import sys, {plugin.__name__}\nprint(sorted(name for name in sys.modules if name.startswith('gradproof')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    ours = ["gradproof", "gradproof._version", "gradproof.regression", plugin.__name__]
    assert done.stdout.strip() == str(ours)
