"""The public names: all of them are there, nothing heavy is loaded to get at the first."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gradproof

HEAVY = ("sympy", "numpy", "torch", "hypothesis", "rich", "flint", "latexify")


def loaded(code: str) -> set[str]:
    """Which heavy packages a fresh interpreter has loaded after this code."""
    report = f"{code}\nimport sys\nprint('\\n'.join(set(sys.modules) & {set(HEAVY)!r}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stderr.split())


def test_both_lists_of_public_names_agree() -> None:
    tree = ast.parse(Path(gradproof.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    for_types = {
        alias.asname: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    expected = {name: f"gradproof.{module}" if module else f"gradproof.{name}" for name, module in for_types.items()}
    assert expected == gradproof._HOMES
    assert set(gradproof.__all__) == {"__version__", *expected}


@pytest.mark.parametrize("name", gradproof.__all__)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(gradproof, name) is not None
    assert name in dir(gradproof)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'softmaxx'"):
        _ = gradproof.softmaxx


def test_importing_loads_nothing_heavy() -> None:
    assert loaded("import gradproof; gradproof.__version__; dir(gradproof)") == set()


def test_the_calculus_loads_without_numbers() -> None:
    assert not loaded("import gradproof; gradproof.Dim('n')") & {"numpy", "torch", "hypothesis", "rich", "latexify"}


def test_the_version_is_said_in_one_place() -> None:
    root = Path(__file__).parents[1]
    places = [
        path.relative_to(root).as_posix()
        for path in [*root.glob("gradproof/**/*.py"), root / "pyproject.toml"]
        if f'"{gradproof.__version__}"' in path.read_text(encoding="utf-8")
    ]
    assert places == ["gradproof/_version.py"]
