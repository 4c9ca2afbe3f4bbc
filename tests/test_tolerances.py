"""No fixed tolerance decides anything in `gradproof/verify` or in the tests.

A tolerance that is loose enough for saturated inputs misses real errors, and a tight one cries wolf. What is compared
is compared exactly, or within a bound that follows from the computation.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Functions that compare within a tolerance that they are given or have by default.
FUNCTIONS = {
    *("allclose", "isclose", "assert_allclose", "assert_close", "approx", "gradcheck", "gradgradcheck"),
    *("assert_almost_equal", "assert_approx_equal", "assert_array_almost_equal", "assertAlmostEqual", "almosteq"),
    *("equal_with_tolerance", "check_grad", "approx_fprime"),
}
#: Names of tolerances, as keywords, parameters and variables.
TOLERANCES = {"rtol", "atol", "rel_tol", "abs_tol", "reltol", "abstol", "rel_eps", "abs_eps", "tolerance", "tol"}


def tolerances(source: str) -> Iterator[str]:
    """What compares within a tolerance in a source, with the line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in FUNCTIONS:
                yield f"line {node.lineno}: {name}(…)"
            case ast.ImportFrom(names=names):
                yield from (f"line {node.lineno}: {each.name}" for each in names if each.name in FUNCTIONS)
            case ast.keyword(arg=str(name)) | ast.arg(arg=name) if name in TOLERANCES:
                yield f"line {node.lineno}: {name}"
            case ast.Name(id=name, ctx=ast.Store()) if name.lower() in TOLERANCES:
                yield f"line {node.lineno}: {name}"


def sources() -> list[Path]:
    return sorted([*(ROOT / "gradproof" / "verify").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])


def test_nothing_is_compared_within_a_fixed_tolerance() -> None:
    paths = sources()
    assert len(paths) > 80
    found = [
        f"{path.relative_to(ROOT)}: {each}" for path in paths for each in tolerances(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "assert np.allclose(a, b)",
        "assert math.isclose(a, b, rel_tol=0)",
        "np.testing.assert_allclose(a, b)",
        "assert a == pytest.approx(b)",
        "torch.autograd.gradcheck(f, x)",
        "from numpy.testing import assert_allclose as same",
        "compare(a, b, rtol=1e-6)",
        "def compare(a, b, *, atol=1e-9): ...",
        "TOLERANCE = 1e-6",
        "tol: float = 1e-6",
    ],
)
def test_a_tolerance_is_found(line: str) -> None:
    assert list(tolerances(line))


@pytest.mark.parametrize(
    "line", ["assert abs(a - b) <= bound", "assert a == b", "assert torch.equal(a, b)", "# rtol=1e-6", 'name = "atol"']
)
def test_a_bound_is_no_tolerance(line: str) -> None:
    assert not list(tolerances(line))
