"""Everything in the catalogue is written: each line by each printer, each result as matrix form and as source."""

from __future__ import annotations

import importlib.util
import inspect
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sympy import Expr

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Dim, Domain, Entry, Index, Partial, Sum, Tensor, free_indices
from gradproof.derivations.notation import (
    NoMatrixFormError,
    changed_parts,
    derivation_form,
    display,
    function_source,
    latex,
    letters_of,
    mathml,
    matrix_numpy,
    matrix_tree,
    python_name,
    text,
    tree_text,
)
from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation.array_source import inputs_of
from gradproof.derivations.notation.derivative_data import derivative_name

from .conftest import data_axes, data_name

ALL = [part for derivation in catalogue.derivations() for part in derivation.walk()]
#: Results that are only a part of a Jacobian.
WITHOUT_MATRIX_FORM = {part.name for part in ALL if "." in part.name and part.by is not None}
#: No operation on matrices says which entry is the largest.
WITHOUT_MATRIX_FORM |= {"max_gradient", "top_two_gradient", "max_norm_gradient"}
WITHOUT_MATRIX_FORM |= {"min_gradient", "kth_value_gradient", "matrix_one_norm_gradient"}
#: Three axes are no matrix.
WITHOUT_MATRIX_FORM |= {"row_sums_jacobian", "row_maxima_jacobian"}
#: A vector by a scalar, a second derivative of any function, and powers with another exponent in every place.
WITHOUT_MATRIX_FORM |= {"gradient_normal_to_any_contour", "taylor_curvature", "momentum_step"}
#: Opaque functions and their first derivatives, as `conftest.value` takes them.
FUNCTIONS = {"phi": np.sin, "phi_prime": np.cos, "psi": np.cos, "psi_prime": lambda x: -np.sin(x)}


def lines_of(derivation: Derivation) -> Iterator[Expr]:
    yield derivation.statement
    yield from (step.after for step in derivation.steps)
    if derivation.textbook is not None:
        yield derivation.textbook


def test_the_catalogue_was_found() -> None:
    assert len(ALL) > 40


@pytest.mark.parametrize("derivation", ALL, ids=lambda derivation: derivation.name)
def test_every_line_is_printed_well(derivation: Derivation) -> None:
    letters = letters_of(derivation)
    for line in lines_of(derivation):
        formula, words = latex(line, letters=letters), text(line, letters=letters)
        assert formula.count("{") == formula.count("}")
        assert formula.count(r"\left") == formula.count(r"\right")
        assert not re.search(r"[~]|(^|[^}\w])_\d", words)  # names of opened and of canonical indices
        assert words.count("(") == words.count(")")
        ElementTree.fromstring(mathml(line, letters=letters))


@pytest.mark.parametrize("derivation", ALL, ids=lambda derivation: derivation.name)
def test_sums_take_letters_of_their_own(derivation: Derivation) -> None:
    letters = letters_of(derivation)
    for line in lines_of(derivation):
        tree = display(line, letters=letters)
        bound = {tree_text(node.index) for node in t.walk(tree) if isinstance(node, t.Bound)}
        assert bool(bound) == bool(line.atoms(Sum))
        assert not bound & {index.name for index in free_indices(line)}
        assert not bound & {size.name for size in line.atoms(Dim)}


@pytest.mark.parametrize("printer", [text, latex, mathml])
def test_a_step_never_looks_like_the_line_before(printer: Callable[..., str]) -> None:
    compared = 0
    for derivation in ALL:
        letters = letters_of(derivation)
        for step in derivation.steps:
            if step.before != step.after:
                compared += 1
                assert printer(step.before, letters=letters) != printer(step.after, letters=letters)
    assert compared > 100


def test_marks_are_found_again_in_the_tree() -> None:
    marked = total = 0
    for derivation in ALL:
        for step in derivation.steps:
            parts = changed_parts(step.before, step.after)
            total += bool(parts)
            marked += "⟦" in text(step.after, changed=parts)
    assert total > 50
    assert marked == total


# -- numbers


def sizes_of(derivation: Derivation) -> dict[Dim, int]:
    found: set[Dim] = set()
    pending = list(lines_of(derivation))
    while pending:
        part = pending.pop()
        found |= {index.dim for index in part.atoms(Index)} | part.atoms(Dim)
        found |= {size for tensor in part.atoms(Tensor) for size in tensor.dims}
        pending += [tensor.definition[1] for tensor in part.atoms(Tensor) if tensor.definition is not None]
    sizes = {size: 2 + place for place, size in enumerate(sorted(found, key=str))}
    assert len(set(sizes.values())) == len(sizes)
    return sizes


def arrays_for(expression: Expr, sizes: dict[Dim, int]) -> dict[str, Any]:
    """Numbers in (0.2, 0.8), one-hot or scaled to the sum 1 where the domain says so; derivatives that are data too."""
    random = np.random.default_rng(5)
    found: dict[str, Any] = {}
    pending = list(inputs_of(expression))
    while pending:
        part = pending.pop()
        if isinstance(part, Partial):
            found[data_name(part)] = random.uniform(-1, 1, [sizes[index.dim] for index in data_axes(part)])
        elif isinstance(part, Tensor) and part.definition is not None:
            pending += inputs_of(part.definition[1])
        elif isinstance(part, Tensor):
            array = random.uniform(0.2, 0.8, [sizes[size] for size in part.dims])
            if part.domain is Domain.ONE_HOT:
                array = (array == array.max(axis=-1, keepdims=True)).astype(float)
            elif part.domain.sums_to_one:
                array = array / array.sum(axis=-1, keepdims=True)
            found[part.name] = array
    return found


def standing(expression: Expr) -> set[Tensor]:
    """The tensors whose values an expression needs: not those that only name a derivative, as x does in ∂f/∂x."""
    if isinstance(expression, Partial):
        return set()
    if isinstance(expression, Entry):
        return {expression.tensor}
    return {tensor for part in expression.args for tensor in standing(part)}


def call(source: str, arrays: dict[str, Any], sizes: dict[Dim, int], folder: Path, names: dict[str, str]) -> Any:
    path = folder / "written.py"
    path.write_text(f"import numpy as np\n\n\n{source}", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("written", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    given = {names.get(name) or python_name(name): array for name, array in arrays.items()}
    given |= {python_name(size.name): number for size, number in sizes.items()}
    given |= FUNCTIONS
    return module.f(**{name: given[name] for name in inspect.signature(module.f).parameters})


def derivative_names(expression: Expr) -> dict[str, str]:
    """The names of derivatives that are data: as keys of arrays, and in code."""
    found = {}
    pending = [expression]
    while pending:
        part = pending.pop()
        for partial in part.atoms(Partial):
            if isinstance(partial.expression, Entry | Partial):
                found[data_name(partial)] = derivative_name(partial)
        pending += [tensor.definition[1] for tensor in part.atoms(Tensor) if tensor.definition is not None]
    return found


@pytest.mark.parametrize("derivation", ALL, ids=lambda derivation: derivation.name)
def test_source_of_the_result_computes_the_result(derivation: Derivation, tmp_path: Path, assert_same: Any) -> None:
    result, indices = derivation.result, derivation.indices
    sizes = sizes_of(derivation)
    arrays = arrays_for(result, sizes)
    output = call(function_source("f", result, indices), arrays, sizes, tmp_path, derivative_names(result))
    assert_same(output, result, indices, arrays, sizes)


@pytest.mark.parametrize("derivation", ALL, ids=lambda derivation: derivation.name)
def test_matrix_form_of_the_result_computes_the_result(
    derivation: Derivation, tmp_path: Path, assert_same: Any, evaluate: Any
) -> None:
    if derivation.name in WITHOUT_MATRIX_FORM:
        with pytest.raises(NoMatrixFormError):
            derivation_form(derivation, "numerator")
        return
    result = derivation.result
    by = derivation.by.indices if derivation.by is not None else ()
    value = tuple(index for index in derivation.indices if index not in by)
    layout = "numerator" if value else "denominator"
    form = derivation_form(derivation, layout)
    assert tree_text(matrix_tree(form))
    sizes = sizes_of(derivation)
    arrays = arrays_for(result, sizes)
    for tensor in standing(result):  # in matrix form a defined tensor is an array like any other
        if tensor.definition is not None:
            arrays[tensor.name] = evaluate(tensor.body(*tensor.definition[0]), tensor.definition[0], arrays, sizes)
    names = derivative_names(result)
    parameters = [names.get(name) or python_name(name) for name in arrays]
    parameters += [*(python_name(size.name) for size in sizes), *FUNCTIONS]
    source = f"def f({', '.join(parameters)}):\n    return {matrix_numpy(form)}\n"
    axes = value + by if value or by else derivation.indices
    assert_same(call(source, arrays, sizes, tmp_path, names), result, axes, arrays, sizes)
