"""What an assertion found: the verdict with its evidence, or an AssertionError that a person can act on.

Three failures are told apart. *Refuted* is rigorous: both sides were enclosed at an exact point and are apart.
*Disagrees* rests on numbers of code that could not be read as mathematics. *Not decided* says nothing about the code,
but a test that decides nothing must not pass either.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import methodcaller
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.verify.counterexample import with_minus
from gradproof.verify.verdict import Evidence, Verdict, verdict_on

#: In pytest's traceback of an assertion that does not hold, the last line is that of the test.
__tracebackhide__ = methodcaller("errisinstance", AssertionError)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where both sides differ.

    place      what differs, with the index in the array counted from 0 as in Python: "gradient[0, 1] by X"
    sizes      by name
    arguments  by name: arrays of exact rationals where a refutation is exact, else of floats
    found      what the code gives there, as text whose digits are certain
    expected   what it should give
    slip       the mistake that leads from one to the other, if it is a known one
    """

    place: str
    sizes: dict[str, int]
    arguments: dict[str, NDArray[Any]]
    found: str
    expected: str
    slip: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}{self._at()}"]
        lines += [f"  {name} = {as_list(array)}" for name, array in self.arguments.items()]
        lines += [f"  given:    {with_minus(self.found)}", f"  expected: {with_minus(self.expected)}"]
        return "\n".join([*lines, f"  the slip: {self.slip}"] if self.slip else lines)

    def _at(self) -> str:
        return f" at {', '.join(f'{name} = {size}' for name, size in self.sizes.items())}" if self.sizes else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of an assertion.

    subject   what was checked, such as "the gradient of loss by logits"
    evidence  of everything that was tried
    reason    why there is no proof, where there is none
    difference  where something is wrong: sizes, arguments, both values, and the slip, if it is known
    """

    subject: str
    evidence: tuple[Evidence, ...]
    reason: str = ""
    difference: Difference | None = None

    @property
    def verdict(self) -> Verdict:
        return verdict_on(self.evidence)

    @property
    def scope(self) -> str:
        """What the verdict covers, such as "n = 1, 2, 3, 5"."""
        return "; ".join(item.scope for item in self.evidence if item.verdict is self.verdict)

    @property
    def disagrees(self) -> bool:
        return any(item.disagrees for item in self.evidence)

    def __str__(self) -> str:
        words = f"{self.subject}: {self.verdict.value}"
        if self.verdict.ok and self.scope:
            words += f" ({self.scope})"
        return f"{words}; no proof: {self.reason}" if self.reason and self.verdict is not Verdict.PROVED else words

    def or_raise(self) -> Checked:
        """Itself, if the verdict is PROVED or AGREES; else it raises one of the errors below."""
        if self.verdict is Verdict.REFUTED:
            raise RefutedError(self, f"{self.subject} is refuted.\n{self.difference}")
        if self.disagrees:
            raise DisagreementError(
                self,
                f"{self.subject} disagrees with its numbers by more than their errors explain, "
                f"which is no proof ({self.reason}).\n{self.difference}",
            )
        if not self.verdict.ok:
            told = "; ".join(dict.fromkeys(filter(None, [self.reason, *(item.detail for item in self.evidence)])))
            raise UndecidedError(self, f"{self.subject}: {self.verdict.value}, so this test says nothing: {told}")
        return self


class NotRightError(AssertionError):
    """An assertion that does not hold, or that nothing is known of; `checked` holds the evidence."""

    def __init__(self, checked: Checked, message: str) -> None:
        super().__init__(message)
        self.checked = checked


class RefutedError(NotRightError):
    """Wrong, by a counterexample in ball arithmetic."""


class DisagreementError(NotRightError):
    """Numbers differ by more than their estimated errors."""


class UndecidedError(NotRightError):
    """Nothing was found out; the message says why."""


class WrongShapeError(AssertionError):
    """A function returns an array of another shape than the mathematics has."""


def as_list(array: Any) -> str:
    """An array as one writes it in Python, exact: [1, 1/2]; it can be pasted into np.array(…)."""
    array = np.asarray(array)
    if array.ndim == 0:
        entry = array.item()
        return str(int(entry)) if isinstance(entry, float) and entry.is_integer() else str(entry)
    return f"[{', '.join(map(as_list, array))}]"
