"""Work, counted in steps that are the same on every machine: what ends a search, so that no clock does.

A limit holds for all that is done under it, whichever part does it: what is evaluated, compared or read says how many
steps it took. One step is an operation on a number modulo a prime, some ten nanoseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

#: Steps that one unit of the work of a budget stands for.
STEPS = 500
#: Steps of one operation on arrays, of one on SymPy's expressions, and of reading one part of an expression.
ARRAY, SYMBOLIC, PART = 10_000, 5_000, 200


class OutOfWork(BaseException):
    """Raised where the work is used up; no Exception, so that no method takes it for a failure of its own."""


@dataclass(slots=True)
class Meter:
    """How many steps are left; None: as many as one likes."""

    left: int | None = None


_meter: ContextVar[Meter] = ContextVar("meter", default=Meter())  # noqa: B039 - it has no limit and never changes


@contextmanager
def work_limit(steps: int | None) -> Iterator[Meter]:
    """Raises OutOfWork in the block when more than so many steps are spent in it.

    An inner limit counts for itself, and outer ones do not see its steps: what is kept for the next time has a limit of
    its own, so that it costs the same whether it is kept or not.
    """
    meter = Meter(steps)
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def spend(steps: int) -> None:
    """Count some steps. Raises OutOfWork where fewer are left."""
    meter = _meter.get()
    if meter.left is None:
        return
    meter.left -= steps
    if meter.left < 0:
        raise OutOfWork
