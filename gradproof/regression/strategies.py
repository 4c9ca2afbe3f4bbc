"""What the arguments of a function are: shapes with named sizes, and where their entries live.

A description says what an assertion may put in, and is a source of examples for one's own Hypothesis tests:

>>> from gradproof import strategies
>>> strategies.inputs(z=strategies.logits("n"), y=strategies.one_hot("n"))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Domain, ShapeError, Tensor
from gradproof.verify.strategies import LARGEST_SIZE, arrays
from gradproof.verify.strategies import sizes as drawn_sizes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: A size: a name, which stands for every size, or a number.
Size = str | int


@dataclass(frozen=True, slots=True)
class Description:
    """An array that an argument may be; the functions of `strategies` make it.

    shape     a size for each axis: a name, which stands for every size, or a number
    domain    where the entries live: float64
    classes   for labels: whole numbers from 0 to `classes` − 1
    """

    shape: tuple[Size, ...]
    domain: Domain = Domain.REAL
    classes: Size | None = None

    def __post_init__(self) -> None:
        """Raises ShapeError for a size that is neither a name nor a positive number, or that is missing."""
        for size in (*self.shape, *([] if self.classes is None else [self.classes])):
            if isinstance(size, bool) or not isinstance(size, (str, int)) or size in ("", 0) or str(size)[0] == "-":
                raise ShapeError(f'{size!r} is no size; write a name such as "n", which stands for every size, or 3')
        if self.domain.sums_to_one and not self.shape:
            raise ShapeError(f"{self.domain.value}: this needs at least one axis, along which it sums to 1")

    @property
    def dims(self) -> tuple[Dim, ...]:
        """The named sizes, in their order."""
        named = (*self.shape, self.classes)
        return tuple(dict.fromkeys(Dim(size) for size in named if isinstance(size, str)))

    def tensor(self, name: str) -> Tensor:
        """A tensor with this domain; a size that is a number is a Dim of that name."""
        return Tensor(name, *(Dim(str(size)) for size in self.shape), domain=self.domain)

    def at(self, sizes: dict[Dim, int]) -> tuple[int, ...]:
        """The shape at these sizes."""
        return tuple(size if isinstance(size, int) else sizes[Dim(size)] for size in self.shape)

    def strategy(self, **sizes: int) -> SearchStrategy[NDArray[Any]]:
        """Examples for Hypothesis; sizes that are not given are drawn, from 1 to 8, and pairwise distinct."""
        return inputs(**{"array": self}, sizes=sizes).map(lambda drawn: drawn["array"])


def logits(*shape: Size) -> Description:
    """Returns the description of an array of this shape: real numbers of any sign and size. Raises ShapeError."""
    return Description(shape)


#: The same under other names, so that a test says what it means.
real = weights = logits


def positive(*shape: Size) -> Description:
    """Returns the description of positive numbers, of this shape. Raises ShapeError."""
    return Description(shape, Domain.POSITIVE)


def between_0_and_1(*shape: Size) -> Description:
    """Returns the description of numbers strictly between 0 and 1, of this shape. Raises ShapeError."""
    return Description(shape, Domain.UNIT)


def probabilities(*shape: Size) -> Description:
    """Returns the description of an array of this shape: positive, sum 1 along the last axis. Raises ShapeError."""
    return Description(shape, Domain.SIMPLEX)


def one_hot(*shape: Size) -> Description:
    """Returns the description of an array of this shape: one 1 along the last axis, else 0. Raises ShapeError."""
    return Description(shape, Domain.ONE_HOT)


def binary(*shape: Size) -> Description:
    """Returns the description of an array of this shape, each entry 0 or 1. Raises ShapeError."""
    return Description(shape, Domain.BINARY)


def labels(*shape: Size, classes: Size) -> Description:
    """Returns the description of an array of this shape of whole numbers from 0 to `classes` − 1, to index rows with.

    Raises ShapeError for a size that is neither a name nor a positive number, as all descriptions do.
    """
    return Description(shape, classes=classes)


def inputs(*, sizes: dict[str, int] | None = None, **descriptions: Description) -> SearchStrategy[dict[str, Any]]:
    """Returns a strategy of Hypothesis for all arguments of a function together, as a dictionary by name.

    sizes         sizes by name; the others are drawn, from 1 to 8, and pairwise distinct; a name is one size everywhere
    descriptions  what each argument is
    Raises nothing itself; that Hypothesis finds no example is said when it draws.
    """
    from hypothesis import strategies as st

    given = {Dim(name): size for name, size in (sizes or {}).items()}
    named = dict.fromkeys(dim for one in descriptions.values() for dim in one.dims)
    open_sizes = [dim for dim in named if dim not in given]

    def examples(drawn: dict[Dim, int]) -> SearchStrategy[dict[str, Any]]:
        every = given | drawn
        return st.fixed_dictionaries({name: _examples(name, one, every) for name, one in descriptions.items()})

    return drawn_sizes(open_sizes, max(LARGEST_SIZE, len(open_sizes))).flatmap(examples)


def _examples(name: str, description: Description, sizes: dict[Dim, int]) -> SearchStrategy[NDArray[Any]]:
    from hypothesis import strategies as st
    from hypothesis.extra import numpy as hnp

    if description.classes is not None:
        classes = description.classes if isinstance(description.classes, int) else sizes[Dim(description.classes)]
        return hnp.arrays(np.int64, description.at(sizes), elements=st.integers(0, classes - 1), fill=st.nothing())
    numbers = {Dim(str(size)): size for size in description.shape if isinstance(size, int)}
    return arrays(description.tensor(name), sizes | numbers)


def described(name: str, argument: Any) -> Description:
    """The description of an argument: itself, or that of an example array, whose sizes are taken for variables.

    Equal sizes of examples stay equal, and a size of 1 stays 1. Raises TypeError for what is neither.
    """
    if isinstance(argument, Description):
        return argument
    if isinstance(argument, (np.ndarray, float, int)) and not isinstance(argument, bool):
        array = np.asarray(argument)
        if array.dtype.kind == "f" or (array.ndim == 0 and array.dtype.kind == "i"):
            if 0 in array.shape:
                raise ShapeError(f"the example for {name} is empty, of shape {array.shape}; give one with entries")
            return Description(tuple(1 if size == 1 else f"n{size}" for size in array.shape))
        raise TypeError(
            f"the example for {name} holds {array.dtype}; its numbers must be floats. "
            f"For whole numbers that index, write strategies.labels(…, classes=…)"
        )
    raise TypeError(
        f"{name} is described by {argument!r}; write strategies.logits(…) and the like, or an example array of floats"
    )
