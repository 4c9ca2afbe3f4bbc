"""The balls of float64 hold the number: whole expressions and their derivatives, against enclosures of 300 bits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from gradproof.verify.claim import Claim
from gradproof.verify.intervals.balls import ArbBalls, Balls
from gradproof.verify.intervals.enclose import enclose
from gradproof.verify.intervals.method import standin_for
from gradproof.verify.intervals.standins import WAVE
from gradproof.verify.numeric.agreement import sides
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import Sample, samples
from gradproof.verify.strategies import Mode

BITS, POINTS = 300, 12


def missed(claim: Claim, sample: Sample, balls: Balls, shrunk: float = 1.0) -> tuple[int, int]:
    """How many numbers surely lie outside of their balls, the radii multiplied by `shrunk`; and of how many."""
    left, right, _ = sides(claim, sample, BoundedFloats(WAVE.floats))
    found = total = 0
    with balls.precision(BITS):
        both = enclose(claim, sample.sizes, sample.values, sample.points, standin_for(claim), balls)
        for ball, numbers in ((left, both.left), (right, both.right)):
            value, bound = (np.broadcast_to(array, numbers.shape) for array in (ball.value, ball.bound * shrunk))
            known = np.isfinite(value) & np.isfinite(bound)
            for place in zip(*np.nonzero(known), strict=True):
                ends = balls.ends(numbers[place])
                if ends is None:
                    continue  # undefined at a kink, or too large to be written out
                total += 1
                middle, radius = Fraction(float(value[place])), Fraction(float(bound[place]))
                found += ends[0] > middle + radius or ends[1] < middle - radius
    return found, total


@pytest.mark.parametrize("mode", Mode)
def test_the_ball_holds_the_number(mode: Mode, truths: dict[str, Claim]) -> None:
    for name, claim in truths.items():
        for sample in samples(claim, 11, POINTS, 10**4, (mode,), count=2):
            found, total = missed(claim, sample, ArbBalls())
            assert not found, f"{name}: {found} of {total} numbers lie outside of their balls, {sample}"


def test_a_radius_that_is_too_small_is_noticed(truths: dict[str, Claim]) -> None:
    """A hundredth of the radius is often not enough, so that the test above could fail."""
    claim = truths["softmax"]
    counts = [missed(claim, sample, ArbBalls(), 0.01) for sample in samples(claim, 11, 40, 10**4, (Mode.NORMAL,))]
    assert sum(found for found, _ in counts) > sum(total for _, total in counts) / 10
