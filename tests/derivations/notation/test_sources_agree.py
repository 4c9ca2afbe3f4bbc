"""NumPy and Torch source agree for every entry; that of a network is a whole backward pass, as autograd finds it."""

from __future__ import annotations

import importlib.util
import inspect
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from gradproof.derivations import find
from gradproof.derivations.calculus import Derivation, Entry, Limit
from gradproof.derivations.catalogue import derivations
from gradproof.derivations.notation import numpy_source, torch_source

EPS = np.finfo(np.float64).eps
#: Nothing cancels at the data below (weights, inputs and −t are positive, activations at most 0.9), so that each of at
#: most 20 roundings per layer and path costs at most ten times itself, in either pass.
ALLOWED = 3 * 20 * 10 * EPS
SIZES = {"I": 2, "J": 3, "K": 4, "n_0": 2, "n_1": 3, "n_2": 4, "n_3": 5}
NAMES = [
    *(f"deep_network_weights_{layer}" for layer in (1, 2, 3)),
    "hidden_layer_hidden_weights",
    "hidden_layer_output_weights",
]


def imported(source: str, folder: Path) -> ModuleType:
    path = folder / "written.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("written", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def data(function: object) -> dict[str, np.ndarray]:
    """Positive weights and inputs, negative targets, of the shapes that the docstring gives."""
    rng = np.random.default_rng(0)
    shapes = {}
    for line in (inspect.getdoc(function) or "").splitlines():
        name, colon, shape = line.partition(": (")
        if colon:
            shapes[name] = tuple(SIZES[size.strip()] for size in shape.rstrip(")").split(",") if size.strip())
    assert list(shapes) == list(inspect.signature(function).parameters)
    return {name: rng.uniform(0.1, 0.3, shape) * (-1 if name == "t" else 1) for name, shape in shapes.items()}


def by_autograd(module: ModuleType, derivation: Derivation, arrays: dict[str, np.ndarray]) -> np.ndarray:
    tensors = {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}
    value = getattr(module, f"{derivation.name}_value")(**tensors)
    variable = str(derivation.by.tensor.name).replace("^(", "").replace(")", "")
    (gradient,) = torch.autograd.grad(value, tensors[variable])
    return gradient.numpy()


@pytest.mark.parametrize("name", NAMES)
def test_the_written_backward_pass_is_what_autograd_finds(name: str, tmp_path: Path) -> None:
    derivation = find(name)
    module = imported(torch_source(derivation), tmp_path)
    arrays = data(getattr(module, name))
    expected = by_autograd(module, derivation, arrays)
    written = imported(numpy_source(derivation), tmp_path)
    for result in (
        getattr(written, name)(**arrays),
        getattr(module, name)(**{k: torch.tensor(v) for k, v in arrays.items()}).numpy(),
    ):
        assert result.shape == expected.shape
        assert np.all(np.abs(result - expected) <= ALLOWED * np.abs(expected))
        assert np.all(np.abs(result * (1 + 1e-9) - expected) > ALLOWED * np.abs(expected))


def test_a_loss_that_is_not_given_leaves_its_derivative_an_argument() -> None:
    source = numpy_source(find("layer_weights"))
    assert "def layer_weights(x, dE_dz):" in source


def arguments(function: object) -> dict[str, object]:
    """Numbers between 0.1 and 0.3 for each parameter, in shapes of pairwise distinct sizes; functions for functions."""
    rng, sizes, found = np.random.default_rng(1), {}, {}
    described = dict(line.split(": ", 1) for line in (inspect.getdoc(function) or "").splitlines() if ": " in line)
    for name in inspect.signature(function).parameters:
        if name.startswith(("phi", "psi")):
            found[name] = {"psi": np.exp, "psi_prime": np.sin}.get(name, np.cos)
        elif name in described:
            names = [size.strip() for size in described[name].strip("()").split(",") if size.strip()]
            shape = [] if described[name] == "a number" else [sizes.setdefault(size, 2 + len(sizes)) for size in names]
            found[name] = rng.uniform(0.1, 0.3, shape)
        else:  # a size that no argument has
            found[name] = sizes.setdefault(name, 2 + len(sizes))
    return found


def in_torch(argument: object) -> object:
    if callable(argument):
        return {np.cos: torch.cos, np.sin: torch.sin, np.exp: torch.exp}[argument]
    return torch.as_tensor(argument) if isinstance(argument, np.ndarray | float) else argument


def both(derivation: Derivation, folder: Path) -> tuple[np.ndarray, torch.Tensor]:
    """The result by the NumPy and by the Torch source."""
    name = derivation.name.replace(".", "_")
    in_numpy = getattr(imported(numpy_source(derivation), folder), name)
    given = arguments(in_numpy)
    tensors = {key: in_torch(value) for key, value in given.items()}
    return in_numpy(**given), getattr(imported(torch_source(derivation), folder), name)(**tensors)


WRITTEN = [
    part
    for entry in derivations()
    for part in entry.walk()
    if not part.statement.has(Limit) and part.result.atoms(Entry)
]


@pytest.mark.parametrize("derivation", WRITTEN, ids=lambda part: part.name)
def test_both_sources_of_every_entry_compute_the_same(derivation: Derivation, tmp_path: Path) -> None:
    by_numpy, by_torch = both(derivation, tmp_path)
    assert by_torch.dtype == torch.float64
    assert by_torch.shape == np.shape(by_numpy)
    # a few dozen operations on numbers below 10 each
    assert np.all(np.abs(by_torch.numpy() - by_numpy) <= 50 * 10 * EPS)
    assert np.max(np.abs(by_numpy)) > 1e6 * EPS


def test_most_entries_are_among_them() -> None:
    """Results that are numbers, such as the 0 of a bound or the value of a limit, need no source."""
    assert len(WRITTEN) >= sum(bool(entry.result.atoms(Entry)) for entry in derivations()) > 50
