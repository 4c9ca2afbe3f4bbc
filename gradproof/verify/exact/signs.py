"""What is known of signs in one region: given, chosen, or implied by what was given and chosen."""

from __future__ import annotations

import numpy as np

from gradproof.derivations.calculus import Tensor

from ..arithmetic.field import LARGEST_LITERAL, Numbers
from ..evaluation import Unsupported
from .choices import Choices
from .trials import Impossible, TrialField

#: What a choice is about: the value of a kink's argument in every trial, or an entry of a tensor.
About = bytes | tuple[Tensor, tuple[int, ...]]

#: How many sums of three terms are looked through.
_MOST_SUMS = 400
#: How many trials are looked at before all of them are.
_TO_LOOK = 3
#: The options of a choice at a kink, 0 only where the claim is said there.
SIGNS = (1, -1, 0)


class Signs:
    """The signs of elements. They are known by their value for the reference signs of the roots, up to sign."""

    def __init__(self, field: TrialField, choices: Choices[About]) -> None:
        self.field = field
        self.choices = choices
        self._positive: list[Numbers] = []
        self._nonzero: list[Numbers] = []
        self._zero: list[Numbers] = []

    def assume(self, elements: Numbers, positive: bool) -> None:
        """Elements that are given as positive, or only as not 0. Raises Impossible if one is known not to be."""
        for column in self.field.columns(elements):
            value = self.field.reference(column)
            if self.field.equal(column, self.field.zero) or (positive and self._known_sign(value) == -1):
                raise Impossible
            (self._positive if positive else self._nonzero).append(value)

    def declare_positive(self, elements: Numbers) -> None:
        """Data that are positive by their domain."""
        self._positive += [self.field.reference(column) for column in self.field.columns(elements)]

    def option(self, about: tuple[Tensor, tuple[int, ...]], options: int) -> int:
        """One of the options for an entry or a row of a tensor."""
        for known, chosen in self.choices.made():
            if known == about:
                return chosen
        return self.choices.choose(about, options)

    def sign(self, column: Numbers) -> int:
        """−1, 0 or 1 for an element: known, implied by what is known, or a choice."""
        value = self.field.reference(column)
        if not value[self.field.usable].any():
            if not self.field.equal(column, self.field.zero):
                raise Unsupported("a kink that vanishes for some signs of roots only")
            return 0
        found = self._known_sign(value)
        if found is None:
            found = self._sign_of_multiple(value)
        if found is None:
            found = self._chosen(value)
        self._remember(value, found)
        return found

    def _known_sign(self, value: Numbers) -> int | None:
        for candidate, orientation in ((value, 1), (self.field.minus(value), -1)):
            for about, chosen in self.choices.made():
                if isinstance(about, bytes) and self.field.same(candidate, np.frombuffer(about, np.uint64)):
                    return orientation * SIGNS[chosen]
            if self._is_positive(candidate):
                return orientation
        return None

    def _is_positive(self, value: Numbers) -> bool:
        """A positive number, something known to be positive, or the sum of two or three such and of known zeros."""
        if self.number(value) or self._among(value, self._positive):
            return True
        if not self._positive:
            return False
        usable = self.field.usable
        prime = self.field.prime[usable]
        known = np.array(self._positive)[:, usable]
        others = np.array([*self._positive, *self._zero])[:, usable]
        rests = (value[usable] + prime - known) % prime
        for terms in (2, 3):
            self.field.comparing(len(rests) * len(others))
            small = (rests == rests[:, :1]).all(axis=1) & (rests[:, 0] <= LARGEST_LITERAL)
            if small.any() or (rests[:, None] == others[None]).all(axis=2).any():
                return True
            if terms == 2 and len(rests) * len(others) > _MOST_SUMS:
                break
            rests = ((rests[:, None] + prime - others[None]) % prime).reshape(-1, len(prime))
        return False

    def _sign_of_multiple(self, value: Numbers) -> int | None:
        """u = a v, or v = a u, with known signs of a and v."""
        for about, chosen in self.choices.made():
            if not isinstance(about, bytes):
                continue
            other = np.frombuffer(about, np.uint64)
            for first, second in ((value, other), (other, value)):
                if not self._may_be_known(self.field.quotient(first, second, _TO_LOOK)):
                    continue
                factor = self.field.quotient(first, second)
                for candidate, orientation in ((factor, 1), (self.field.minus(factor), -1)):
                    if self.number(candidate) or self._among(candidate, self._positive):
                        return orientation * SIGNS[chosen]
        return None

    def _may_be_known(self, factor: Numbers) -> bool:
        """A look at the first trials only, which most factors do not pass."""
        some, prime = len(factor), self.field.prime[: len(factor)]
        for candidate in (factor, (prime - factor) % prime):
            if (candidate == candidate[0]).all() or any((candidate == known[:some]).all() for known in self._positive):
                return True
        return False

    def _chosen(self, value: Numbers) -> int:
        never_0 = not self.field.batch.at_kinks or any(
            self._among(side, self._nonzero) for side in (value, self.field.minus(value))
        )
        return SIGNS[self.choices.choose(value.tobytes(), 2 if never_0 else 3)]

    def _remember(self, value: Numbers, sign: int) -> None:
        listed = self._positive if sign else self._zero
        oriented = (value, self.field.minus(value)) if sign == 0 else (value if sign > 0 else self.field.minus(value),)
        listed += [side for side in oriented if not self._among(side, listed)]

    def _among(self, value: Numbers, listed: list[Numbers]) -> bool:
        return any(self.field.same(value, other) for other in listed)

    def number(self, value: Numbers) -> int:
        """The value if it is one small positive whole number in every trial, else 0."""
        usable = value[self.field.usable]
        return int(usable[0]) if usable[0] <= LARGEST_LITERAL and (usable == usable[0]).all() else 0
