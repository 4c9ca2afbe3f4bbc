"""Every rule of the table of operations gives what Torch gives: the test loops over the table itself."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from sympy import S

from gradproof.derivations.calculus import Dim, Scalar, Tensor, Vector
from gradproof.verify.autograd.graph.operations import RULES
from gradproof.verify.autograd.graph.reading import GUARDS, Reading, read
from gradproof.verify.autograd.graph.scalars import entries
from gradproof.verify.autograd.trace import trace
from gradproof.verify.evaluation import Unsupported

from .values import assert_same

#: The arguments of each operation in several calls. A text is the shape of a tensor, such as "2,3"; "+" stands before
#: one of positive entries, "!" before one without equal entries, "?" before truth values; "0,6" has some zeros.
CALLS: dict[str, list[dict[str, Any]]] = {
    "aten.add.Tensor": [dict(self="2,3", other="3", alpha=1), dict(self="2", other=0.5, alpha=-2)],
    "aten.add.Scalar": [dict(self="3", other=0.25, alpha=2), dict(self="", other=1, alpha=1)],
    "aten.sub.Tensor": [dict(self="2,3", other="3", alpha=1), dict(self="2", other="", alpha=3)],
    "aten.sub.Scalar": [dict(self="3", other=0.25, alpha=2)],
    "aten.mul.Tensor": [dict(self="2,3", other="2,1"), dict(self="", other="")],
    "aten.mul.Scalar": [dict(self="3", other=-0.75)],
    "aten.div.Tensor": [dict(self="2,3", other="2,1"), dict(self="3", other="")],
    "aten.div.Scalar": [dict(self="3", other=3)],
    "aten.div_.Scalar": [dict(self="3", other=3)],
    "aten.neg.default": [dict(self="2,3")],
    "aten.pow.Tensor_Scalar": [dict(self="3", exponent=3), dict(self="+3", exponent=0.5), dict(self="3", exponent=-1)],
    "aten.pow.Tensor_Tensor": [dict(self="+2,3", exponent="3")],
    "aten.sqrt.default": [dict(self="+3")],
    "aten.rsqrt.default": [dict(self="+3")],
    "aten.reciprocal.default": [dict(self="3")],
    "aten.mm.default": [dict(self="2,3", mat2="3,4")],
    "aten.exp.default": [dict(self="2,3")],
    "aten.log.default": [dict(self="+2,3")],
    "aten.log1p.default": [dict(self="+3")],
    "aten.expm1.default": [dict(self="3")],
    "aten.erf.default": [dict(self="3")],
    "aten.tanh.default": [dict(self="3")],
    "aten.sigmoid.default": [dict(self="3")],
    "aten.sum.dim_IntList": [
        dict(self="2,3,4", dim=[0, -1], keepdim=False),
        dict(self="2,3", dim=[1], keepdim=True),
        dict(self="2,3", dim=None),
        dict(self="", dim=None),
    ],
    "aten.mean.default": [dict(self="2,3"), dict(self="")],
    "aten.var.correction": [
        dict(self="2,3", dim=[1], correction=0, keepdim=True),
        dict(self="2,3", dim=None, correction=2),
        dict(self="5"),
    ],
    "aten.amax.default": [
        dict(self="3", dim=[0], keepdim=True),
        dict(self="2,3", dim=[-1], keepdim=False),
        dict(self="", dim=[0], keepdim=True),
    ],
    "aten.amin.default": [dict(self="3", dim=[0], keepdim=True), dict(self="2,3", dim=[-1], keepdim=False)],
    "aten.max.dim": [dict(self="!2,3", dim=1, keepdim=False), dict(self="!2,3", dim=0, keepdim=True)],
    "aten.topk.default": [
        dict(self="!2,3", k=2, dim=1, largest=True, sorted=True),
        dict(self="!3,2", k=2, dim=0, largest=False),
    ],
    "aten.kthvalue.default": [
        dict(self="!2,3", k=2, dim=1, keepdim=False),
        dict(self="!3,2", k=3, dim=0, keepdim=True),
    ],
    "aten.max.default": [dict(self="3,1"), dict(self="")],
    "aten.abs.default": [dict(self="2,3")],
    "aten.relu.default": [dict(self="2,3")],
    "aten.sign.default": [dict(self="2,3")],
    "aten.maximum.default": [dict(self="2,3", other="3")],
    "aten.minimum.default": [dict(self="2,3", other="3")],
    "aten.clamp.default": [dict(self="6", min=-0.5, max=0.75), dict(self="6", min=None, max=0), dict(self="6", min=0)],
    "aten.gt.Scalar": [dict(self="0,6", other=0)],
    "aten.lt.Scalar": [dict(self="0,6", other=0)],
    "aten.le.Scalar": [dict(self="0,6", other=0)],
    "aten.ge.Scalar": [dict(self="0,6", other=0)],
    "aten.eq.Scalar": [dict(self="0,6", other=0), dict(self="6", other=float("inf"))],
    "aten.ne.Scalar": [dict(self="0,6", other=0)],
    "aten.gt.Tensor": [dict(self="0,6", other="0,6"), dict(self="3", other="")],
    "aten.lt.Tensor": [dict(self="0,6", other="0,6"), dict(self="3", other="")],
    "aten.eq.Tensor": [dict(self="0,6", other="0,6"), dict(self="3", other="")],
    "aten.ne.Tensor": [dict(self="0,6", other="0,6"), dict(self="3", other="")],
    "aten.clamp_min_.default": [dict(self="6", min=-0.5)],
    "aten.hardshrink_backward.default": [
        dict(grad_out="6", self="6", lambd=0.75),
        dict(grad_out="3", self="3", lambd=1),
    ],
    "aten.softshrink_backward.default": [
        dict(grad_output="6", self="6", lambd=0.75),
        dict(grad_output="3", self="3", lambd=1),
    ],
    "aten.rrelu_with_noise.default": [dict(self="6", noise="6", lower=0.25, upper=0.5, training=False)],
    "aten.multi_margin_loss_backward.default": [
        dict(grad_output="2", self="2,3", target=torch.tensor([2, 0]), p=1, margin=0.5, weight=None, reduction=0),
        dict(grad_output="", self="2,3", target=torch.tensor([1, 2]), p=2, margin=0.75, weight="3", reduction=1),
        dict(grad_output="", self="4", target=torch.tensor(3), p=2, margin=1, weight=None, reduction=2),
        dict(grad_output="", self="3", target=torch.tensor(0), p=1, margin=1, weight="3", reduction=1),
    ],
    "aten.isnan.default": [dict(self="3")],
    "aten.bitwise_and.Tensor": [dict(self="?2,3", other="?3")],
    "aten.bitwise_or.Tensor": [dict(self="?2,3", other="?3")],
    "aten.logical_and.default": [dict(self="?2,3", other="?3")],
    "aten.logical_or.default": [dict(self="?2,3", other="?3")],
    "aten.logical_or_.default": [dict(self="?2,3", other="?3")],
    "aten.any.default": [dict(self="?2,3"), dict(self="?3")],
    "aten.where.self": [dict(condition="?2,3", self="3", other="2,1")],
    "aten.empty.memory_format": [],
    "aten.empty_permuted.default": [],
    "aten.full.default": [dict(size=[2, 3], fill_value=-0.5, dtype=torch.float64)],
    "aten.full_like.default": [dict(self="2,3", fill_value=1)],
    "aten.scalar_tensor.default": [dict(s=2.5, dtype=torch.float64)],
    "aten.arange.start_step": [dict(start=1, end=8, step=3)],
    "aten.view.default": [dict(self="2,3", size=[3, 2]), dict(self="2,3", size=[-1]), dict(self="1", size=[])],
    "aten.permute.default": [dict(self="2,3,4", dims=[2, 0, 1])],
    "aten.unsqueeze.default": [dict(self="2,3", dim=1), dict(self="2,3", dim=-1), dict(self="", dim=0)],
    "aten.squeeze.dims": [dict(self="1,3,1", dim=[0, 2]), dict(self="1,3", dim=[1])],
    "aten.squeeze_.dim": [dict(self="1,3", dim=0)],
    "aten.expand.default": [dict(self="3", size=[2, 3]), dict(self="2,1", size=[4, -1, 3]), dict(self="", size=[2])],
    "aten.slice.Tensor": [dict(self="5,3", dim=0, start=1, end=4, step=2), dict(self="2,6", dim=-1, start=2)],
    "aten.select.int": [dict(self="2,3", dim=1, index=2), dict(self="3", dim=0, index=-1)],
    "aten.cat.default": [dict(tensors=["2,3", "1,3"], dim=0), dict(tensors=["2,3", "2,1"], dim=-1)],
    "aten.gather.default": [dict(self="2,3", dim=1, index=torch.tensor([[2], [0]]))],
    "aten.scatter.value": [dict(self="2,3", dim=1, index=torch.tensor([[2], [0]]), value=-1.5)],
    "aten.scatter.src": [dict(self="2,3", dim=0, index=torch.tensor([[1, 0]]), src="1,2")],
    "aten.index_put_.default": [dict(self="2,3", indices=["?2,3"], values="")],
    "aten.index.Tensor": [
        dict(self="3", indices=[torch.tensor([2, 0])]),
        dict(self="2,3", indices=[torch.tensor(1)]),
    ],
    "aten._to_copy.default": [
        dict(self="2,3", dtype=torch.float64),
        dict(self="?3", dtype=torch.int64),
        dict(self="?2,3", dtype=torch.float64),
    ],
    "aten.clone.default": [dict(self="2,3")],
    "aten.copy_.default": [dict(self="2,3", src="3")],
    "prims.var.default": [dict(inp="2,3", dims=[1], correction=0.0), dict(inp="2,3", dims=[0, 1], correction=1.0)],
    "prims.sum.default": [dict(inp="2,3", dims=[0])],
    "prims.div.default": [dict(self="2,3", other=3.0), dict(self="2", other="2")],
    "prims.broadcast_in_dim.default": [dict(a="2", shape=[2, 3], broadcast_dimensions=[0])],
}


#: What has no values yet.
UNWRITTEN = {
    "aten.empty.memory_format": dict(size=[2, 3]),
    "aten.empty_permuted.default": dict(size=[3], physical_layout=[0]),
}


@pytest.mark.parametrize("target", UNWRITTEN)
def test_what_is_not_written_yet_has_no_value(target: str) -> None:
    found = RULES[target](Reading(frozenset()), dtype=None, **UNWRITTEN[target])
    assert found.shape == tuple(UNWRITTEN[target]["size"]) and all(entry is S.NaN for entry in found.flat)


class Drawn:
    """The arguments of a call, twice: tensors of Torch, and scalars that have the values of their entries."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.at: dict[Any, Any] = {}

    def argument(self, given: Any) -> tuple[Any, Any]:
        if isinstance(given, list) and any(isinstance(part, (str, torch.Tensor)) for part in given):
            pairs = [self.argument(part) for part in given]
            return [first for first, _ in pairs], tuple(second for _, second in pairs)
        if isinstance(given, torch.Tensor):
            return given, np.vectorize(S, otypes=[object])(given.numpy())
        if isinstance(given, str):
            return self.tensor(given)
        return given, tuple(given) if isinstance(given, list) else given

    def tensor(self, shape: str) -> tuple[torch.Tensor, Any]:
        kind, sizes = shape[:1], tuple(int(size) for size in shape.lstrip("+?!").split(",") if size)
        numbers = self.random.choice([-2.5, -1.25, -0.5, 0.75, 1.5, 3.25], sizes)
        if kind == "!":  # without ties
            numbers = self.random.permutation(int(np.prod(sizes))).reshape(sizes) / 4
        if sizes[:1] == (0,):  # some entries are 0
            sizes, numbers = sizes[1:], np.array([0.0, 1.5, -0.5, 0.0, 2.0, -1.0])
        if kind == "+":
            numbers = np.abs(numbers)
        if kind == "?":
            truths = self.random.random(sizes) < 0.5
            return torch.from_numpy(truths), np.vectorize(lambda truth: S(int(truth)), otypes=[object])(truths)
        scalars = entries(Tensor(f"x{len(self.at)}", *map(Dim, map(str, range(len(sizes))))), self.sizes(sizes))
        for scalar, number in zip(scalars.flat, np.ravel(numbers), strict=True):
            self.at[scalar] = mpmath.mpf(float(number))
        return torch.tensor(numbers), scalars

    @staticmethod
    def sizes(shape: tuple[int, ...]) -> dict[Dim, int]:
        return {Dim(str(axis)): size for axis, size in enumerate(shape)}


def operation(target: str) -> Any:
    library, name, overload = target.split(".")
    return getattr(getattr(getattr(torch.ops, library), name), overload)


@pytest.mark.parametrize("target", RULES)
def test_a_rule_gives_what_torch_gives(target: str) -> None:
    assert CALLS[target] or target in UNWRITTEN
    schema = operation(target)._schema.arguments
    for number, call in enumerate(CALLS[target]):
        drawn = Drawn(number)
        pairs = {name: drawn.argument(given) for name, given in call.items()}
        computed = operation(target)(**{name: first for name, (first, _) in pairs.items()})
        defaults = {a.name: a.default_value if a.has_default_value() else None for a in schema}
        left_out = ("layout", "device", "pin_memory", "memory_format", "non_blocking")
        arguments = {name: default for name, default in defaults.items() if name not in left_out}
        arguments |= {name: second for name, (_, second) in pairs.items()}
        found = RULES[target](Reading(frozenset(), maxima=True), **arguments)
        results = found if isinstance(found, tuple) else (found,)
        for one, tensor in zip(results, computed if isinstance(found, tuple) else (computed,), strict=True):
            whole = one if isinstance(one, np.ndarray) else np.array(one, dtype=object)
            assert_same(whole, drawn.at, tensor.to(torch.float64))


def test_every_call_is_of_a_rule() -> None:
    assert set(CALLS) == set(RULES)


def test_the_comparison_sees_a_rule_that_is_slightly_off() -> None:
    drawn = Drawn(0)
    tensor, scalars = drawn.tensor("3")
    off = scalars * (1 + S(10) ** -14)
    with pytest.raises(AssertionError):
        assert_same(off, drawn.at, tensor)


def test_a_power_that_is_no_fraction_is_refused() -> None:
    with pytest.raises(Unsupported, match="exponent"):
        RULES["aten.pow.Tensor_Scalar"](Reading(frozenset()), self=entries(Scalar("x").tensor, {}), exponent=2**0.5)


def test_a_conversion_that_rounds_is_refused() -> None:
    with pytest.raises(Unsupported, match="int64"):
        RULES["aten._to_copy.default"](Reading(frozenset()), self=entries(Scalar("x").tensor, {}), dtype="int64")


@pytest.mark.parametrize("places", [torch.tensor([1, 0]), torch.tensor([0])], ids=["as many", "fewer"])
def test_writing_at_numbered_places_is_not_taken_for_a_mask(places: torch.Tensor) -> None:
    """Places 1 and 0 of two look like the truth values of a mask."""

    def written(tensors: Any) -> torch.Tensor:
        copy = tensors["x"].clone()
        copy[places] = 7.0
        return copy

    recorded = trace(written, {"x": torch.tensor([1.0, 2.0], dtype=torch.float64)})
    assert [one.target for one in recorded.operations] == ["aten.clone.default", "aten.index_put_.default"]
    n = Dim("n")
    with pytest.raises(Unsupported, match="mask"):
        read(recorded, {"x": entries(Vector("x", n), {n: 2})}, frozenset())


@pytest.mark.parametrize("guard", GUARDS, ids=str)
def test_a_guard_takes_its_side_and_is_noted(guard: Any) -> None:
    x = Scalar("x")
    for first, second in ((x, guard), (guard, x)):
        reading = Reading(frozenset())
        found = reading.by_sign(first, second, S(1), S(0), S(-1))
        (noted,) = reading.guards
        assert found == (GUARDS[guard] if first == x else -GUARDS[guard])
        assert noted.expression == x and noted.number == guard and noted.side == GUARDS[guard]
    reading = Reading(frozenset())
    assert reading.by_sign(S(25), guard, S(1), S(0), S(-1)) == (1 if guard < 25 else -1) and not reading.guards
