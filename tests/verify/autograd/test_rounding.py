"""Every rounding rule: what moves the arguments stays within the bound, and so does what the format does to the result.

The tests loop over the table of rules itself. The exact values come from float64 where the format is a coarser one, and
from mpmath with 40 digits for float64.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import mpmath
import pytest
import torch

from gradproof.verify.autograd.rounding import FORMATS, Enclosed
from gradproof.verify.autograd.rounding.arithmetic import Arithmetic
from gradproof.verify.autograd.rounding.rules import RULES
from gradproof.verify.evaluation import Unsupported

from .operations import ARGUMENTS, in_dtype, run
from .ruling import arguments, moved, ruled

#: Results that are truth values, or that have an argument that is one: nothing of them rounds.
LOGICAL = {target for target in RULES if target.split(".")[1].startswith(("logical", "bitwise"))}
#: Results that are one of their arguments, up to its sign, and are not rounded again.
CHOSEN = {
    *("aten.neg.default", "aten.relu.default", "aten.abs.default", "aten.sgn.default", "aten.sign.default"),
    *("aten.maximum.default", "aten.minimum.default", "aten.amax.default", "aten.amin.default"),
    *("aten.clamp.default", "aten.clamp_min.default", "aten.copy.default", "aten.threshold_backward.default"),
    *("aten.where.self", "aten.masked_fill.Scalar", "aten.topk.default", "aten.sort.default"),
    *("aten.kthvalue.default", "aten.max.dim", "aten.min.dim", "aten.gather.default"),
    *("aten.scatter.src", "aten.scatter.value"),
}
COMPARED = {target for target in RULES if target.split(".")[1] in ("eq", "ne", "lt", "le", "gt", "ge")}
NUMBERS = sorted(set(RULES) - LOGICAL - COMPARED)


def test_every_rule_has_arguments() -> None:
    assert set(ARGUMENTS) == set(RULES)


@pytest.mark.parametrize("target", NUMBERS)
def test_what_moves_the_arguments_stays_within_the_bound(target: str) -> None:
    """In float32, whose roundings the bound has room for; the float64 results compared here are not rounded so much."""
    closest = 0.0
    for seed in range(5):
        found, exact, theirs = moved(target, seed)
        known = torch.isfinite(found.radius).expand(exact.shape)
        assert known.double().mean() > 0.4
        for other in (theirs.double(), found.value):
            gap = (other - exact.double()).abs()
            assert (gap <= found.radius)[known].all(), target
            closest = max(closest, float((gap / found.radius.clamp(min=1e-300))[known].max()))
    jumps = target in ("aten.sgn.default", "aten.sign.default")
    assert closest > 0.05 or jumps, f"the bound of {target} is never nearly met: {closest}"


@pytest.mark.parametrize("target", sorted(COMPARED))
def test_a_comparison_is_unknown_where_rounding_decides(target: str) -> None:
    arithmetic = Arithmetic(FORMATS["float32"], torch.device("cpu"))
    first = Enclosed(torch.tensor([1.0, 1.0, 1.0, 1.0]).double(), torch.tensor([0.0, 0.1, 0.1, torch.inf]).double())
    second = Enclosed(torch.tensor([1.0, 1.1, 1.3, 9.0]).double(), torch.zeros(4).double())
    found = RULES[target](arithmetic, self=first, other=second)
    assert found.unknown.tolist() == [False, True, False, True]
    assert torch.equal(
        found.value, run(target.replace("Scalar", "Tensor"), {"self": first.value, "other": second.value})
    )


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.cuda)])
@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
def test_torch_rounds_within_the_bound(dtype: str, device: str) -> None:
    """Each operation in its format against itself in float64, at the same arguments."""
    format = FORMATS[dtype]
    for target in sorted(set(RULES) - LOGICAL):
        for seed in range(3):
            rounded = in_dtype(arguments(target, seed), format.dtype, device)
            theirs = run(target, rounded)
            assert theirs.is_cuda == (device == "cuda")
            wide = in_dtype(rounded, torch.float64, device)
            found, fine = ruled(target, rounded, format), ruled(target, wide, FORMATS["float64"])
            gap = (theirs.double() - run(target, wide).double()).abs()
            known = torch.isfinite(found.radius).expand(gap.shape)
            assert known.double().mean() > 0.4, target
            assert (gap <= found.radius + fine.radius)[known].all(), (target, seed)


EXACT: dict[str, Callable[..., Any]] = {
    "aten.add.Tensor": lambda self, other, alpha: self + alpha * other,
    "aten.sub.Tensor": lambda self, other, alpha: self - alpha * other,
    "aten.mul.Tensor": lambda self, other: self * other,
    "aten.mul.Scalar": lambda self, other: self / 3,
    "aten.div.Tensor": lambda self, other: self / other,
    "aten.reciprocal.default": lambda self: 1 / self,
    "aten.sqrt.default": mpmath.sqrt,
    "aten.rsqrt.default": lambda self: 1 / mpmath.sqrt(self),
    "aten.pow.Tensor_Scalar": lambda self, exponent: self**exponent,
    "aten.pow.Tensor_Tensor": lambda self, exponent: self**exponent,
    "aten.exp.default": mpmath.exp,
    "aten.expm1.default": mpmath.expm1,
    "aten.log.default": mpmath.log,
    "aten.log1p.default": mpmath.log1p,
    "aten.logaddexp.default": lambda self, other: mpmath.log(mpmath.exp(self) + mpmath.exp(other)),
    "aten.xlogy.Tensor": lambda self, other: self * mpmath.log(other),
    "aten.sigmoid.default": lambda self: 1 / (1 + mpmath.exp(-self)),
    "aten.tanh.default": mpmath.tanh,
    "aten.erf.default": mpmath.erf,
    "aten.sin.default": mpmath.sin,
    "aten.cos.default": mpmath.cos,
    "aten.sigmoid_backward.default": lambda grad_output, output: grad_output * output * (1 - output),
    "aten.tanh_backward.default": lambda grad_output, output: grad_output * (1 - output**2),
}


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.cuda)])
@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("target", EXACT)
def test_functions_are_as_accurate_as_the_bound_says(target: str, dtype: str, device: str) -> None:
    format = FORMATS[dtype]
    given = in_dtype(arguments(target, 7), format.dtype, device)
    theirs, found = run(target, given), ruled(target, given, format)
    columns = [
        part.double().flatten().tolist() if isinstance(part, torch.Tensor) else [part] * theirs.numel()
        for part in given.values()
    ]
    met = 0
    with mpmath.workdps(40):
        results = zip(theirs.double().flatten().tolist(), found.radius.flatten().tolist(), *columns, strict=True)
        for value, radius, *entries in results:
            gap = abs(EXACT[target](*map(mpmath.mpf, entries)) - mpmath.mpf(value))
            assert gap <= radius, (target, dtype, entries)
            met += gap > radius / 1000
    assert met, "the bound is a thousand times as large as any error"


UNARY = sorted(target for target in NUMBERS if set(arguments(target)) == {"self"})


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.cuda)])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("target", UNARY)
def test_every_number_of_sixteen_bits(target: str, dtype: str, device: str) -> None:
    format = FORMATS[dtype]
    every = torch.arange(-(2**15), 2**15, dtype=torch.int16).view(format.dtype).to(device)
    every = every[torch.isfinite(every)]
    found = ruled(target, {"self": every}, format)
    fine = ruled(target, {"self": every.double()}, FORMATS["float64"])
    theirs = run(target, {"self": every}).double()
    known = torch.isfinite(found.radius)
    gap = (theirs - run(target, {"self": every.double()})).abs()
    assert known.sum() > 20_000
    assert (gap <= found.radius + fine.radius)[known].all()


@pytest.mark.parametrize("target", sorted(set(NUMBERS) - CHOSEN))
def test_a_format_that_pretends_to_round_less_is_found_out(target: str) -> None:
    """The teeth of the tests above: with a hundredth of the roundings charged, float32 leaves the bound."""
    honest = FORMATS["float32"]
    pretending = replace(honest, unit=honest.unit / 100, underflow=0.0)
    outside = 0
    for seed in range(10):
        rounded = in_dtype(arguments(target, seed), honest.dtype)
        wide = in_dtype(rounded, torch.float64)
        if target == "aten._to_copy.default":  # its argument is what is rounded
            wide = arguments(target, seed)
        found = ruled(target, wide, pretending)
        outside += int(((run(target, rounded).double() - run(target, wide)).abs() > found.radius).sum())
    assert outside


def test_what_may_overflow_is_not_bounded() -> None:
    for name, format in FORMATS.items():
        arithmetic = Arithmetic(format, torch.device("cpu"))
        large = arithmetic.exact(torch.tensor([format.largest, format.largest / 4], dtype=torch.float64))
        for result in (arithmetic.add(large, large), arithmetic.multiply(large, arithmetic.constant(2.0))):
            assert torch.isinf(result.radius).tolist() == [True, False], name
        assert torch.isinf(arithmetic.total(large, (0,)).radius).item()


def test_what_underflows_is_bounded_and_exact_zeros_are_exact() -> None:
    for name, format in FORMATS.items():
        arithmetic = Arithmetic(format, torch.device("cpu"))
        tiny = arithmetic.exact(torch.tensor([2.0 ** -(1000 if name == "float64" else 100), 0.0], dtype=torch.float64))
        square = arithmetic.multiply(tiny, tiny).radius.tolist()
        assert format.underflow <= square[0] <= 2 * format.underflow and square[1] == 0, name
        assert arithmetic.add(tiny, tiny).radius.tolist()[1] == arithmetic.subtract(tiny, tiny).radius.tolist()[1] == 0
        assert arithmetic.total(Enclosed(tiny.value[1:].expand(3), tiny.radius[1:].expand(3)), (0,)).radius.item() == 0
        far = arithmetic.exact(torch.tensor(-(10.0 if name == "float16" else 800.0), dtype=torch.float64))
        assert RULES["aten.exp.default"](arithmetic, self=far).radius.item() >= format.underflow


def test_a_long_sum_is_not_bounded_in_sixteen_bits() -> None:
    """With a hundred and more terms every digit of bfloat16 may be lost; one term is not rounded at all."""
    arithmetic = Arithmetic(FORMATS["bfloat16"], torch.device("cpu"))
    ones = arithmetic.exact(torch.ones(200, dtype=torch.float64))
    assert torch.isinf(arithmetic.total(ones, (0,)).radius).item()
    one = arithmetic.exact(torch.ones(1, dtype=torch.float64))
    assert arithmetic.total(one, (0,)).radius.item() == 0


def test_domains_that_may_be_left_are_not_bounded() -> None:
    arithmetic = Arithmetic(FORMATS["float64"], torch.device("cpu"))
    near = Enclosed(torch.tensor([0.1, 0.3]).double(), torch.tensor([0.1, 0.1]).double())
    for target in ("aten.log.default", "aten.sqrt.default", "aten.reciprocal.default", "aten.rsqrt.default"):
        assert torch.isinf(RULES[target](arithmetic, self=near).radius).tolist() == [True, False], target
    ratio = RULES["aten.div.Tensor"](arithmetic, self=1.0, other=near)
    assert torch.isinf(ratio.radius).tolist() == [True, False]


def test_where_rounding_decides_both_branches_count() -> None:
    arithmetic = Arithmetic(FORMATS["float64"], torch.device("cpu"))
    near = Enclosed(torch.tensor([0.1, 0.5]).double(), torch.tensor([0.2, 0.2]).double())
    above = RULES["aten.gt.Scalar"](arithmetic, self=near, other=0.0)
    found = RULES["aten.where.self"](arithmetic, condition=above, self=7.0, other=2.0)
    assert found.value.tolist() == [7.0, 7.0]
    assert found.radius[0] >= 5 and found.radius[1] == 0
    flat = RULES["aten.sgn.default"](arithmetic, self=near)
    assert flat.radius.tolist()[1] == 0 and flat.radius[0] >= 2


def test_places_are_unknown_where_rounding_could_exchange_them() -> None:
    arithmetic = Arithmetic(FORMATS["float64"], torch.device("cpu"))
    rows = torch.tensor([[3.0, 1.0, 2.0], [3.0, 2.9, 0.0], [1.0, 3.0, 3.0], [9.0, 1.0, 1.0]]).double()
    x = Enclosed(rows, torch.tensor([0.0, 0.1, 0.0, 0.0]).double()[:, None].expand(4, 3))
    values, place = RULES["aten.max.dim"](arithmetic, self=x, dim=1, keepdim=True)
    assert place.unknown.flatten().tolist() == [False, True, True, False]
    assert values.value.flatten().tolist() == [3.0, 3.0, 3.0, 9.0]
    _, two = RULES["aten.topk.default"](arithmetic, self=x, k=2, dim=1, largest=True, sorted=True)
    assert two.unknown.any(1).tolist() == [False, True, True, True]
    read = RULES["aten.gather.default"](arithmetic, self=x, dim=1, index=place)
    assert torch.isinf(read.radius).flatten().tolist() == [False, True, True, False]
    zero = arithmetic.exact(torch.zeros(4, 3))
    written = RULES["aten.scatter.value"](arithmetic, self=zero, dim=1, index=place, value=1.0)
    assert torch.isinf(written.radius).tolist() == [[False] * 3, [True] * 3, [True] * 3, [False] * 3]
    assert written.value[0].tolist() == [1.0, 0.0, 0.0]


def test_a_number_may_be_missing_wherever_an_argument_may_be() -> None:
    """The sine of infinity is no number: that its values are at most 1 does not help."""
    arithmetic = Arithmetic(FORMATS["float16"], torch.device("cpu"))
    lost = Enclosed(torch.tensor([1.0]).double(), torch.tensor([torch.inf]).double())
    for target in ("sin", "cos", "tanh", "sigmoid", "erf", "sgn", "relu", "exp", "abs"):
        assert not torch.isfinite(RULES[f"aten.{target}.default"](arithmetic, self=lost).radius).any(), target
    zero = arithmetic.exact(torch.zeros(1))
    assert not torch.isfinite(RULES["aten.xlogy.Tensor"](arithmetic, self=zero, other=lost).radius).any()
    assert not torch.isfinite(arithmetic.multiply(zero, lost).radius).any()


def test_constants_with_many_bits_may_themselves_be_rounded() -> None:
    arithmetic = Arithmetic(FORMATS["float64"], torch.device("cpu"))
    assert arithmetic.constant(0.75).radius == 0 and arithmetic.constant(-3.0).radius == 0
    third = arithmetic.constant(1 / 3)
    with mpmath.workdps(40):
        assert 0 < abs(mpmath.mpf(1) / 3 - mpmath.mpf(1 / 3)) <= third.radius.item() < 1e-16
    infinite = RULES["aten.eq.Scalar"](arithmetic, self=third, other=float("inf"))
    assert not infinite.value and not infinite.unknown
    assert torch.isinf(arithmetic.add(third, arithmetic.constant(float("inf"))).radius)
    low = Arithmetic(FORMATS["bfloat16"], torch.device("cpu")).constant(0.3)
    assert abs(float(torch.tensor(0.3, dtype=torch.bfloat16)) - 0.3) <= low.radius.item()


def test_a_conversion_to_whole_numbers_has_no_rule() -> None:
    arithmetic = Arithmetic(FORMATS["float64"], torch.device("cpu"))
    with pytest.raises(Unsupported, match="int64"):
        RULES["aten._to_copy.default"](arithmetic, self=arithmetic.exact(torch.ones(1)), dtype="int64")
