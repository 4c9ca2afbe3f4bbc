"""Asking methods through an executor: whatever becomes of the task is evidence."""

from __future__ import annotations

from concurrent.futures import CancelledError, Executor
from typing import TYPE_CHECKING

from ..failure import explained
from ..guard import Ask, guarded
from ..verdict import Budget, Evidence, Method, Verdict
from .failing import ChildDied, TaskFailed, TimeLimitExceeded

if TYPE_CHECKING:
    from ..claim import Claim


def supervised(executor: Executor) -> Ask:
    """A way to ask methods, each in a task of its own: for the parameter `ask` of `check` and `gather`.

    Claims and methods are pickled, and methods must be of classes that the other process can import. A method that
    the supervisor stops is UNDECIDED; one that takes its process down, or does not come back, is an ERROR.
    """

    def ask(method: Method, claim: Claim, budget: Budget, seed: int) -> Evidence:
        try:
            return executor.submit(guarded, method, claim, budget, seed).result()
        except CancelledError:
            raise
        except TimeLimitExceeded as late:
            return Evidence(method.name, Verdict.UNDECIDED, detail=str(late), seed=seed)
        except (ChildDied, TaskFailed) as failed:
            return Evidence(method.name, Verdict.ERROR, detail=str(failed), seed=seed)
        except Exception as problem:  # of another executor
            return Evidence(method.name, Verdict.ERROR, detail=explained(problem), seed=seed)

    return ask
