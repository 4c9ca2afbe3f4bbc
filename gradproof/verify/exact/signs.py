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


class Signs:
    """The signs of elements. They are known by their value for the reference signs of the roots, up to sign."""

    def __init__(self, field: TrialField, choices: Choices[About]) -> None:
        self.field = field
        self.choices = choices
        self._positive: list[Numbers] = []
        self._nonzero: list[Numbers] = []

    def assume(self, elements: Numbers, positive: bool) -> None:
        """Elements that are given as positive, or only as not 0. Raises Impossible if one of them is known not to be."""
        for column in self.field.columns(elements):
            value = self.field.reference(column)
            if self.field.equal(column, self.field.zero) or (positive and self._known_sign(value) == -1):
                raise Impossible
            (self._positive if positive else self._nonzero).append(value)

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
            never_0 = not self.field.batch.at_kinks or self._among(value, self._nonzero) or self._among_minus(value)
            signs = (1, -1) if never_0 else (1, -1, 0)
            found = signs[self.choices.choose(value.tobytes(), len(signs))]
        if found:
            oriented = value if found > 0 else self.field.minus(value)
            if not self._among(oriented, self._positive):
                self._positive.append(oriented)
        return found

    def _known_sign(self, value: Numbers) -> int | None:
        for candidate, orientation in ((value, 1), (self.field.minus(value), -1)):
            for about, chosen in self.choices.made():
                if isinstance(about, bytes) and self.field.same(candidate, np.frombuffer(about, np.uint64)):
                    return orientation * (1, -1, 0)[chosen]
            if self._is_positive(candidate):
                return orientation
        return None

    def _is_positive(self, value: Numbers) -> bool:
        """A positive number, something known to be positive, or the sum of two such."""
        if self.number(value) or self._among(value, self._positive):
            return True
        if not self._positive:
            return False
        known = np.array(self._positive)[:, self.field.usable]
        rests = (value + self.field.prime)[self.field.usable] - known
        rests %= self.field.prime[self.field.usable]
        self.field.compared += len(known) ** 2
        numbers = (rests == rests[:, :1]).all(axis=1) & (rests[:, 0] <= LARGEST_LITERAL)
        return bool(numbers.any() or (rests[:, None] == known[None]).all(axis=2).any())

    def _among(self, value: Numbers, listed: list[Numbers]) -> bool:
        return any(self.field.same(value, other) for other in listed)

    def _among_minus(self, value: Numbers) -> bool:
        return self._among(self.field.minus(value), self._nonzero)

    def number(self, value: Numbers) -> int:
        """The value if it is one small positive whole number in every trial, else 0."""
        usable = value[self.field.usable]
        return int(usable[0]) if usable[0] <= LARGEST_LITERAL and (usable == usable[0]).all() else 0
