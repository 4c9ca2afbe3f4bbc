"""What the rules save where arguments are exact, small or 1: the bound is as right as with all of the work done."""

from __future__ import annotations

import itertools

import mpmath
import pytest
import torch

from gradproof.verify.autograd.computations import derivative
from gradproof.verify.autograd.rounding import FORMATS, Enclosed
from gradproof.verify.autograd.rounding.arithmetic import Arithmetic
from gradproof.verify.autograd.rounding.bound import _spent, _values
from gradproof.verify.autograd.rounding.enclosed import FEW, Discrete, summed
from gradproof.verify.autograd.rounding.formats import Format
from gradproof.verify.autograd.rounding.rules import RULES
from gradproof.verify.autograd.rounding.shapes import moved as moved_about
from gradproof.verify.autograd.trace import pruned, trace

from .operations import in_dtype, run
from .ruling import arguments, moved, ruled, uncertain_ones

CPU = torch.device("cpu")
ARITHMETIC = Arithmetic(FORMATS["float64"], CPU)
SEVERAL = sorted((target, name) for target in RULES for name in uncertain_ones(arguments(target))
                 if len(uncertain_ones(arguments(target))) > 1)  # fmt: skip
#: Arguments that choose among others, or whose shape alone is asked for.
UNREAD = {("aten.threshold_backward.default", "self"), ("aten.copy.default", "self")}
#: Results that tell sides apart, which is uncertain for half of the arguments here.
COMPARED = ("aten.eq", "aten.ne", "aten.lt", "aten.le", "aten.gt", "aten.ge")


def vector(*entries: float) -> torch.Tensor:
    return torch.tensor(entries, dtype=torch.float64)


def uncertain(radius: float, *entries: float) -> Enclosed:
    return Enclosed(vector(*entries), torch.full((len(entries),), radius, dtype=torch.float64))


@pytest.mark.parametrize(("target", "name"), [pair for pair in SEVERAL if not pair[0].startswith(COMPARED)])
def test_one_uncertain_argument_among_exact_ones_is_charged(target: str, name: str) -> None:
    closest = 0.0
    for seed in range(5):
        found, exact, theirs = moved(target, seed, name)
        known = torch.isfinite(found.radius).expand(exact.shape)
        assert known.double().mean() > 0.4
        for other in (theirs.double(), found.value):
            gap = (other - exact.double()).abs()
            assert (gap <= found.radius)[known].all()
            closest = max(closest, float((gap / found.radius.clamp(min=1e-300))[known].max()))
    assert closest > 0.05 or (target, name) in UNREAD, f"the bound is never nearly met: {closest}"


def test_what_is_called_exact_is_what_torch_has() -> None:
    exact = set()
    for target in sorted(RULES):
        rounded = in_dtype(arguments(target), torch.float32)
        found = ruled(target, rounded, FORMATS["float32"])
        if found.exact:
            exact.add(target)
            assert not found.radius.any()
            assert torch.equal(run(target, rounded).double(), found.value), target
    assert {"aten.neg.default", "aten.relu.default", "aten.abs.default"} <= exact < set(RULES)


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("array", [ARITHMETIC.exact(vector(3.0, 0.0, 1e-310)), uncertain(1e-3, 3.0, 0.0, 1e-310)])
def test_a_product_with_one_is_not_rounded_but_may_be_flushed_to_zero(sign: float, array: Enclosed) -> None:
    one = ARITHMETIC.constant(sign)
    for unit in (one, ARITHMETIC.exact(one.value.expand(3)), ARITHMETIC.exact(one.value.reshape(1))):
        for found in (ARITHMETIC.multiply(unit, array), ARITHMETIC.multiply(array, unit)):
            assert torch.equal(found.value, sign * array.value)
            grown = (found.radius - array.radius).tolist()
            if array.exact:
                assert grown[0] <= 1e-300 and grown[1] == 0 and grown[2] >= 1e-310
            assert (found.radius >= array.radius).all() and max(grown) < 1e-300
    assert (ARITHMETIC.multiply(array, ARITHMETIC.constant(2.0)).radius > array.radius).all() or array.exact


def test_what_is_not_surely_one_is_multiplied_by() -> None:
    array = uncertain(0.0, 3.0, 5.0)
    near = Enclosed(vector(1.0)[0], vector(1e-3)[0])
    for factor in (near, ARITHMETIC.exact(vector(1.0, 2.0)), ARITHMETIC.exact(vector(2.0, 1.0)), uncertain(0.0, 1.0)):
        found = ARITHMETIC.multiply(factor, array)
        assert torch.equal(found.value, factor.value * array.value)
        assert (found.radius >= 2.0**-53 * found.value + 2.9 * factor.radius).all()


@pytest.mark.parametrize("radius", [0.0, 1e-12, 0.1, 0.249, 0.25, 0.26, 3.0])
def test_an_exponential_is_charged_for_the_farthest_end(radius: float) -> None:
    """The exact argument may be a radius above the value, and Torch's one above that; the next bits are checked."""
    x = uncertain(radius, -2.0, 0.0, 1.5)
    found = RULES["aten.exp.default"](ARITHMETIC, self=x)
    with mpmath.workdps(40):
        for value, bound in zip(x.value.tolist(), found.radius.tolist(), strict=True):
            exact = mpmath.exp(mpmath.mpf(value) + radius)
            gap = mpmath.exp(mpmath.mpf(value) + 2 * mpmath.mpf(radius)) - exact
            assert gap <= bound <= gap * mpmath.mpf(1.2) + exact * mpmath.mpf(2) ** -49


def test_one_entry_that_is_not_bounded_leaves_the_others_alone() -> None:
    zero_over_zero = ARITHMETIC.divide(uncertain(0.0, 0.0, 1.0), Enclosed(vector(0.0, 4.0), vector(0.0, 0.0)))
    near_zero = ARITHMETIC.divide(ARITHMETIC.exact(vector(0.0, 1.0)), uncertain(1.0, 1.5, 4.0))
    nothing = ARITHMETIC.divide(ARITHMETIC.exact(vector(0.0, 1.0)), ARITHMETIC.exact(vector(0.0, 4.0)))
    for found in (zero_over_zero, near_zero, nothing):
        assert torch.isfinite(found.radius).tolist() == [False, True]
    empty = ARITHMETIC.exact(torch.zeros(0))
    assert ARITHMETIC.add(empty, empty).radius.shape == ARITHMETIC.multiply(empty, empty).radius.shape == (0,)


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_numbers_close_to_the_largest_are_not_bounded(format: Format) -> None:
    """Also where their radii are no larger than one rounding."""
    arithmetic = Arithmetic(format, CPU)
    near = arithmetic.exact(vector(format.largest * (1 - format.unit), format.largest / 4, 1.0))
    found = arithmetic.multiply(near, arithmetic.exact(vector(1.0, 1.0, 1.0)))
    assert torch.isinf(found.radius).tolist() == [True, False, False]


def test_log1p_near_its_pole_is_charged_for_a_radius_below_the_last_bit() -> None:
    """There the least argument, v − 2r, is rounded to v."""
    x, radius = -1 + 2.0**-33, 2.0**-56
    found = RULES["aten.log1p.default"](ARITHMETIC, self=uncertain(radius, x))
    with mpmath.workdps(40):
        exact = mpmath.log(1 + mpmath.mpf(x) - radius)
        gap = exact - mpmath.log(1 + mpmath.mpf(x) - 2 * mpmath.mpf(radius))
        assert found.radius.item() >= gap + ARITHMETIC.format.library("log1p") * 2.0**-53 * abs(exact)


def test_a_sum_over_a_short_axis_is_the_sum() -> None:
    draw = torch.Generator().manual_seed(0)
    for shape in itertools.product((1, 2, FEW, FEW + 1), repeat=2):
        array = torch.randint(-9, 9, (5, *shape), generator=draw).double()
        for dims in ((0,), (1,), (2,), (-1,), (-2,), (1, 2)):
            for keep in (False, True):
                assert torch.equal(summed(array, dims, keep), array.sum(dim=dims, keepdim=keep))


def test_a_value_is_given_up_after_its_last_use_only() -> None:
    def twice(z: torch.Tensor) -> torch.Tensor:
        return torch.exp(z).sum().log() * z

    traced = pruned(trace(derivative(twice, "z", "z"), {"z": vector(0.5, -1.0, 2.0)}))
    gone = set()
    for operation, spent in zip(traced.operations, _spent(traced), strict=True):
        assert gone.isdisjoint(_values(operation.arguments.values())) and gone.isdisjoint(spent)
        gone |= set(spent)
    made = {value for operation in traced.operations for value in operation.results}
    assert gone >= made - {traced.output} and traced.output not in gone


def test_what_is_moved_together_is_exact_if_all_of_it_is() -> None:
    one, other = ARITHMETIC.exact(vector(1.0, 2.0)), uncertain(0.5, 3.0, 4.0)
    for target, radii in (("aten.cat.default", [0.0, 0.0, 0.5, 0.5]), ("aten.stack.default", [[0.0, 0.0], [0.5, 0.5]])):
        found = moved_about(target, {"tensors": (one, other), "dim": 0})
        assert found.radius.tolist() == radii and not found.exact
        alone = moved_about(target, {"tensors": (one, one), "dim": 0})
        assert alone.exact and alone.radius.shape == alone.value.shape and not alone.radius.any()
    first, second = moved_about("aten.unbind.int", {"self": one, "dim": 0})
    assert first.exact and second.exact and second.value == 2


def test_a_comparison_of_exact_numbers_is_known() -> None:
    for target in sorted(RULES):
        if target.startswith(COMPARED) and target.endswith("Tensor"):
            found = RULES[target](ARITHMETIC, self=ARITHMETIC.constant(1.0), other=ARITHMETIC.constant(1.0))
            assert isinstance(found, Discrete) and not found.unknown
