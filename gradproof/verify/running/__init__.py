"""Checks in child processes: what hangs, crashes or eats the memory costs one piece of evidence, not the run.

`ChildPool` is an `Executor` of the standard library, and `supervised` asks methods through any executor, so that a
cluster can take the place of the children.
"""

from .children import ChildPool, cores, start_server
from .failing import ChildDied, TaskFailed, TimeLimitExceeded
from .limits import Limits
from .supervised import supervised

__all__ = ["ChildDied", "ChildPool", "Limits", "TaskFailed", "TimeLimitExceeded", "cores", "start_server", "supervised"]
