"""What Torch returns at kinks and at ties, as the remarks of the catalogue say it; and that the methods meet both.

The values are measured with the Torch of `constraints.txt`. A convention that changes makes this test fail, and then
the remark has to change as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from gradproof.derivations import find
from gradproof.derivations.calculus import Largest, NonZero, Untied
from gradproof.verify.autograd import TorchAutograd
from gradproof.verify.autograd.oracle import WITHIN_RANGE
from gradproof.verify.check import RESULT, claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.numeric.agreement import sides
from gradproof.verify.numeric.points import samples
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Verdict

THIRD = 1 / 3
TIE = (2.0, 3.0, 3.0, 1.0, 3.0)

#: A function, a point at a kink or a tie, and the gradient that Torch returns there.
AT_KINKS: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], tuple[float, ...], tuple[float, ...]]] = {
    "relu": (lambda x: torch.relu(x).sum(), (0.0,), (0.0,)),
    "clamp from below": (lambda x: x.clamp(min=0).sum(), (0.0,), (1.0,)),
    "abs": (lambda x: torch.abs(x).sum(), (0.0, -0.0), (0.0, 0.0)),
    "sign": (lambda x: torch.sign(x).sum(), (0.0,), (0.0,)),
    "l1_loss": (lambda x: functional.l1_loss(x, torch.zeros_like(x)), (0.0, 1.0), (0.0, 0.5)),
    "maximum": (lambda x: torch.maximum(x[0], x[1]), (1.0, 1.0), (0.5, 0.5)),
    "minimum": (lambda x: torch.minimum(x[0], x[1]), (1.0, 1.0), (0.5, 0.5)),
    "fmax": (lambda x: torch.fmax(x[0], x[1]), (1.0, 1.0), (1.0, 0.0)),
    "max over everything": (torch.max, TIE, (0, THIRD, THIRD, 0, THIRD)),
    "min over everything": (torch.min, (3.0, 1.0, 1.0), (0, 0.5, 0.5)),
    "amax": (lambda x: torch.amax(x, dim=0), TIE, (0, THIRD, THIRD, 0, THIRD)),
    "amin": (lambda x: torch.amin(x, dim=0), (3.0, 1.0, 1.0), (0, 0.5, 0.5)),
    "1-norm": (lambda x: torch.linalg.vector_norm(x, 1), (0.0, 2.0), (0.0, 1.0)),
    "2-norm at 0": (lambda x: torch.linalg.vector_norm(x, 2), (0.0, 0.0), (0.0, 0.0)),
    "3-norm at 0": (lambda x: torch.linalg.vector_norm(x, 3), (0.0, 0.0), (0.0, 0.0)),
    "maximum norm": (lambda x: torch.linalg.vector_norm(x, torch.inf), (1.0, -1.0, 0.0), (0.5, -0.5, 0.0)),
    "maximum norm at 0": (lambda x: torch.linalg.vector_norm(x, torch.inf), (0.0, 0.0), (0.0, 0.0)),
    "root of a sum of squares": (lambda x: (x**2).sum().sqrt(), (0.0, 0.0), (torch.nan, torch.nan)),
}
#: Operations that pass the gradient of a tie on to some of the places that tie, and which places they say.
SELECTING: dict[str, tuple[Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]], int]] = {
    "max over a dimension": (lambda x: torch.max(x, dim=0), 1),
    "min over a dimension": (lambda x: torch.min(-x, dim=0), 1),
    "topk": (lambda x: torch.topk(x, 2), 2),
    "sort": (lambda x: tuple(part[:2] for part in torch.sort(x, descending=True)), 2),
    "kthvalue": (lambda x: torch.kthvalue(x, 4), 1),
}


def gradient(function: Callable[[torch.Tensor], torch.Tensor], point: tuple[float, ...]) -> list[float]:
    x = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    function(x).backward()
    assert x.grad is not None
    return x.grad.tolist()


@pytest.mark.parametrize("name", AT_KINKS)
def test_what_torch_returns_at_a_kink(name: str) -> None:
    function, point, expected = AT_KINKS[name]
    np.testing.assert_array_equal(gradient(function, point), expected)


@pytest.mark.parametrize("name", SELECTING)
def test_which_places_torch_selects_at_a_tie(name: str) -> None:
    """All of the gradient goes to the places whose indices are returned, though others have the same value."""
    select, count = SELECTING[name]
    indices = select(torch.tensor(TIE))[1].reshape(-1).tolist()
    assert len(indices) == count and all(TIE[place] == 3.0 for place in indices)
    found = gradient(lambda x: select(x)[0].sum(), TIE)
    sign = -1.0 if name.startswith("min") else 1.0
    assert found == [sign * (place in indices) for place in range(len(TIE))]


#: Entries with a kink or a tie, and what their remarks name.
REMARKS = {
    "relu_derivative": ("relu", "clamp"),
    "absolute_value_derivative": ("0",),
    "one_norm_gradient": ("vector_norm(x, 1)", "l1_loss"),
    "norm_gradient": ("vector_norm", "nan"),
    "p_norm_gradient": ("vector_norm(x, p)",),
    "maximum_of_two_derivative": ("maximum", "fmax", "1/2"),
    "max_gradient": ("amax", "amin", "topk", "kthvalue", "sort"),
    "top_two_gradient": ("topk",),
    "max_norm_gradient": ("vector_norm(x, inf)",),
}


@pytest.mark.parametrize("name", REMARKS)
def test_the_convention_stands_in_the_remarks(name: str) -> None:
    for language in ("en", "zh"):
        remarks = " ".join(remark.in_language(language) for remark in find(name).remarks)
        assert "Torch" in remarks
        assert all(word in remarks for word in REMARKS[name])
    said = " ".join(remark.en for remark in find(name).remarks)
    assert any(word in said for word in ("subgradient", "share", "no gradient"))


KINKED = [name for name in REMARKS if name != "p_norm_gradient"]


def claim_of(name: str) -> Claim:
    return next(claim for claim in claims_of(find(name)) if claim.name == name + RESULT)


def drawn(claim: Claim, modes: tuple[Mode, ...]) -> tuple[int, int]:
    """Of the places that are drawn, how many the conditions exclude, and how many they allow."""
    excluded = allowed = 0
    for sample in samples(claim, 0, 400, 10**6, modes):
        _, _, selected = sides(claim, sample)
        shape = (sample.points, *(sample.sizes[index.dim] for index in claim.indices))
        whole = np.broadcast_to(selected, shape)
        excluded, allowed = excluded + int((~whole).sum()), allowed + int(whole.sum())
    return excluded, allowed


@pytest.mark.parametrize("name", KINKED)
@pytest.mark.parametrize("modes", [tuple(Mode), WITHIN_RANGE], ids=["float64", "16 bits"])
def test_kinks_and_ties_are_drawn_and_left_out(name: str, modes: tuple[Mode, ...]) -> None:
    """The modes of each format reach the kink, where the line is not said, and not that alone."""
    excluded, allowed = drawn(claim_of(name), modes)
    assert excluded > 50 and allowed > 50


@pytest.mark.parametrize("name", ["max_gradient", "top_two_gradient", "max_norm_gradient"])
def test_a_tie_counts_for_nobody_also_without_the_condition(name: str) -> None:
    """Where places tie neither side has a value, so that Torch's convention cannot be taken for a disagreement."""
    claim = replace(claim_of(name), given=())
    ties = 0
    for sample in samples(claim, 0, 400, 10**6, (Mode.TIES, Mode.ZEROS, Mode.SMALL)):
        left, right, _ = sides(claim, sample)
        assert not (left.finite & ~right.finite).any()
        ties += int((~right.finite).sum())
    assert ties > 50
    for oracle in (BallDecision(modes=(Mode.TIES, Mode.ZEROS)), TorchAutograd("cpu", (Mode.TIES, Mode.ZEROS))):
        assert oracle.run(claim, Budget(points=400), 0).verdict is Verdict.AGREES


@pytest.mark.parametrize("name", KINKED)
def test_the_conditions_name_the_kink(name: str) -> None:
    assert any(isinstance(condition, NonZero | Untied) for condition in find(name).given)


def test_a_line_that_is_said_at_a_tie_is_not_refuted_there() -> None:
    """An even split is what amax returns at a tie; elsewhere it is wrong, and the counterexample is elsewhere."""
    from gradproof.verify.check import check

    claim = claim_of("max_gradient")
    assert isinstance(claim.given[0].expression, Largest)
    wrong = replace(claim, rhs=claim.rhs / 2)
    point = check(wrong).counterexample
    assert point is not None
    values = point.values["z"]
    assert len(set(values)) == len(values)
