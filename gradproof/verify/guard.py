"""What becomes of a method that fails: an ERROR or UNDECIDED with a sentence, never a verdict on the claim.

The guard works within the process. What it cannot stop (a loop in C, a crash) is stopped from outside, by the
supervisor of `gradproof.verify.running`.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, TypeAlias

from .failure import explained
from .verdict import STOPPED, Budget, Evidence, Method, Verdict
from .work import STEPS, OutOfWork, work_limit

if TYPE_CHECKING:
    from .claim import Claim

#: How the detail begins of a method that does not support a claim.
UNABLE = "not for this method: "
#: What is said of a method whose work is used up: the same on every machine.
USED_UP = "it takes more work than the budget allows"

#: How a method is asked about a claim: `guarded`, or the same in another process.
Ask: TypeAlias = "Callable[[Method, Claim, Budget, int], Evidence]"


class TimedOut(BaseException):
    """Raised in a method that runs too long; no Exception, so that no method takes it for one of its own."""


def guarded(method: Method, claim: Claim, budget: Budget, seed: int) -> Evidence:
    """What the method finds, or what became of it."""
    try:
        with time_limit(budget.seconds), work_limit(budget.work * STEPS):
            reason = method.supports(claim)
            if reason:
                return Evidence(method.name, Verdict.UNDECIDED, detail=UNABLE + reason, seed=seed)
            return method.run(claim, budget, seed)
    except OutOfWork:
        return Evidence(method.name, Verdict.UNDECIDED, detail=USED_UP, seed=seed)
    except TimedOut:
        return Evidence(method.name, Verdict.UNDECIDED, detail=f"{STOPPED}{budget.seconds:g} s", seed=seed)
    except Exception as problem:  # the failure of a check is a verdict of its own
        return Evidence(method.name, Verdict.ERROR, detail=explained(problem), seed=seed)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimedOut in the block after so many seconds.

    It is a guard only, far above the work that is allowed, by the interval timer of the process: it acts on the main
    thread and on systems that have SIGALRM, between two instructions of Python. Elsewhere the block runs unguarded.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimedOut

    before = signal.signal(signal.SIGALRM, stop)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # an outer limit goes on
            signal.setitimer(signal.ITIMER_REAL, left)
